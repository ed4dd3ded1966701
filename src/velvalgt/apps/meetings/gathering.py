"""What is asked of the database to find free times: hours, holds, rooms, interpreters, safety."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from velvalgt.apps.meetings.choices import IN_PERSON, Opening, Way
from velvalgt.apps.meetings.models import (
    Crisis,
    Interpreter,
    Relation,
    Room,
    SpecialHours,
    WeeklyHours,
)
from velvalgt.apps.meetings.openings import (
    NONE,
    Minutes,
    first_minute,
    minute,
    open_periods,
    without,
)
from velvalgt.apps.meetings.types import MeetingType
from velvalgt.apps.people.models import Citizen


@dataclass(frozen=True, slots=True)
class Wanted:
    """What meeting is looked for: its type and way, with whom, in which language."""

    type: MeetingType
    way: Way
    unit_id: UUID
    caseworker_id: UUID | None = None  # None: anybody in the unit
    language: str = ""  # of an interpreter; "" where none is needed
    has_companion: bool = False
    also: frozenset[UUID] = frozenset()  # colleagues who must be there as well

    @property
    def length(self) -> timedelta:
        """How long the citizen is there."""
        return self.type.length(self.language)


@dataclass(frozen=True, slots=True)
class Safety:
    """What meetings with a citizen need (sikkerhed); why is not told."""

    needs_two: bool = False
    needs_alarm: bool = False


Pair = tuple[UUID, UUID | None]
"""Somebody or something, and the place where it is to be had; None where that is no matter."""

IN_A_PLACE = {Way.OFFICE, Way.VIDEO}
"""The ways for which it matters where the staff are."""


@dataclass(frozen=True, slots=True)
class Free:
    """When everybody and everything that a meeting needs is free; None: none of that is needed."""

    staff: dict[Pair, Minutes]
    citizen: Minutes
    seconds: dict[Pair, Minutes] | None
    rooms: dict[Pair, Minutes] | None
    interpreters: dict[Pair, Minutes] | None
    also: list[Minutes]
    busy: dict[UUID, Minutes]


def gathered(
    citizen: Citizen | None,
    wanted: Wanted,
    begins: datetime,
    ends: datetime,
    besides: UUID | None,
) -> Free:
    """Gather who and what is free between two moments, in six or seven questions.

    The staff are busy for a while after a meeting, so what is looked at reaches beyond its end.
    """
    until = ends + wanted.type.buffer
    days = timezone.localdate(begins), timezone.localdate(until) + timedelta(days=1)
    safety = safety_of(citizen) if citizen else Safety()
    hours = _hours(wanted.unit_id, days, wanted.also)
    rooms = _rooms(wanted.way, safety)
    interpreters = _interpreters(citizen, wanted.language)
    keys = {each.resource for each in hours} | wanted.also
    keys |= {citizen.pk} if citizen else set()
    keys |= {each.pk for each in (*(rooms or ()), *(interpreters or ()))}
    special = _special(days)
    keys |= {each.resource for each in special if each.unit_id == wanted.unit_id}
    busy = busy_periods(keys, begins, until, besides=besides)
    window = np.array([[first_minute(begins), minute(ends)]], dtype=np.int64)
    told = _Told(hours, special, busy, days, window)
    staff = told.of_staff(wanted.way, wanted.unit_id)
    if safety.needs_alarm and wanted.way in IN_PERSON - {Way.OFFICE}:
        staff = {}
    needs_two = safety.needs_two and wanted.way in IN_PERSON
    return Free(
        staff={pair: free for pair, free in staff.items() if _is_wished(pair, wanted)},
        citizen=without(
            without(window, _from_afar(wanted, begins, ends)),
            busy.get(citizen.pk, NONE) if citizen else NONE,
        ),
        seconds=told.of_staff(None, wanted.unit_id, wanted.way) if needs_two else None,
        rooms=None if rooms is None else told.of_rooms(rooms),
        interpreters=None if interpreters is None else told.of_interpreters(interpreters),
        also=[told.of_colleague(key) for key in sorted(wanted.also, key=str)],
        busy=busy,
    )


def _from_afar(wanted: Wanted, begins: datetime, ends: datetime) -> Minutes:
    """When a crisis lets nobody meet in person; never where the meeting is from afar itself."""
    if wanted.way not in IN_PERSON:
        return NONE
    crises = Crisis.objects.running().of_unit(wanted.unit_id).over(begins, ends)
    periods = [[minute(each.starts_at), minute(each.ends_at)] for each in crises.order_by("pk")]
    return np.array(periods, dtype=np.int64).reshape(-1, 2)


def _is_wished(pair: Pair, wanted: Wanted) -> bool:
    return wanted.caseworker_id in {None, pair[0]} and pair[0] not in wanted.also


class _Told:
    """What was told of hours and holds, by resource."""

    def __init__(
        self,
        hours: list[WeeklyHours],
        special: list[SpecialHours],
        busy: dict[UUID, Minutes],
        days: tuple[date, date],
        window: Minutes,
    ) -> None:
        self.hours = hours
        self.special: dict[UUID, list[SpecialHours]] = defaultdict(list)
        for each in special:
            self.special[each.resource].append(each)
        self.busy = busy
        self.days = days
        self.window = window

    def of_staff(
        self, way: Way | None, unit_id: UUID, meant: Way | None = None
    ) -> dict[Pair, Minutes]:
        """When each of a unit's staff is free in each place; for one way, or for any."""
        in_a_place = (way or meant) in IN_A_PLACE
        weekly: dict[Pair, list[WeeklyHours]] = defaultdict(list)
        for hours in self.hours:
            if hours.unit_id == unit_id and (way is None or way in hours.ways):
                weekly[hours.resource, hours.place_id if in_a_place else None].append(hours)
        extra: dict[Pair, list[SpecialHours]] = defaultdict(list)
        for each in (one for some in self.special.values() for one in some):
            if each.unit_id == unit_id and (way is None or way in each.ways):
                extra[each.resource, each.place_id if in_a_place else None].append(each)
        return {
            pair: self._free(pair[0], open_periods(weekly[pair], extra[pair], *self.days))
            for pair in {*weekly, *extra}
        }

    def of_colleague(self, key: UUID) -> Minutes:
        """When a colleague of any unit is free, in any way; always but for holds without hours."""
        if self.has_hours(key):
            return self._free(key, self._opened(key))
        # They need time after the meeting, too.
        return self._free(key, self.window + np.array([[0, WHOLE_DAY]]))

    def of_rooms(self, rooms: list[Room]) -> dict[Pair, Minutes]:
        """When each room is free: always, less what is shut or held; staff have the hours."""
        return {(room.pk, room.place_id): self._free(room.pk, self.window) for room in rooms}

    def of_interpreters(self, interpreters: list[Interpreter]) -> dict[Pair, Minutes]:
        """When each interpreter is free, by hours of their own."""
        return {
            (each.pk, None): self._free(each.pk, self._opened(each.pk)) for each in interpreters
        }

    def has_hours(self, key: UUID) -> bool:
        """Whether somebody has told any hours of theirs."""
        is_open = any(each.opening == Opening.OPEN for each in self.special[key])
        return is_open or any(each.resource == key for each in self.hours)

    def _opened(self, key: UUID) -> Minutes:
        hours = [each for each in self.hours if each.resource == key]
        opened = [each for each in self.special[key] if each.opening == Opening.OPEN]
        return open_periods(hours, opened, *self.days)

    def _free(self, key: UUID, opened: Minutes) -> Minutes:
        """What is left of the time in which somebody or something is open: not shut, not held."""
        closed = [each for each in self.special[key] if each.opening == Opening.CLOSED]
        shut = [[minute(each.starts_at), minute(each.ends_at)] for each in closed]
        taken = np.array(shut, dtype=np.int64).reshape(-1, 2)
        return without(opened, np.concatenate([taken, self.busy.get(key, NONE)]))


