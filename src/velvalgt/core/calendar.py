"""Calendar arithmetic for many days at once: so many months, weeks or days after each.

Days are numpy `datetime64[D]`. Below it stands what a single day is here: when it begins in
Copenhagen, and which Monday its week begins with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

DAY = np.dtype("datetime64[D]")
Days = NDArray[np.datetime64]
Unit = Literal["mt", "w", "d"]

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


COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def midnight(day: date) -> datetime:
    """The moment at which a day begins in Copenhagen."""
    return datetime.combine(day, time(), COPENHAGEN)


def monday_of(day: date) -> date:
    """The Monday with which a day's week begins."""
    return day - timedelta(days=day.weekday())
