"""The loops over all citizens, compiled: one pass over memory, the same answer on any threads.

A million citizens are read some fifty times, so everything here is compiled by numba and lies in
the order of `arranging`: effort by effort, citizens of one pattern side by side, in blocks that fit
the nearest cache. All sums that decide are of whole numbers, or of floats block by block in a
fixed order, so the number of threads changes nothing. Each loop is compiled once for int32 and,
for very large weights alone, once more for int64; the machine keeps what is compiled.

The web process must never import this module: compiling takes seconds and a hundred megabytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numba
import numpy as np
from numba import njit, prange

BLOCK = 1024
"""Citizens in a block: their best value, choice and price row stay in the nearest cache."""

ALONE_TO = 2_000_000
"""To so many pairs one thread is done before another has woken."""


@contextmanager
def threads_for(pairs: int) -> Iterator[None]:
    """Let one thread do what is small: waiting for another would cost more."""
    usual = numba.get_num_threads()
    numba.set_num_threads(1 if pairs <= ALONE_TO else usual)
    try:
        yield
    finally:
        numba.set_num_threads(usual)


@njit(parallel=True, nogil=True, cache=True)
def fill_worth(  # noqa: PLR0913  # a compiled loop takes arrays one by one
    worth: Any, order: Any, gain: Any, weight: Any, stay: Any, allowed: Any, closed: int, shift: int
) -> None:
    """Write the objective effort by effort in the order given: each effort's row lies whole.

    An empty `weight`, `stay` or `allowed` stands for ones, zeros and all open.
    """
    n, k = gain.shape
    for block in prange((n + BLOCK - 1) // BLOCK):
        for place in range(block * BLOCK, min(n, (block + 1) * BLOCK)):
            row = order[place]
            factor = weight[row] if weight.size else 1.0
            for j in range(k):
                weeks = np.float64(gain[row, j]) * factor
                if stay.size:
                    weeks += stay[row, j]
                if allowed.size and not allowed[row, j]:
                    worth[j, place] = closed
                else:
                    worth[j, place] = np.int64(np.rint(weeks * 1_000_000)) << shift


@njit(parallel=True, nogil=True, cache=True)
def row_codes(bits: Any) -> Any:
    """One number for the content of each row of (n, c) uint64, so that equal rows are found."""
    n, columns = bits.shape
    codes = np.zeros(n, dtype=np.uint64)
    for row in prange(n):
        code = np.uint64(0)
        for column in range(columns):
            code = (code ^ bits[row, column]) * np.uint64(0x9E3779B97F4A7C15)
            code ^= code >> np.uint64(29)
        codes[row] = code
    return codes


@njit(nogil=True, cache=True)
def _loads_of(load: Any, order: Any, m: int) -> Any:
    """The individual loads of a block, capacity by capacity (m, size); none where m is 0."""
    loads = np.empty((m, order.size), dtype=np.float64)
    for i in range(order.size if m else 0):
        for r in range(m):
            loads[r, i] = load[order[i], r]
    return loads


@njit(nogil=True, cache=True)
def _keep(kept: Any, worth: Any, asked: int, rate: Any, loads: Any, top: float) -> None:
    """What one effort leaves each of a block beyond its price, rounded up for a safe bound."""
    if not rate.size:
        for i in range(kept.size):
            kept[i] = worth[i] - asked
        return
    cost = np.zeros(kept.size, dtype=np.float64)
    for r in range(rate.size):
        if rate[r] != 0.0:
            cost += rate[r] * loads[r]
    for i in range(kept.size):
        kept[i] = worth[i] - asked - np.int64(np.floor(min(cost[i] * (1 - 1e-14) - 0.01, top)))


@njit(nogil=True, cache=True)
def _take(kept: Any, best: Any, taken: Any, j: int) -> None:
    """Take effort j where it leaves more than the best so far; no branch, so that it is wide."""
    for i in range(kept.size):
        better = kept[i] > best[i]
        taken[i] = j if better else taken[i]
        best[i] = kept[i] if better else best[i]


@njit(nogil=True, cache=True)
def _use(used: Any, use: Any, taken: Any, loads: Any) -> None:
    """Sum up what a block's choices use of each capacity."""
    for i in range(taken.size if loads.shape[0] else 0):
        for r in range(loads.shape[0]):
            used[r] += use[taken[i], r] * loads[r, i]


@njit(nogil=True, cache=True)
def _choose(block: int, worth: Any, blocks: Any, price: Any, individual: Any, out: Any) -> None:
    starts, group = blocks
    rates, load, order, use, top = individual
    choice, best_sum, worth_sum, counts, used = out
    first, last = starts[block], starts[block + 1]
    best = np.empty(last - first, dtype=worth.dtype)
    kept = np.empty(last - first, dtype=worth.dtype)
    taken = np.zeros(last - first, dtype=np.int32)
    loads = _loads_of(load, order[first:last], rates.shape[1])
    for j in range(worth.shape[0]):
        mine = kept if j else best
        _keep(mine, worth[j, first:last], price[group[block], j], rates[j], loads, top)
        if j:
            _take(kept, best, taken, j)
    counts[block] = 0
    best_sum[block] = worth_sum[block] = 0
    for i in range(last - first):
        best_sum[block] += best[i]
        worth_sum[block] += worth[taken[i], first + i]
        counts[block, taken[i]] += 1
        choice[first + i] = taken[i]
    used[block] = 0.0
    _use(used[block], use, taken, loads)


@njit(nogil=True, cache=True)
def _margin(block: int, worth: Any, blocks: Any, price: Any, individual: Any, margin: Any) -> None:
    starts, group = blocks
    rates, load, order, _, top = individual
    first, last = starts[block], starts[block + 1]
    best = np.empty(last - first, dtype=worth.dtype)
    kept = np.empty(last - first, dtype=worth.dtype)
    loads = _loads_of(load, order[first:last], rates.shape[1])
    margin[first:last] = 1 << 30
    for j in range(worth.shape[0]):
        mine = kept if j else best
        _keep(mine, worth[j, first:last], price[group[block], j], rates[j], loads, top)
        for i in range(kept.size if j else 0):
            margin[first + i] = min(margin[first + i], abs(best[i] - kept[i]))
            best[i] = max(best[i], kept[i])


# The compiler of parallel loops rewrites their bodies; blocks that are functions it leaves alone.


@njit(parallel=True, nogil=True, cache=True)
def choose(worth: Any, blocks: Any, price: Any, individual: Any, out: Any) -> None:
    """Let each citizen take what is worth most less its price; sum up by block.

    Args:
        worth: (k, n) the objective, in the order of the blocks.
        blocks: (blocks + 1,) where each begins, and (blocks,) which row of prices holds there.
        price: (groups, k) what an effort costs everyone in a group.
        individual: (k, m) what a unit of load costs besides, (rows, m) individual loads,
            (n,) the row of each place, (k, m) use, and the highest such price; the first is
            (k, 0) unless loads are individual.
        out: filled: (n,) the effort taken, the first of equals; (blocks,) worth less price,
            (blocks,) worth, (blocks, k) how many took each effort, (blocks, m) what individual
            loads use.
    """
    for block in prange(blocks[1].size):
        _choose(block, worth, blocks, price, individual, out)


@njit(parallel=True, nogil=True, cache=True)
def margins(worth: Any, blocks: Any, price: Any, individual: Any, margin: Any) -> None:
    """Fill in how much better each citizen's best effort is than the next, at these prices."""
    for block in prange(blocks[1].size):
        _margin(block, worth, blocks, price, individual, margin)
