"""A problem as a linear programme for HiGHS, in which citizens who are alike share columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.problem import Bools, Floats, Ints, Problem

MOST_NODES = 200
"""Where the search for a whole choice stops: a count, not a time, so that it stops the same."""

LONGEST_SECONDS = 20.0
"""Where it stops besides, since even one node may take long; then only its bound is used."""

SLACK = 1e-9
"""What of a capacity may be overrun because its uses are not whole numbers in binary."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """How many of each group of citizens who are alike get each effort open to them.

    Rows are the groups, then the capacities, each scaled by a power of two to about 1, then the
    floors. A column is a group and an effort.

    Attributes:
        group: (n,) the group of each citizen.
        size: (groups,) how many they are.
        of: (columns,) the group.
        effort: (columns,) the effort.
        uses: (columns, m) what one citizen uses.
        counts: (columns, floors) whether one citizen counts.
        capacity: (m,) what there is.
        at_least: (floors,) what is asked.
        scale: (m,) what each capacity's row is multiplied by.
    """

    group: Ints
    size: Ints
    of: Ints
    effort: Ints
    uses: Floats
    counts: Bools
    capacity: Floats
    at_least: Ints
    scale: Floats

    def only(self, kept: Bools) -> Programme:
        """The same with some of the columns."""
        return replace(
            self,
            of=self.of[kept],
            effort=self.effort[kept],
            uses=self.uses[kept],
            counts=self.counts[kept],
        )


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


def programme(problem: Problem, open_pairs: Bools, worth: Ints | None) -> Programme:
    """Write the problem down by groups who are alike in all that is asked for them.

    Args:
        problem: n citizens, k efforts, m capacities.
        open_pairs: (n, k) which pairs may be chosen.
        worth: (n, k) what each is worth; None where only what can be met is asked.
    """
    members = np.array([floor.members for floor in problem.floors], dtype=np.bool_)
    members = members.reshape(-1, len(open_pairs)).T
    first, group = _alike(open_pairs, members, problem.load, worth)
    of, effort = (places.astype(np.int64) for places in np.nonzero(open_pairs[first]))
    uses = problem.use[effort]
    if problem.load is not None:
        uses = uses * problem.load[first][of]
    efforts = np.array([floor.efforts for floor in problem.floors], dtype=np.bool_)
    efforts = efforts.reshape(-1, open_pairs.shape[1]).T
    return Programme(
        group=group,
        size=np.bincount(group, minlength=len(first)),
        of=of,
        effort=effort,
        uses=uses,
        counts=members[first][of] & efforts[effort],
        capacity=problem.capacity,
        at_least=np.array([floor.at_least for floor in problem.floors], dtype=np.int64),
        scale=2.0 ** -np.ceil(np.log2(np.where(problem.capacity > 0, problem.capacity, 1.0))),
    )


def _alike(*tables: NDArray[Any] | None) -> tuple[Ints, Ints]:
    """The first row of each group of equal rows, and the group of every row."""
    parts = []
    for table in tables:
        if table is not None and table.size:
            packed = np.packbits(table, axis=1) if table.dtype == np.bool_ else table
            parts.append(np.ascontiguousarray(packed).view(np.uint8))
    rows = np.ascontiguousarray(np.hstack(parts))
    _, first, group = np.unique(
        rows.view(f"V{rows.shape[1]}").ravel(), return_index=True, return_inverse=True
    )
    return first.astype(np.int64), group.astype(np.int64)


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
        cost: (columns,) of each column.
        is_whole: whether citizens may not be split.
        penalty: (m + floors,) the cost of each unit by which a capacity or floor is broken; None
            where none may be.
        start: (columns,) a whole answer to begin from.
    """
    # The web process reads allocations and never makes one: it must not load the solver.
    import highspy  # type: ignore[import-untyped]

    solver = highspy.Highs()
    for option, value in {
        "output_flag": False,
        "threads": 1,
        "mip_rel_gap": 0.0,
        "mip_abs_gap": 0.5,  # costs are whole, so that what is closer to the bound is equal to it
        "mip_feasibility_tolerance": SLACK,
        "primal_feasibility_tolerance": SLACK,
        "mip_max_nodes": MOST_NODES,
        "time_limit": LONGEST_SECONDS,
    }.items():
        solver.setOptionValue(option, value)
    solver.passModel(_model(highspy, asked, cost, penalty, is_whole=is_whole))
    if start is not None:
        begin = highspy.HighsSolution()
        begin.col_value = list(start)
        solver.setSolution(begin)
    solver.run()
    status, info, found = solver.getModelStatus(), solver.getInfo(), solver.getSolution()
    rows = len(asked.size)
    scale = np.append(asked.scale, np.ones(len(asked.at_least)))
    return Answer(
        is_feasible=info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible,
        is_best=status == highspy.HighsModelStatus.kOptimal,
        is_out_of_time=status == highspy.HighsModelStatus.kTimeLimit,
        columns=np.array(found.col_value)[: len(asked.of)],
        cost=info.objective_function_value,
        bound=info.mip_dual_bound if is_whole else info.objective_function_value,
        prices=np.zeros(len(scale)) if is_whole else np.array(found.row_dual)[rows:] * scale,
    )


def _model(
    highspy: Any, asked: Programme, cost: Floats, penalty: Floats | None, *, is_whole: bool
) -> Any:
    groups, columns = len(asked.size), len(asked.of)
    limits = len(asked.capacity) + len(asked.at_least)
    block = np.hstack([asked.uses * asked.scale, asked.counts])
    column, limit = np.nonzero(block)
    entries = [
        (np.arange(columns), asked.of, np.ones(columns)),
        (column, groups + limit, block[column, limit]),
    ]
    upper = asked.size[asked.of].astype(np.float64)
    if penalty is not None:
        broken = np.append(-asked.scale, np.ones(len(asked.at_least)))
        entries.append((columns + np.arange(limits), groups + np.arange(limits), broken))
        cost, upper = np.append(cost, penalty), np.append(upper, np.full(limits, np.inf))
    column, row, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    order = np.lexsort([row, column])
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(cost), groups + limits
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, np.zeros(len(cost)), upper
    no_more = np.concatenate([asked.size, asked.capacity * asked.scale])
    model.row_lower_ = np.concatenate(
        [asked.size, np.full(len(asked.capacity), -np.inf), asked.at_least]
    )
    no_more = np.append(no_more, np.full(len(asked.at_least), np.inf))
    model.row_upper_ = no_more
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.searchsorted(column[order], np.arange(len(cost) + 1))
    model.a_matrix_.index_, model.a_matrix_.value_ = row[order], value[order]
    if is_whole:
        whole = [highspy.HighsVarType.kInteger] * columns
        rest = [highspy.HighsVarType.kContinuous] * (len(cost) - columns)
        model.integrality_ = whole + rest
    return model