def _hours(unit_id: UUID, days: tuple[date, date], also: Collection[UUID]) -> list[WeeklyHours]:
    """The weekly hours of a unit's staff, of interpreters, who belong to no unit, of colleagues."""
    here = WeeklyHours.objects.filter(
        Q(unit_id=unit_id) | Q(unit__isnull=True) | Q(resource__in=also)
    )
    in_force = here.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=days[0]), starts_on__lt=days[1])
    return list(in_force.order_by("pk"))


def _special(days: tuple[date, date]) -> list[SpecialHours]:
    standing = SpecialHours.objects.filter(taken_back_at__isnull=True)
    return list(
        standing.filter(starts_at__date__lt=days[1], ends_at__date__gte=days[0]).order_by("pk")
    )


def _rooms(way: Way, safety: Safety) -> list[Room] | None:
    """The rooms that would do; None where no room is needed."""
    if way not in IN_A_PLACE:
        return None
    rooms = Room.objects.filter(closed_on__isnull=True, place__closed_on__isnull=True)
    if way == Way.VIDEO:
        return list(rooms.filter(has_video=True).order_by("pk")) or None
    return list((rooms.filter(has_alarm=True) if safety.needs_alarm else rooms).order_by("pk"))


def _interpreters(citizen: Citizen | None, language: str) -> list[Interpreter] | None:
    """Who interprets a language and is not close to the citizen; None where none is needed."""
    if not language:
        return None
    close = Relation.objects.filter(citizen=citizen).values("interpreter")
    known = Interpreter.objects.filter(closed_on__isnull=True, languages__contains=[language])
    return list(known.exclude(pk__in=close).order_by("pk"))


BUSY = """
select resource, array_agg(floor(extract(epoch from starts_at) / 60)::int),
       array_agg(ceil(extract(epoch from ends_at) / 60)::int)
from meetings_hold
where tenant_id = velvalgt_tenant() and resource = any(%s) and released_at is null
  and starts_at < %s and starts_at > %s and ends_at > %s and (meeting_id = %s) is not true
group by resource
"""
WHOLE_DAY = 24 * 60
LONGEST = timedelta(days=32)
"""No hold is longer; the index on when holds begin can then be used from both sides."""


def busy_periods(
    keys: Collection[UUID], begins: datetime, ends: datetime, *, besides: UUID | None = None
) -> dict[UUID, Minutes]:
    """Give when each of some resources is held between two moments, in minutes since 1970.

    Args:
        keys: of users, citizens, rooms and interpreters.
        begins: the first moment.
        ends: the moment after the last.
        besides: a meeting whose holds are left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(BUSY, [list(keys), ends, begins - LONGEST, begins, besides])
        return {
            key: np.stack([np.array(first), np.array(last)], axis=1).astype(np.int64)
            for key, first, last in cursor.fetchall()
        }


def safety_of(citizen: Citizen) -> Safety:
    """Say what meetings with a citizen need; a reviewed definer function answers, no more."""
    with connection.cursor() as cursor:
        cursor.execute("select needs_two, needs_alarm from meetings_safety(%s)", [citizen.pk])
        row = cursor.fetchone()
    return Safety(*row) if row else Safety()
