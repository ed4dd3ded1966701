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
    """Write the objective effort by effort in the order given: (n, k) in rows to (k, n).

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
                micro = np.int64(np.rint(weeks * 1_000_000)) << shift
                if allowed.size and not allowed[row, j]:
                    micro = closed
                worth[j, place] = micro


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
def _price_row(row: Any, base: int, rate: Any, loads: Any, top: float) -> None:
    """What one effort costs each of a block at the going rates, rounded down for a safe bound."""
    cost = np.zeros(row.size, dtype=np.float64)
    for r in range(rate.size):
        if rate[r] != 0.0:
            cost += rate[r] * loads[r, : row.size]
    for i in range(row.size):
        row[i] = base + np.int64(np.floor(min(cost[i] * (1 - 1e-14) - 0.01, top)))


@njit(parallel=True, nogil=True, cache=True)
def choose(  # noqa: PLR0913  # a compiled loop takes arrays one by one
    worth: Any,
    starts: Any,
    group: Any,
    price: Any,
    rates: Any,
    load: Any,
    order: Any,
    use: Any,
    top: float,
    choice: Any,
    best_sum: Any,
    worth_sum: Any,
    counts: Any,
    used: Any,
) -> None:
    """Let each citizen take what is worth most less its price; sum up by block.

    Args:
        worth: (k, n) the objective, in the order of the blocks.
        starts: (blocks + 1,) where each block begins.
        group: (blocks,) which row of prices holds for the block.
        price: (groups, k) what an effort costs everyone in a group.
        rates: (k, m) what a unit of load costs besides; empty unless loads are individual.
        load: (citizens, m) individual loads, in the order of the rows; empty likewise.
        order: (n,) the row of each place.
        use: (k, m) what each effort uses of a unit of load.
        top: the highest price an individual load is asked.
        choice: (n,) filled: the effort taken, the first of equals.
        best_sum: (blocks,) filled: worth less price.
        worth_sum: (blocks,) filled: worth.
        counts: (blocks, k) filled: how many took each effort.
        used: (blocks, m) filled: what individual loads use.
    """
    k = worth.shape[0]
    m = rates.shape[1]
    for block in prange(group.size):
        first, last = starts[block], starts[block + 1]
        size = last - first
        best = np.empty(size, dtype=worth.dtype)
        taken = np.zeros(size, dtype=np.int32)
        row = np.empty(size, dtype=worth.dtype)
        loads = np.empty((m, size), dtype=np.float64)
        for i in range(size if m else 0):
            for r in range(m):
                loads[r, i] = load[order[first + i], r]
        for j in range(k):
            asked = price[group[block], j]
            mine = worth[j, first:last]
            if m:
                _price_row(row, asked, rates[j], loads, top)
                for i in range(size):
                    row[i] = mine[i] - row[i]
            else:
                for i in range(size):
                    row[i] = mine[i] - asked
            if j == 0:
                best[:] = row
                continue
            for i in range(size):
                better = row[i] > best[i]
                taken[i] = j if better else taken[i]
                best[i] = row[i] if better else best[i]
        total = np.int64(0)
        value = np.int64(0)
        counts[block] = 0
        used[block] = 0.0
        for i in range(size):
            total += best[i]
            value += worth[taken[i], first + i]
            counts[block, taken[i]] += 1
            choice[first + i] = taken[i]
        for i in range(size if m else 0):
            for r in range(m):
                used[block, r] += use[taken[i], r] * loads[r, i]
        best_sum[block] = total
        worth_sum[block] = value


@njit(parallel=True, nogil=True, cache=True)
def margins(
    worth: Any, starts: Any, group: Any, price: Any, rates: Any, load: Any, order: Any, top: float
) -> Any:
    """How much better each citizen's best effort is than the next at these prices (n,)."""
    k, n = worth.shape
    m = rates.shape[1]
    margin = np.empty(n, dtype=worth.dtype)
    for block in prange(group.size):
        first, last = starts[block], starts[block + 1]
        size = last - first
        best = np.empty(size, dtype=worth.dtype)
        row = np.empty(size, dtype=worth.dtype)
        loads = np.empty((m, size), dtype=np.float64)
        for i in range(size if m else 0):
            for r in range(m):
                loads[r, i] = load[order[first + i], r]
        for j in range(k):
            asked = price[group[block], j]
            row[:] = asked
            if m:
                _price_row(row, asked, rates[j], loads, top)
            for i in range(size):
                value = worth[j, first + i] - row[i]
                if j == 0:
                    best[i] = value
                    margin[first + i] = 1 << 30
                else:
                    margin[first + i] = min(margin[first + i], abs(best[i] - value))
                    best[i] = max(best[i], value)
    return margin
