"""How many times for talks are missing (tidsprognose), by unit and week, never by person."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from velvalgt.apps.meetings.choices import Purpose
from velvalgt.apps.meetings.forecast import Counts, plan, times_by_week
from velvalgt.apps.meetings.gathering import busy_periods
from velvalgt.apps.meetings.models import SpecialHours, WeeklyHours
from velvalgt.apps.meetings.openings import NONE, minute, open_periods, without
from velvalgt.apps.meetings.permitting import COUNTED
from velvalgt.apps.meetings.types import MeetingType, types
from velvalgt.apps.staff.models import Unit
from velvalgt.apps.staff.queries import units_by_id
from velvalgt.core.calendar import midnight, monday_of

WEEKS = 8
"""How many weeks ahead times are counted, the running one included."""


@dataclass(frozen=True, slots=True)
class SlotWeek:
    """One unit's week: meetings to be held in it, free times for them, and what is missing."""

    unit: Unit
    monday: date
    due: int
    needed: int
    free: int
    booked: int
    missing: int
    minutes: int  # of one meeting with the time after it

    @property
    def number(self) -> int:
        """The week's number in the Danish calendar."""
        return self.monday.isocalendar().week

    @property
    def hours(self) -> int:
        """The hours of talks that are missing, begun ones as whole."""
        return -(-self.missing * self.minutes // 60)


@dataclass(frozen=True, slots=True)
class SlotForecast:
    """The coming weeks of some units (tidsprognose)."""

    type: MeetingType
    weeks: tuple[SlotWeek, ...]

    @property
    def missing(self) -> int:
        """All that is missing."""
        return sum(each.missing for each in self.weeks)

    @property
    def lacking(self) -> list[SlotWeek]:
        """Where and when times are missing, the most first."""
        found = [each for each in self.weeks if each.missing]
        return sorted(found, key=lambda each: (-each.missing, each.monday, each.unit.name))

    @property
    def highest(self) -> int:
        """The most of one week, so that pictures of several units can be compared."""
        return max((each.free + each.missing for each in self.weeks), default=0)

    @property
    def units(self) -> list[tuple[Unit, list[SlotWeek]]]:
        """The weeks unit by unit."""
        found: dict[UUID, list[SlotWeek]] = defaultdict(list)
        for each in self.weeks:
            found[each.unit.pk].append(each)
        return [(weeks[0].unit, weeks) for weeks in found.values()]


def counted_type() -> MeetingType:
    """The type by whose length times are counted: the talk after the first."""
    talks = [each for each in types().values() if each.purpose == Purpose.INTERVIEW]
    return next((each for each in talks if each.when == "later"), talks[0])


def slot_forecast(at: datetime, *, unit_id: UUID | None = None) -> SlotForecast:
    """Say how many times are missing in the coming weeks, and where (tidsprognose).

    Args:
        at: now; what lies before it is past.
        unit_id: one unit; None for all that one may know of.
    """
    counted, mondays = counted_type(), _mondays(at)
    due, booked = _demand(at, unit_id)
    free = _free(at, mondays, counted, unit_id)
    known = [unit for key, unit in units_by_id().items() if key in {*due, *free}]
    units = sorted(known, key=lambda unit: (unit.name, str(unit.pk)))
    asked, have = _table(units, due), _table(units, free)
    planned = plan(asked, have)
    agreed = _table(units, booked)
    return SlotForecast(
        counted,
        tuple(
            SlotWeek(
                unit=unit,
                monday=mondays[week],
                due=int(asked[row, week]),
                needed=int(planned.used[row, week] + planned.missing[row, week]),
                free=int(have[row, week]),
                booked=int(agreed[row, week]),
                missing=int(planned.missing[row, week]),
                minutes=counted.minutes + counted.buffer_minutes,
            )
            for row, unit in enumerate(units)
            for week in range(WEEKS)
        ),
    )


def _none() -> Counts:
    return np.zeros(WEEKS, dtype=np.int64)


def _table(units: Sequence[Unit], counts: dict[UUID, Counts]) -> Counts:
    """The counts of some units, in their order."""
    rows = [counts.get(unit.pk, _none()) for unit in units]
    return np.array(rows, dtype=np.int64).reshape(-1, WEEKS)


def _mondays(at: datetime) -> list[date]:
    monday = monday_of(timezone.localdate(at))
    return [monday + timedelta(weeks=week) for week in range(WEEKS + 1)]


def _demand(at: datetime, unit_id: UUID | None) -> tuple[dict[UUID, Counts], dict[UUID, Counts]]:
    """What is due and what is booked, by unit and week; a caseworker's own unit alone."""
    due: dict[UUID, Counts] = defaultdict(_none)
    booked: dict[UUID, Counts] = defaultdict(_none)
    counted = [key for key, each in types().items() if each.purpose in COUNTED]
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_demand(%s, %s, %s)", [counted, at, WEEKS])
        for unit, week, asked, agreed in cursor:
            if unit_id in {None, unit}:
                due[unit][week] += asked
                booked[unit][week] += agreed
    return due, booked


def _free(
    at: datetime, mondays: Sequence[date], counted: MeetingType, unit_id: UUID | None
) -> dict[UUID, Counts]:
    """The free times of each unit's staff, by week."""
    begins, ends = mondays[0], mondays[-1]
    bounds = np.array([minute(midnight(day)) for day in mondays])
    bounds[0] = minute(at)
    hours, opened, closed = _hours(begins, ends, unit_id)
    busy = busy_periods({key for _, key in hours}, at, midnight(ends))
    found: dict[UUID, Counts] = defaultdict(_none)
    length = counted.minutes + counted.buffer_minutes
    for (unit, key), weekly in hours.items():
        special = [*opened[unit, key], *closed[key]]
        periods = open_periods(weekly, special, begins, ends)
        found[unit] += times_by_week(without(periods, busy.get(key, NONE)), bounds, length)
    return found


def _hours(
    begins: date, ends: date, unit_id: UUID | None
) -> tuple[
    dict[tuple[UUID, UUID], list[WeeklyHours]],
    dict[tuple[UUID, UUID], list[SpecialHours]],
    dict[UUID, list[SpecialHours]],
]:
    """Weekly hours and special ones by unit and person, and when people are away."""
    weekly = WeeklyHours.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=begins), unit__isnull=False, starts_on__lt=ends
    )
    if unit_id is not None:
        weekly = weekly.filter(unit_id=unit_id)
    hours: dict[tuple[UUID, UUID], list[WeeklyHours]] = defaultdict(list)
    for each in weekly.order_by("pk"):
        hours[each.unit_id, each.resource].append(each)  # type: ignore[index]
    opened: dict[tuple[UUID, UUID], list[SpecialHours]] = defaultdict(list)
    closed: dict[UUID, list[SpecialHours]] = defaultdict(list)
    special = SpecialHours.objects.filter(
        taken_back_at__isnull=True, starts_at__date__lt=ends, ends_at__date__gte=begins
    )
    for one in special.order_by("pk"):
        if one.opening == "closed":
            closed[one.resource].append(one)
        elif one.unit_id and unit_id in {None, one.unit_id}:
            opened[one.unit_id, one.resource].append(one)
            hours.setdefault((one.unit_id, one.resource), [])
    return hours, opened, closed
