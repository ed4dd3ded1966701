"""What stands in whose way where capacities and floors cannot be kept together."""

from __future__ import annotations

import numpy as np

from velvalgt.core.targeting.problem import Bools, Floats, Infeasible, Problem, Unresolved
from velvalgt.core.targeting.programme import Programme, programme
from velvalgt.core.targeting.solving import Answer, solved

_TINY = 1e-7

_CAPACITY_OVER_FLOOR = 1_000.0
"""A floor gives way before a capacity: what is asked can be missed, a seat cannot be made up."""


def conflict(problem: Problem) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Find which floors and capacities cannot be kept together, even with citizens split.

    Citizens who are alike in open efforts, load and floors are counted together, so that it is
    quick for a million of them too, as long as few loads are individual.

    Args:
        problem: checked.

    Returns:
        The places of the floors and the columns of the capacities whose prices prove it: weighed
        by them, what the floors and the citizens ask is more than there is. Both are empty where
        everything can be kept.

    Source: Farkas' lemma, read off an elastic programme; Chinneck, Feasibility and Infeasibility
    in Optimization (2008).
    """
    asked = programme(problem, _open_pairs(problem), None)
    broken = _elastic(asked, is_whole=False)
    if broken.cost <= _TINY * max(1.0, len(asked.group) / 1_000):
        return (), ()
    m = len(problem.capacity)
    proves = np.abs(broken.prices) * np.append(_most_used(asked), np.ones(len(asked.at_least)))
    places = [int(place) for place in np.flatnonzero(proves > _TINY)]
    return (
        tuple(place - m for place in places if place >= m),
        tuple(place for place in places if place < m),
    )


def refused(problem: Problem) -> Infeasible | Unresolved:
    """Say why there is no choice: proved impossible, or not found."""
    return infeasible(problem) if any(conflict(problem)) else unresolved(problem)


def infeasible(problem: Problem) -> Infeasible:
    """Say what cannot be kept together."""
    floors, capacities = conflict(problem)
    asked = [f"floor {at} (at least {problem.floors[at].at_least})" for at in floors]
    there = [f"capacity {at} ({problem.capacity[at]:g})" for at in capacities]
    what = " and ".join(asked) or "what is open to every citizen"
    within = f" within {' and '.join(there)}" if there else " by those to whom its efforts are open"
    mend = [
        *(["ask less of the floors"] if asked else []),
        *(["give more capacity"] if there else []),
    ]
    return Infeasible(
        f"No choice keeps {what}{within}, even with citizens split between efforts:"
        f" {', '.join([*mend, 'or open more pairs'])}.",
        floors,
        capacities,
    )


def unresolved(problem: Problem) -> Unresolved:
    """Say which floors the nearest whole choice misses, and by how many."""
    asked = programme(problem, _open_pairs(problem), None)
    columns = np.rint(_elastic(asked, is_whole=True).columns)
    short = asked.at_least - (columns @ asked.counts).astype(np.int64)
    over = np.flatnonzero(columns @ asked.uses > asked.capacity * (1 + _TINY))
    floors = tuple((int(at), int(short[at])) for at in np.flatnonzero(short > 0))
    missed = [f"floor {at} by {by} of {problem.floors[at].at_least}" for at, by in floors]
    missed += [f"capacity {at} ({problem.capacity[at]:g}), which it overruns" for at in over]
    nearest = f"; the nearest misses {' and '.join(missed)}" if missed else ""
    return Unresolved(
        "Everything could be kept with citizens split between efforts, but no whole choice was"
        f" found that does{nearest}: ask less of the floors or give more capacity.",
        floors,
    )


def _open_pairs(problem: Problem) -> Bools:
    if problem.allowed is None:
        return np.ones(problem.gain.shape, dtype=np.bool_)
    return problem.allowed


def _elastic(asked: Programme, *, is_whole: bool) -> Answer:
    """Break capacities and floors as little as can be."""
    most = _most_used(asked)
    penalty = np.append(
        _CAPACITY_OVER_FLOOR / np.where(most > 0, most, 1.0), np.ones(len(asked.at_least))
    )
    return solved(asked, np.zeros(len(asked.of)), is_whole=is_whole, penalty=penalty)


def _most_used(asked: Programme) -> Floats:
    most: Floats = asked.uses.max(axis=0, initial=0.0)
    return most
