"""The times on offer as a page shows them: a week at a time, a few a day, and all of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from velvalgt.apps.meetings import queries
from velvalgt.apps.meetings.queries import Slot
from velvalgt.core.calendar import monday_of
from velvalgt.screens.citizen.meeting_wish import When, Wish

MOST_A_DAY = 4
"""So that a week is not more than some twenty times to read."""


@dataclass(frozen=True, slots=True)
class Time:
    """A time on offer and where it leads."""

    slot: Slot
    address: str


@dataclass(frozen=True, slots=True)
class Day:
    """A day with times, all of them or a few; `more` leads to the rest."""

    on: date
    times: list[Time]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """A week of times, and the ways to the weeks with times before and after it."""

    monday: date
    days: list[Day]
    address: str
    earlier: str = ""
    later: str = ""


def week_of(slots: Sequence[Slot], wish: Wish, when: When) -> Week | None:
    """Give the week to show: the one asked for, else the first with times; None without any.

    Args:
        slots: every time on offer, in order.
        wish: what was wished for.
        when: which week, or which day's times, all of them.
    """
    days = dict(queries.by_day(slots))
    if not days:
        return None
    mondays = sorted({monday_of(on) for on in days})
    asked = when.day or when.week
    shown = next((monday for monday in mondays if asked and monday >= monday_of(asked)), None)
    monday = shown or mondays[-1 if asked else 0]
    before = [each for each in mondays if each < monday]
    after = [each for each in mondays if each > monday]
    chosen = {when.day} if when.day in days else {on for on in days if monday_of(on) == monday}
    return Week(
        monday,
        [_day(on, days[on], wish, whole=on == when.day) for on in sorted(chosen)],
        wish.address(week=monday.isoformat()),
        earlier=wish.address(week=before[-1].isoformat()) if before else "",
        later=wish.address(week=after[0].isoformat()) if after else "",
    )


def few(slots: Sequence[Slot], most: int = MOST_A_DAY) -> list[Slot]:
    """Give a few of a day's times, the first and the last among them, spread evenly."""
    if len(slots) <= most:
        return list(slots)
    return [slots[round(place * (len(slots) - 1) / (most - 1))] for place in range(most)]


def times(slots: Sequence[Slot], wish: Wish) -> list[Time]:
    """Give times with where each leads."""
    return [Time(slot, wish.at_slot(slot)) for slot in slots]


def _day(on: date, slots: Sequence[Slot], wish: Wish, *, whole: bool) -> Day:
    shown = slots if whole else few(slots)
    is_all = len(shown) == len(slots)
    return Day(on, times(shown, wish), "" if is_all else wish.address(day=on.isoformat()))
