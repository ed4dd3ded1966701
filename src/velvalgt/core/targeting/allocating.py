"""The door: who is offered what, by the solver for few citizens and by prices for many."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.checking import checked
from velvalgt.core.targeting.problem import (
    MICRO,
    Allocation,
    Floats,
    Infeasible,
    Problem,
    Unresolved,
)

if TYPE_CHECKING:
    from velvalgt.core.targeting.dual import Market, Point

EXACT_TO = 2_000
"""To so many citizens a solver proves the best choice in seconds."""


def allocate(problem: Problem, seed: int = 0) -> Allocation:
    """Choose an effort for everyone at once, so that together it helps most (fordeling).

    Up to 2,000 citizens are allocated exactly; more by the Lagrangian dual of capacities and
    floors, with its bound as proof. Where the objective is equal the longest wait goes first.

    Args:
        problem: n citizens, k efforts, m capacities, as `Problem` says.
        seed: what ties between equal waits are hashed with.

    Returns:
        The choice, its value, the bound and the prices, in weighted weeks.

    Raises:
        BadProblem: the problem is none; says which row, column or value.
        Infeasible: no choice can keep every capacity and floor.
        Unresolved: no choice was found that does, though none was proved impossible.
    """
    checked(problem)
    if len(problem.gain) <= EXACT_TO:
        # Imported here, since the web process must not load the solver.
        from velvalgt.core.targeting.exact import solve_exactly

        return solve_exactly(problem, seed)
    return allocate_by_prices(problem, seed)


def allocate_by_prices(problem: Problem, seed: int) -> Allocation:
    """Allocate a checked problem of any size by the prices of capacities and floors.

    Memory beyond the problem is 4 bytes a pair (8 where a pair may be worth over 134 weeks), and
    some 60 bytes a citizen.
    """
    # Imported here, since the web process must not load the compiler and the solver.
    from velvalgt.core.targeting.arranging import arrange
    from velvalgt.core.targeting.rounding import is_kept, rounded
    from velvalgt.core.targeting.settling import settle

    arranged = arrange(problem, seed)
    market, settled = settle(arranged)
    choice, spare = rounded(market, settled.best, settled.blend)
    if not is_kept(market, spare):
        raise _refusal(problem, market, spare)
    return _allocation(market, settled.best, choice, spare)


def _allocation(
    market: Market, best: Point, choice: NDArray[np.int16], spare: Floats
) -> Allocation:
    arranged, problem, m = market.arranged, market.arranged.problem, market.capacities
    value = market.worth(choice) // arranged.grain
    bound = max(value, math.floor(best.bound / arranged.grain))
    rows = arranged.in_rows(choice)
    return Allocation(
        choice=rows,
        value=value / MICRO,
        gain=float(problem.gain[np.arange(len(rows)), rows].sum(dtype=np.float64)),
        bound=bound / MICRO,
        gap=(bound - value) / abs(bound) if bound != value else 0.0,
        prices=best.prices[:m] / arranged.unit,
        floor_prices=best.prices[m:] / arranged.unit,
        used=problem.capacity - spare[:m],
        is_exact=False,
    )


def _refusal(problem: Problem, market: Market, spare: Floats) -> Infeasible | Unresolved:
    """Why nothing was found: proved impossible, or what the nearest choice misses."""
    from velvalgt.core.targeting.conflicts import conflict, infeasible

    if any(conflict(problem)):
        return infeasible(problem)
    m = market.capacities
    short = tuple((int(f), round(-spare[m + f])) for f in np.flatnonzero(spare[m:] < -0.5))
    over = [int(r) for r in np.flatnonzero(spare[:m] < -1e-9 * problem.capacity)]
    missed = [f"floor {f} misses {missing}" for f, missing in short]
    missed += [f"capacity {r} is overrun by {-spare[r]:g}" for r in over]
    return Unresolved(
        "Capacities and floors can be kept by citizens split between efforts, but no whole choice"
        f" was found that does: {', '.join(missed)}. Give a little more capacity or ask less.",
        short,
    )
