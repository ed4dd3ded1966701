"""How suggestions are answered, unit by unit: a question where everything is accepted unread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from velvalgt.apps.meetings.queries import FEWEST
from velvalgt.apps.staff.queries import units_by_id

ENOUGH = 20
"""How many answers it takes before a share of them says something; chosen here, from no study."""
NEARLY_ALL = 0.95
HARDLY_ANY = 0.1
"""Above which share of yes, and below which share with own words, one asks; chosen here, too."""


@dataclass(frozen=True, slots=True)
class AcceptanceLine:
    """What a unit answered the suggestions (svar på forslag); totals only.

    Attributes:
        suggested: how many were answered, or wait in the plan that holds.
        accepted, other, postponed: by their newest answer; worded: how many have words, too.
    """

    unit: str
    suggested: int
    accepted: int
    other: int
    postponed: int
    worded: int

    @property
    def answered(self) -> int:
        return self.accepted + self.other + self.postponed

    @property
    def shown(self) -> tuple[int | None, int | None]:
        """How many were answered, and how many of them with yes; None where the answers are few."""
        if self.answered < FEWEST:
            return None, None
        return self.answered, self.accepted

    @property
    def share(self) -> float | None:
        """Which share of the answers is a yes; None where the answers are few."""
        return self.accepted / self.answered if self.answered >= FEWEST else None

    @property
    def is_worth_a_talk(self) -> bool:
        """Whether nearly all of many are accepted, and hardly any with a word.

        It may be that the suggestions fit. It may also be that there is no time to weigh them: the
        page asks, and the manager talks with the team.
        """
        if self.answered < ENOUGH:
            return False
        return (
            self.accepted / self.answered > NEARLY_ALL and self.worded / self.answered < HARDLY_ANY
        )


def acceptance_by_unit(since: date) -> list[AcceptanceLine]:
    """Give how each unit answered since a day, by name; units with few suggestions are hidden."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select unit_id, suggested, accepted, other, postponed, worded"
            " from priorities_answers_by_unit(%s)",
            [since],
        )
        rows: list[tuple[UUID, int, int, int, int, int]] = cursor.fetchall()
    units = units_by_id()
    lines = [
        AcceptanceLine(units[unit].name, *counts)
        for unit, *counts in rows
        if counts[0] >= FEWEST and unit in units
    ]
    return sorted(lines, key=lambda line: line.unit)
