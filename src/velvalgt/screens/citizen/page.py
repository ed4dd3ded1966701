"""What the citizen's first page shows, and in which order."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.queries import DutyLine
from velvalgt.apps.people.queries import Money

WAITING = {Status.OVERDUE, Status.UPCOMING}
NOT_OVER = {*WAITING, Status.SUSPENDED}
MOST_AHEAD = 5
SOON = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day that comes: what happens then, and where to read more of it."""

    on: date
    words: str
    to: str


def waiting_first(lines: Iterable[DutyLine]) -> list[DutyLine]:
    """Give what the law asks: what waits first, what is settled last."""
    duties = [line for line in lines if not line.is_right]
    return sorted(duties, key=lambda line: line.duty.status not in WAITING)


def asked_besides(lines: Iterable[DutyLine], step: DutyLine | None) -> list[DutyLine]:
    """Give what the law still asks besides the next step; the rest stands with the rights."""
    asked = [line for line in lines if not line.is_right and line is not step]
    return [line for line in asked if line.duty.status in NOT_OVER]


def days_of_law(lines: Iterable[DutyLine], step: DutyLine | None) -> list[Ahead]:
    """Give the last days of what the law asks besides the next step."""
    return [
        Ahead(line.duty.due, line.sentence, "citizen:rights")
        for line in asked_besides(lines, step)
        if line.duty.status == Status.UPCOMING and line.duty.due
    ]


def days_of_money(money: Money | None) -> list[Ahead]:
    """Give the day of the next payment."""
    if money is None or money.next is None or money.next.paid_on is None or money.stopped_by:
        return []
    return [Ahead(money.next.paid_on, _("You get your money."), "citizen:home")]


def soonest(*days: Iterable[Ahead], on: date) -> list[Ahead]:
    """Give the days of the next quarter of a year, soonest first; few at a time."""
    coming = [ahead for some in days for ahead in some if on <= ahead.on <= on + SOON]
    return sorted(coming, key=lambda ahead: (ahead.on, ahead.words))[:MOST_AHEAD]
