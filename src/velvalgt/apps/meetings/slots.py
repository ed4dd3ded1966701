"""Which moments can be offered (ledige tider): pure arithmetic on periods in minutes."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from velvalgt.apps.meetings.openings import Minutes

QUARTER = 15
"""Times on offer begin at quarters, and where a gap has room for none of these, with the gap."""

Mask = NDArray[np.bool_]


def candidates(staff: Iterable[Minutes], others: Iterable[Minutes]) -> Minutes:
    """Give every moment at which a meeting might begin.

    A gap that several have together begins when the gap of one of them does, so that no gap
    long enough is missed.

    Args:
        staff: for each of the staff (n, 2) free periods, in order, apart from each other.
        others: the same of whoever or whatever else is needed.

    Returns:
        (k,) in order, each once.
    """
    of_staff = [free for free in staff if len(free)]
    if not of_staff:
        return np.empty(0, dtype=np.int64)
    periods = np.concatenate(of_staff)
    first = -(-periods[:, 0] // QUARTER) * QUARTER
    count = np.maximum((periods[:, 1] - first) // QUARTER + 1, 0)
    before = np.repeat(np.cumsum(count) - count, count)
    quarters = np.repeat(first, count) + (np.arange(count.sum()) - before) * QUARTER
    begun = [free[:, 0] for free in others if len(free)]
    return np.unique(np.concatenate([quarters, periods[:, 0], *begun]))


def fits(free: Minutes, starts: Minutes, length: int) -> Mask:
    """Say for each moment whether something of a length can begin then.

    Args:
        free: (n, 2) free periods, in order, apart from each other.
        starts: (k,) moments.
        length: minutes that are needed.

    Returns:
        (k,)
    """
    if len(free) == 0:
        return np.zeros(len(starts), dtype=bool)
    within = np.searchsorted(free[:, 0], starts, side="right") - 1
    inside = np.maximum(within, 0)
    fit: Mask = (within >= 0) & (starts + length <= free[inside, 1])
    return fit


def on_the_quarter(is_free: Mask, starts: Minutes) -> Mask:
    """Take away odd moments where the next quarter is free as well.

    Args:
        is_free: (rows, k) whether each row is free at each moment.
        starts: (k,) the moments, in order.

    Returns:
        (rows, k)
    """
    is_odd = starts % QUARTER != 0
    following = np.searchsorted(starts, -(-starts // QUARTER) * QUARTER)
    there = np.minimum(following, len(starts) - 1)
    is_next = starts[there] == -(-starts // QUARTER) * QUARTER
    needless = is_odd & is_next & is_free[:, there]
    kept: Mask = is_free & ~needless
    return kept
