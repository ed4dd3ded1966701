"""How many times are missing (tidsprognose): pure arithmetic on counts by unit and week."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from velvalgt.apps.meetings.openings import Minutes

Counts = NDArray[np.int64]
"""(units, weeks) whole numbers, none below 0."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When what is due can be met, each by unit and week.

    `used` are the free times that are needed in a week; `missing` is what is due in a week and
    finds no time before the week is over.
    """

    used: Counts
    missing: Counts


def plan(due: Counts, free: Counts) -> Plan:
    """Meet what is due in the free times, the nearest last day first.

    A meeting may be held in any week until that of its last day. Nothing else meets as many in
    time, so that what is missing is missing however cleverly one books.

    Args:
        due: (units, weeks) meetings by the week of their last day.
        free: (units, weeks) free times.

    Raises:
        ValueError: the shapes disagree, or a number is negative.

    Source: earliest deadline first; Jackson (1955).
    """
    if due.shape != free.shape or due.ndim != 2:
        raise ValueError(f"due is {due.shape}, free is {free.shape}")
    if (due < 0).any() or (free < 0).any():
        raise ValueError("a number is negative")
    left, used = due.copy(), np.zeros_like(due)
    for week in range(due.shape[1]):
        for last in range(week, due.shape[1]):
            met = np.minimum(free[:, week] - used[:, week], left[:, last])
            left[:, last] -= met
            used[:, week] += met
    return Plan(used, left)


def times_by_week(free: Minutes, weeks: Minutes, length: int) -> Counts:
    """Count how many meetings of a length one person's free time has room for, week by week.

    Args:
        free: (n, 2) periods, in order, apart from each other.
        weeks: (weeks + 1,) when each week begins, and when the last one ends.
        length: minutes of a meeting and of what the staff need after it.

    Returns:
        (weeks,)
    """
    begins = np.maximum(free[:, :1], weeks[:-1])
    ends = np.minimum(free[:, 1:], weeks[1:])
    counts: Counts = (np.maximum(ends - begins, 0) // length).sum(axis=0)
    return counts
