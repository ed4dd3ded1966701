"""The objective in whole micro-weeks, and the order in which citizens with an equal claim go."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.problem import MICRO, Ints, Keys, Problem

CLOSED = -(1 << 60)
"""What a closed pair is worth: less than any sum of open ones, and far from the end of int64."""

GOLDEN = 0x9E3779B97F4A7C15
"""2^64 over the golden ratio: splitmix64's step from one state to the next."""


def objective(problem: Problem) -> Ints:
    """What each pair is worth in whole micro-weeks (n, k); CLOSED where the pair is closed."""
    weeks = np.array(problem.gain, dtype=np.float64)
    if problem.weight is not None:
        weeks *= problem.weight[:, None]
    if problem.stay is not None:
        weeks += problem.stay
    weeks *= MICRO
    worth = np.rint(weeks, out=weeks).astype(np.int64)
    if problem.allowed is not None:
        worth[~problem.allowed] = CLOSED
    return worth


def tie_rank(problem: Problem, seed: int) -> Ints:
    """Each citizen's place among equals, 0 first: the longest wait, then the key hashed (n,).

    Two citizens with one key go by what is asked for them, so that the order of the rows says
    something only of those who are equal in everything, and there it changes nothing.
    """
    n = len(problem.gain)
    key = np.arange(n, dtype=np.uint64) if problem.key is None else problem.key
    hashed = hashed_keys(key, seed)
    columns: list[NDArray[Any]] = [hashed] if problem.wait is None else [hashed, -problem.wait]
    order = np.lexsort(columns) if len(columns) > 1 else np.argsort(hashed, kind="stable")
    order = _with_twins_apart(problem, order, columns)
    rank = np.empty(n, dtype=np.int64)
    rank[order] = np.arange(n)
    return rank


def hashed_keys(key: Keys, seed: int) -> Keys:
    """The keys stirred with the seed.

    Source: splitmix64; Steele, Lea, Flood: Fast splittable pseudorandom number generators (2014).
    """
    mixed: Keys = key.astype(np.uint64) + np.uint64(GOLDEN * (seed + 1) % 2**64)
    mixed ^= mixed >> np.uint64(30)
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _with_twins_apart(
    problem: Problem, order: NDArray[np.intp], columns: list[NDArray[Any]]
) -> NDArray[np.intp]:
    """The order with those who stand equal in it sorted by all that is asked for them."""
    equal_next = np.ones(max(len(order) - 1, 0), dtype=bool)
    for column in columns:
        equal_next &= column[order[1:]] == column[order[:-1]]
    if not equal_next.any():
        return order
    place = np.cumsum(np.concatenate([[True], ~equal_next]))
    tied = np.concatenate([[False], equal_next]) | np.concatenate([equal_next, [False]])
    rows = order[tied]
    asked = [problem.gain, problem.weight, problem.stay, problem.allowed, problem.load]
    asked += [floor.members for floor in problem.floors]
    sheets = [np.atleast_2d(sheet[rows].T) for sheet in asked if sheet is not None]
    order = order.copy()
    order[tied] = rows[np.lexsort([*np.vstack(sheets), place[tied]])]
    return order
