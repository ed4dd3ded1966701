"""The best choice there is, proved by a solver: for as many citizens as it takes easily."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from velvalgt.core.targeting.conflicts import refused
from velvalgt.core.targeting.problem import MICRO, Allocation, Floats, Ints, Problem
from velvalgt.core.targeting.programme import Programme, programme
from velvalgt.core.targeting.quantising import CLOSED, objective, tie_rank
from velvalgt.core.targeting.solving import Answer, solved
from velvalgt.core.targeting.turns import in_turn, used_by

NEAR = 50
"""How many columns a limit are looked at first, besides one a group: few are ever in doubt."""

SAME = 0.5
"""Costs are whole: what is closer to its bound is equal to it."""


def solve_exactly(problem: Problem, seed: int) -> Allocation:
    """Choose for everyone at once so that no choice is worth more.

    Whoever is alike in worth, open efforts, load and floors shares the columns of the programme,
    and among them who has waited longest gets what is worth most; between others nobody could
    change efforts with somebody behind them, at the same total, and have more.

    Args:
        problem: checked; up to some thousand citizens.
        seed: what ties between equal waits are hashed with.

    Returns:
        The choice. Its value is summed in whole micro-weeks. HiGHS counts in floats: it takes a
        choice within half a micro-week of its bound for the best, and a capacity overrun by no
        more than a billionth for kept. Where it stops before its bound, `is_exact` is False and
        the bound is what it had proved.

    Raises:
        Infeasible: not even split citizens could keep every capacity and floor.
        Unresolved: split citizens could, whole ones were not found to.
    """
    worth = objective(problem)
    asked = programme(problem, worth != CLOSED, worth)
    most = worth.max(axis=1)
    # What each loses by not having their best is small, and small numbers are exact in floats.
    first = np.unique(asked.group, return_index=True)[1]
    cost = (most[first][asked.of] - worth[first][asked.of, asked.effort]).astype(np.float64)
    relaxed = solved(asked, cost, is_whole=False)
    if not relaxed.is_feasible:
        raise refused(problem)
    found = _whole(asked, cost, relaxed)
    if not found.is_feasible:
        raise refused(problem)
    rank = tie_rank(problem, seed)
    choice = in_turn(problem, worth, _shared_out(asked, found.columns, cost, rank), rank)
    return _allocation(problem, worth, choice, int(most.sum()), relaxed, found)


def _whole(asked: Programme, cost: Floats, relaxed: Answer) -> Answer:
    """Find the best whole choice, first among the columns that the prices speak for.

    Whatever uses a column of reduced cost c is worth at least c less than the relaxation: columns
    with more than an answer has lost cannot be part of a better one, and need not be looked at.
    """
    reduced = cost - np.hstack([asked.uses, asked.counts]) @ relaxed.prices
    least = np.full(len(asked.size), np.inf)
    np.minimum.at(least, asked.of, reduced)
    reduced -= least[asked.of]
    near = len(asked.size) + NEAR * (len(relaxed.prices) + 1)
    reach = np.sort(reduced)[near] if near < len(reduced) else np.inf
    columns, lost = np.zeros(len(cost)), np.inf
    while True:
        # One more, because prices are floats.
        kept = reduced <= reach + 1
        start = columns[kept] if lost < np.inf else None
        found = solved(asked.only(kept), cost[kept], is_whole=True, start=start)
        # What is found until a clock stops the search is another thing on another machine.
        if found.is_feasible and not (start is not None and found.is_out_of_time):
            columns[:] = 0.0
            columns[kept] = found.columns
            lost = found.cost - relaxed.cost
        if lost <= reach:
            break
        reach = lost
    bound = max(relaxed.cost, found.bound)
    return replace(
        found,
        is_feasible=lost < np.inf,
        is_best=relaxed.cost + lost - bound < SAME,
        columns=columns,
        bound=bound,
    )


def _shared_out(asked: Programme, columns: Floats, cost: Floats, rank: Ints) -> Ints:
    """Give each group's efforts to its members: the best to whom the turn is first."""
    members = np.lexsort([rank, asked.group])
    best_first = np.lexsort([asked.effort, cost, asked.of])
    choice = np.empty(len(rank), dtype=np.int64)
    count = np.rint(columns[best_first]).astype(np.int64)
    choice[members] = np.repeat(asked.effort[best_first], count)
    return choice


def _allocation(
    problem: Problem, worth: Ints, choice: Ints, most: int, relaxed: Answer, found: Answer
) -> Allocation:
    everyone = np.arange(len(choice))
    value = int(worth[everyone, choice].sum())
    bound = value
    if not found.is_best:
        bound = max(value, most - int(np.floor(found.bound)))
    m = len(problem.capacity)
    prices = np.abs(relaxed.prices) / MICRO
    return Allocation(
        choice=choice,
        value=value / MICRO,
        gain=float(problem.gain[everyone, choice].sum()),
        bound=bound / MICRO,
        gap=(bound - value) / abs(bound) if bound != value else 0.0,
        prices=prices[:m],
        floor_prices=prices[m:],
        used=used_by(problem, choice),
        is_exact=found.is_best,
    )
