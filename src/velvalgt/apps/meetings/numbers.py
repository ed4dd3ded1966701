"""Numbers about meetings (nøgletal) for whoever leads: by words and way, never by person.

The database counts, in a reviewed definer function; the web sees no row of what is counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from velvalgt.apps.meetings.choices import TextSet, Way

FEWEST = 5
"""Smaller numbers could tell of single people; the database leaves them out."""


@dataclass(frozen=True, slots=True)
class NoShows:
    """Meetings of one text set held in one way; None stands for numbers too small to tell."""

    text_set: TextSet
    way: Way
    meetings: int | None
    missed: int | None
    wished: int | None

    @property
    def share(self) -> float | None:
        """The share that the citizen did not come to (udeblivelse)."""
        return None if self.missed is None or not self.meetings else self.missed / self.meetings


@dataclass(frozen=True, slots=True)
class Shares:
    """All that may be told of some meetings together."""

    meetings: int
    missed: float | None
    wished: float | None


def no_shows(begins: datetime, ends: datetime) -> list[NoShows]:
    """Give who came and who did not, by words and way; for steering alone.

    The database counts whole weeks: an hour more or less would tell of a single meeting.

    Args:
        begins: a moment in the first week.
        ends: a moment in the week after the last.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_no_shows(%s, %s)", [begins, ends])
        return [NoShows(TextSet(words), Way(way), *counts) for words, way, *counts in cursor]


def shares(rows: Sequence[NoShows]) -> Shares:
    """Sum up what is told; what was too small to tell stays out, or a difference would tell it."""
    return Shares(
        sum(row.meetings or 0 for row in rows),
        _share([(row.missed, row.meetings) for row in rows]),
        _share([(row.wished, row.meetings) for row in rows]),
    )


def _share(parts: Sequence[tuple[int | None, int | None]]) -> float | None:
    told = [(some, of) for some, of in parts if some is not None and of]
    return sum(some for some, _ in told) / sum(of for _, of in told) if told else None
