"""Free times as they are shown: a week at a time (ledige tider)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from velvalgt.apps.meetings.finding import Slot, by_day
from velvalgt.core.calendar import monday_of

A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class OfferedDay:
    """A day with its free times, in order."""

    on: date
    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class OfferedWeek:
    """A week, from its Monday, with the days that have free times; and the weeks around it."""

    starts_on: date
    days: tuple[OfferedDay, ...]
    before: date | None
    after: date | None

    @property
    def ends_on(self) -> date:
        """Its Sunday."""
        return self.starts_on + timedelta(days=6)


def week_of(slots: Sequence[Slot], asked: date | None, today: date) -> OfferedWeek:
    """Give the week that is asked for; without one, the first that has free times.

    Args:
        slots: the free times, in order.
        asked: a day of the week to show.
        today: shown where nothing is asked for and nothing is free.
    """
    mondays = sorted({monday_of(slot.on) for slot in slots})
    shown = monday_of(asked) if asked else next(iter(mondays), monday_of(today))
    here = [slot for slot in slots if monday_of(slot.on) == shown]
    return OfferedWeek(
        shown,
        tuple(OfferedDay(day, tuple(some)) for day, some in by_day(here)),
        max((monday for monday in mondays if monday < shown), default=None),
        min((monday for monday in mondays if monday > shown), default=None),
    )
