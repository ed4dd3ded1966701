"""Calendar arithmetic for many days at once: calendar months, weeks, half-open windows.

Days are numpy `datetime64[D]`; periods are half-open, first day in and end day out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

DAY = np.dtype("datetime64[D]")
Days = NDArray[np.datetime64]
Unit = Literal["mt", "w", "d"]

NEVER = np.datetime64("9999-12-31", "D")
_SPAN = re.compile(r"^(\d+)(mt|w|d)$")


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as the law writes it: so many calendar months, weeks or days."""

    count: int
    unit: Unit

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read `3mt`, `2w` or `10d`.

        Args:
            text: a whole number and its unit.

        Returns:
            The span.

        Raises:
            ValueError: the text is something else.
        """
        found = _SPAN.match(text)
        if found is None:
            raise ValueError(f"'{text}' is not a span such as 3mt, 2w or 10d")
        unit: Unit = "mt" if found[2] == "mt" else "w" if found[2] == "w" else "d"
        return cls(int(found[1]), unit)

    def after(self, start: Days) -> Days:
        """The day this long after each start.

        Args:
            start: (n,) days.

        Returns:
            (n,) days; a calendar month is clipped to the end of the month it reaches.
        """
        if self.unit == "mt":
            return add_months(start, self.count)
        return start + np.timedelta64(self.count * (7 if self.unit == "w" else 1), "D")

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


def add_months(start: Days, months: int) -> Days:
    """Add calendar months, clipped to the month's end: 31 January plus one month is 28 February.

    Args:
        start: (n,) days.
        months: how many, may be negative.

    Returns:
        (n,) days.
    """
    days = np.asarray(start, dtype=DAY)
    month = days.astype("datetime64[M]")
    day_of_month = (days - month.astype(DAY)).astype(np.int64)
    reached = month + np.timedelta64(months, "M")
    length = ((reached + 1).astype(DAY) - reached.astype(DAY)).astype(np.int64)
    reached_day = np.minimum(day_of_month, length - 1).astype("timedelta64[D]")
    return np.asarray(reached.astype(DAY) + reached_day)


def first_of_week(days: Days) -> Days:
    """The Monday of each day's week.

    Args:
        days: (n,) days.

    Returns:
        (n,) Mondays.
    """
    # Day 0 of datetime64, 1970-01-01, was a Thursday.
    weekday = (np.asarray(days, dtype=DAY).astype(np.int64) + 3) % 7
    return np.asarray(days - weekday.astype("timedelta64[D]"))


def window(start: Days, opens: Span, closes: Span) -> tuple[Days, Days]:
    """The half-open window from one span to another after each start (frist).

    The last day on which a duty can be met is start + closes, so the window's end is the day after.
    A window that opens later than the start begins the day after the one before it ends.

    Args:
        start: (n,) days.
        opens: from how long after the start.
        closes: to how long after the start, that day included.

    Returns:
        (n,) first days and (n,) end days, the end day out.
    """
    one = np.timedelta64(1, "D")
    first = opens.after(start)
    return (first + one if opens.count else first), closes.after(start) + one
