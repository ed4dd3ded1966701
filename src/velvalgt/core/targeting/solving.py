"""A programme given to HiGHS, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from velvalgt.core.targeting.problem import Floats, Ints
from velvalgt.core.targeting.programme import SLACK, Programme

MOST_NODES = 200
"""Where the search for a whole choice stops: a count, not a time, so that it stops the same."""

LONGEST_SECONDS = 20.0
"""Where it stops besides, since even one node may take long; then only its bound is used."""


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What HiGHS found: the least cost, the columns, the prices of capacities, then floors."""

    is_feasible: bool
    is_best: bool
    is_out_of_time: bool
    columns: Floats
    cost: float
    bound: float
    prices: Floats


def solved(
    asked: Programme,
    cost: Floats,
    *,
    is_whole: bool,
    penalty: Floats | None = None,
    start: Floats | None = None,
) -> Answer:
    """Find the columns of least cost.

    Args:
        asked: the programme.
        cost: (columns,) of each column, whole where citizens are.
        is_whole: whether citizens may not be split.
        penalty: (m + floors,) the cost of each unit by which a capacity or floor is broken; None
            where none may be.
        start: (columns,) a whole answer to begin from.
    """
    # The web process reads allocations and never makes one: it must not load the solver.
    import highspy

    solver = highspy.Highs()
    for option, value in _options(is_whole=is_whole).items():
        solver.setOptionValue(option, value)
    solver.passModel(_model(highspy, asked, cost, penalty, is_whole=is_whole))
    if start is not None:
        begin = highspy.HighsSolution()
        begin.col_value = list(start)
        solver.setSolution(begin)
    solver.run()
    status, info, found = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
    limits = np.array(found.row_dual)[len(asked.size) :]
    return Answer(
        is_feasible=info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible,
        is_best=status == highspy.HighsModelStatus.kOptimal,
        is_out_of_time=status == highspy.HighsModelStatus.kTimeLimit,
        columns=np.array(found.col_value)[: len(asked.of)],
        cost=info.objective_function_value,
        bound=info.mip_dual_bound if is_whole else info.objective_function_value,
        prices=limits * np.append(asked.scale, np.ones(len(asked.at_least))),
    )


def _options(*, is_whole: bool) -> dict[str, Any]:
    whole = {
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # costs are whole, so that what is closer to the bound is equal to it
        "mip_feasibility_tolerance": SLACK,
        "mip_max_nodes": MOST_NODES,
        "time_limit": LONGEST_SECONDS,
    }
    every = {"output_flag": False, "threads": 1, "primal_feasibility_tolerance": SLACK}
    return {**every, **whole} if is_whole else every


def _model(
    highspy: Any, asked: Programme, cost: Floats, penalty: Floats | None, *, is_whole: bool
) -> Any:
    m, floors, columns = len(asked.capacity), len(asked.at_least), len(asked.of)
    upper = asked.size[asked.of].astype(np.float64)
    if penalty is not None:
        cost, upper = np.append(cost, penalty), np.append(upper, np.full(m + floors, np.inf))
    row, column, value = _entries(asked, is_elastic=penalty is not None)
    order = np.lexsort([row, column])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), len(asked.size) + m + floors
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(len(cost)), upper
    unbounded = np.full(m, -np.inf), np.full(floors, np.inf)
    model.row_lower_ = np.concatenate([asked.size, unbounded[0], asked.at_least])
    model.row_upper_ = np.concatenate([asked.size, asked.capacity * asked.scale, unbounded[1]])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.searchsorted(column[order], np.arange(len(cost) + 1))
    model.a_matrix_.index_, model.a_matrix_.value_ = row[order], value[order]
    if is_whole:
        whole = [highspy.HighsVarType.kInteger] * columns
        model.integrality_ = whole + [highspy.HighsVarType.kContinuous] * (len(cost) - columns)
    return model


def _entries(asked: Programme, *, is_elastic: bool) -> tuple[Ints, Ints, Floats]:
    """The matrix by row, column and value; a column more for each limit that may be broken."""
    groups, columns = len(asked.size), len(asked.of)
    limits = np.arange(len(asked.capacity) + len(asked.at_least))
    block = np.hstack([asked.uses * asked.scale, asked.counts])
    column, limit = np.nonzero(block)
    parts = [
        (asked.of, np.arange(columns), np.ones(columns)),
        (groups + limit, column, block[column, limit]),
    ]
    if is_elastic:
        broken = np.append(-asked.scale, np.ones(len(asked.at_least)))
        parts.append((groups + limits, columns + limits, broken))
    row, column, value = (np.concatenate(part) for part in zip(*parts, strict=True))
    return row, column, value
