"""A nearly feasible choice mended one citizen at a time, compiled.

What is broken is measured as overrun of each capacity, in the most one citizen takes of it, and as
what floors miss, weighed so that a floor is met before a capacity is kept. A move is one citizen
to another effort; its regret is what it costs at the going prices, in whole units.

Compiled for one kind of arrays; it runs on one thread, on the few citizens near the margin.
The web process must never import this module.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

NEAREST = 200
"""Moves of least regret that are tried two at a time."""


@njit(nogil=True, cache=True)
def _broken(spare: Any, room: Any, weight: Any) -> float:
    """How much is broken where so much is spare."""
    total = 0.0
    for d in range(spare.size):
        if spare[d] < -room[d]:
            total -= spare[d] * weight[d]
    return total


@njit(nogil=True, cache=True)
def _after(spare: Any, out: Any, c: int, old: int, new: int, need: Any) -> None:
    """What is spare after citizen c goes from one effort to another."""
    use, load, efforts, marks = need
    m = load.shape[1]
    for r in range(m):
        out[r] = spare[r] + (use[old, r] - use[new, r]) * load[c, r]
    for f in range(marks.shape[1]):
        out[m + f] = spare[m + f] + (efforts[f, new] - efforts[f, old]) * marks[c, f]


@njit(nogil=True, cache=True)
def _moves(choice: Any, spare: Any, pairs: Any, limits: Any, need: Any, is_gain: bool) -> Any:
    """Moves that mend, or that gain and break nothing: citizens and efforts, least regret first.

    Of equal regrets the last in line moves first where something is given back, and the first in
    line where something is gained.
    """
    worth, regret = pairs
    room, weight = limits
    nc, k = worth.shape
    after = np.empty(spare.size, dtype=np.float64)
    before = _broken(spare, room, weight)
    who, what, cost = [0 for _ in range(0)], [0 for _ in range(0)], [0 for _ in range(0)]
    for step in range(nc):
        c = step if is_gain else nc - 1 - step
        old = choice[c]
        for j in range(k):
            if j == old or regret[c, j] < 0 or (is_gain and worth[c, j] <= worth[c, old]):
                continue
            _after(spare, after, c, old, j, need)
            broken = _broken(after, room, weight)
            if broken == 0.0 if is_gain else broken < before - 1e-9:
                who.append(c)
                what.append(j)
                cost.append(regret[c, j] - regret[c, old])
    order = np.argsort(np.array(cost, dtype=np.int64), kind="mergesort")
    return np.array(who, dtype=np.int64)[order], np.array(what, dtype=np.int64)[order]


@njit(nogil=True, cache=True)
def mend(choice: Any, spare: Any, pairs: Any, limits: Any, need: Any, is_gain: bool) -> bool:
    """Make all moves of one kind, least regret first, while each still helps; whether any did.

    Args:
        choice: (c,) changed: the effort of each.
        spare: (m + floors,) changed: what is left, below zero where broken.
        pairs: (c, k) what each effort is worth to each citizen, and (c, k) its regret, below zero
            where closed.
        limits: how far below zero each may be in rounding, and the weight of what is broken.
        need: use (k, m), load (c, m), efforts (floors, k) and marks (c, floors).
        is_gain: moves that gain and break nothing; otherwise moves that mend.
    """
    worth, _ = pairs
    room, weight = limits
    who, what = _moves(choice, spare, pairs, limits, need, is_gain)
    after = np.empty(spare.size, dtype=np.float64)
    has_moved = False
    for move in range(who.size):
        c, j = who[move], what[move]
        if is_gain and worth[c, j] <= worth[c, choice[c]]:
            continue
        _after(spare, after, c, choice[c], j, need)
        broken = _broken(after, room, weight)
        if broken == 0.0 if is_gain else broken < _broken(spare, room, weight) - 1e-9:
            choice[c] = j
            spare[:] = after
            has_moved = True
    return has_moved


@njit(nogil=True, cache=True)
def _nearest(regret: Any, choice: Any) -> Any:
    """The moves of least regret, whatever they break."""
    nc, k = regret.shape
    cost = np.empty(nc * k, dtype=np.int64)
    for c in range(nc):
        for j in range(k):
            is_move = regret[c, j] >= 0 and j != choice[c]
            cost[c * k + j] = regret[c, j] - regret[c, choice[c]] if is_move else 1 << 62
    order = np.argsort(cost, kind="mergesort")[:NEAREST]
    return order[cost[order] < 1 << 62]


@njit(nogil=True, cache=True)
def mend_in_pairs(choice: Any, spare: Any, pairs: Any, limits: Any, need: Any) -> bool:
    """Make the best two moves that together gain and break nothing; whether there were such."""
    worth, regret = pairs
    room, weight = limits
    k = worth.shape[1]
    moves = _nearest(regret, choice)
    first, both = np.empty(spare.size, dtype=np.float64), np.empty(spare.size, dtype=np.float64)
    gain = np.empty(moves.size, dtype=np.int64)
    for a in range(moves.size):
        c = moves[a] // k
        gain[a] = worth[c, moves[a] % k] - worth[c, choice[c]]
    best, left, right = 0, -1, -1
    for a in range(moves.size):
        c = moves[a] // k
        _after(spare, first, c, choice[c], moves[a] % k, need)
        for b in range(a):
            e = moves[b] // k
            if e == c or gain[a] + gain[b] <= best:
                continue
            _after(first, both, e, choice[e], moves[b] % k, need)
            if _broken(both, room, weight) == 0.0:
                best, left, right = gain[a] + gain[b], a, b
    if best == 0:
        return False
    for move in (left, right):
        c, j = moves[move] // k, moves[move] % k
        _after(spare, first, c, choice[c], j, need)
        choice[c] = j
        spare[:] = first
    return True
