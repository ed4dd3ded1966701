"""Seats of meetings for many and places in line: counted by the database, told as numbers alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from velvalgt.apps.meetings.models import Enrolment, GroupAttendance, GroupMeeting, Room
from velvalgt.apps.meetings.types import Said, type_of
from velvalgt.apps.people.models import Citizen

DOORS_OPEN = timedelta(minutes=15)
"""How long before a meeting its video room is shown; a starting value of this program."""


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats of a meeting for many are left, and how many wait for one."""

    left: int
    waiting: int


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A meeting for many, as somebody sees it who may take part (fællesmøde)."""

    group: GroupMeeting
    seats: Seats
    at: datetime
    enrolment: Enrolment | None = None
    place: int = 0  # in line; 0: has a seat

    @property
    def title(self) -> Said:
        """What it is called, in both languages."""
        return title_of(self.group)

    @property
    def text(self) -> Said:
        """What happens there, in both languages."""
        if self.group.words_da and self.group.words_en:
            return Said(da=self.group.words_da, en=self.group.words_en)
        return type_of(self.group.type).text

    @property
    def has_seat(self) -> bool:
        """Whether the reader takes part."""
        return self.enrolment is not None and not self.place

    @property
    def has_begun(self) -> bool:
        """Whether it is too late to change anything."""
        return self.group.starts_at <= self.at

    @property
    def can_join(self) -> bool:
        """Whether enrolment is open."""
        return self.at < self.group.enrol_until

    @property
    def video(self) -> str:
        """The video room's address, for whoever has a seat, when it is time."""
        is_time = self.group.starts_at - DOORS_OPEN <= self.at < self.group.ends_at
        return self.group.video if self.has_seat and is_time else ""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody who is enrolled: their place in line, and whether they came."""

    enrolment: Enrolment
    place: int
    attendance: GroupAttendance | None


def title_of(group: GroupMeeting) -> Said:
    """Give a meeting's title in both languages."""
    return Said(da=group.title_da, en=group.title_en)


def coming_groups(citizen: Citizen, at: datetime, groups: set[str]) -> list[GroupLine]:
    """Give the meetings for many that are open to a citizen, or that they take part in, in order.

    Args:
        citizen: who looks.
        at: now.
        groups: the citizen's target groups.
    """
    mine = {
        each.group_id: each for each in Enrolment.objects.filter(citizen=citizen, ended_at=None)
    }
    standing = GroupMeeting.objects.filter(cancelled_at=None, ends_at__gt=at)
    open_ones = standing.filter(Q(starts_at__gt=at) | Q(pk__in=list(mine)))
    found = [
        each
        for each in open_ones.select_related("host", "place", "room").order_by("starts_at", "pk")
        if each.pk in mine or _is_for(each, groups)
    ]
    counted = seats([each.pk for each in found])
    places = places_of([each.pk for each in mine.values()])
    return [
        GroupLine(each, counted[each.pk], at, own, places.get(own.pk, 0) if own else 0)
        for each in found
        for own in [mine.get(each.pk)]
    ]


def joined_groups(citizen: Citizen, at: datetime) -> list[GroupLine]:
    """Give the meetings for many to come that a citizen takes part in or waits for, in order."""
    joined = Enrolment.objects.filter(
        citizen=citizen, ended_at=None, group__cancelled_at=None, group__ends_at__gt=at
    )
    mine = list(joined.select_related("group__host", "group__place", "group__room"))
    if not mine:
        return []
    counted = seats([each.group_id for each in mine])
    places = places_of([each.pk for each in mine])
    return [
        GroupLine(each.group, counted[each.group_id], at, each, places.get(each.pk, 0))
        for each in sorted(mine, key=lambda each: each.group.starts_at)
    ]


def _is_for(group: GroupMeeting, groups: set[str]) -> bool:
    meant = type_of(group.type).groups
    return not meant or bool(groups & set(meant))


def groups_to_hold(unit_id: UUID, at: datetime) -> list[GroupLine]:
    """Give a unit's meetings for many that come, or whose attendance is still to be noted."""
    recent = GroupMeeting.objects.filter(
        cancelled_at=None, unit_id=unit_id, ends_at__gt=at - timedelta(weeks=2)
    )
    found = list(recent.select_related("host", "place", "room").order_by("starts_at", "pk"))
    counted = seats([each.pk for each in found])
    return [GroupLine(each, counted[each.pk], at) for each in found]


def rooms() -> list[Room]:
    """Give the rooms that can be used, by place and name."""
    here = Room.objects.filter(closed_on__isnull=True, place__closed_on__isnull=True)
    return list(here.select_related("place").order_by("place__name", "name"))


def group_of(group_id: UUID, at: datetime) -> GroupLine | None:
    """Find a meeting for many of the tenant, unless it is called off."""
    named = GroupMeeting.objects.filter(pk=group_id, cancelled_at=None)
    found = named.select_related("host", "place", "room", "unit").first()
    return GroupLine(found, seats([found.pk])[found.pk], at) if found else None


def enrolled_in(group: GroupMeeting) -> list[Enrolled]:
    """Give those enrolled whom one may see, in line; the seats count the others."""
    standing = Enrolment.objects.filter(group=group, ended_at=None)
    found = list(standing.select_related("citizen", "attendance").order_by("enrolled_at", "pk"))
    places = places_of([each.pk for each in found])
    return [
        Enrolled(each, places.get(each.pk, 0), getattr(each, "attendance", None)) for each in found
    ]


def seats(groups: Sequence[UUID]) -> Mapping[UUID, Seats]:
    """Count the seats that are left, and those who wait (ledige pladser)."""
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_seats(%s)", [list(groups)])
        return {group: Seats(left, waiting) for group, left, waiting in cursor.fetchall()}


def places_of(enrolments: Sequence[UUID]) -> Mapping[UUID, int]:
    """Give places in line; 0 for whoever has a seat."""
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_group_place(%s)", [list(enrolments)])
        return dict(cursor.fetchall())


def has_seat(enrolment: Enrolment) -> bool:
    """Whether an enrolment that stands is one with a seat."""
    return places_of([enrolment.pk]).get(enrolment.pk) == 0
