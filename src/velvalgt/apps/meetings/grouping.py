"""Meetings for many (fællesmøder): arranging them, who came, calling them off."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.services import one_at_a_time, record
from velvalgt.apps.meetings.arranging import CannotArrange
from velvalgt.apps.meetings.choices import IN_PERSON, Holding, Way
from velvalgt.apps.meetings.enrolling import ask_to_look_after
from velvalgt.apps.meetings.holding import Stretch, Taken, in_turn, is_busy, let_go, lock, take
from velvalgt.apps.meetings.models import (
    Crisis,
    Enrolment,
    GroupAttendance,
    GroupMeeting,
    Hold,
    Room,
)
from velvalgt.apps.meetings.refusals import NotBegun, SomebodyBusy, TooLate
from velvalgt.apps.meetings.seats import has_seat
from velvalgt.apps.meetings.types import MeetingType, Said, type_of
from velvalgt.apps.staff.models import Unit, User


@dataclass(frozen=True, slots=True)
class ForMany:
    """What a meeting for many is to be: about what, when, where, for how many."""

    type: MeetingType
    title: Said
    starts_at: datetime
    way: Way
    seats: int
    enrol_until: datetime
    room: Room | None = None
    video: str = ""


@transaction.atomic
def arrange_group(*, wanted: ForMany, unit: Unit, host: User, at: datetime) -> GroupMeeting:
    """Arrange a meeting for many (fællesmøde); its host and room are busy then. Twice is once.

    Args:
        wanted: what it is to be.
        unit: whose meeting it is.
        host: who holds it, and arranges it.
        at: when it is arranged.

    Raises:
        CannotArrange: the message says what to choose instead, and where.
        SomebodyBusy: the host or the room is taken then; the message says which.
    """
    lock([host.pk, *([wanted.room.pk] if wanted.room else [])])
    same = GroupMeeting.objects.filter(
        cancelled_at=None, host=host, type=wanted.type.key, starts_at=wanted.starts_at
    )
    if (arranged := same.first()) is not None:
        return arranged
    _check(wanted, unit, at)
    group = GroupMeeting(
        tenant_id=unit.tenant_id,
        type=wanted.type.key,
        title_da=wanted.title.da,
        title_en=wanted.title.en,
        unit=unit,
        host=host,
        starts_at=wanted.starts_at,
        ends_at=wanted.starts_at + wanted.type.length(""),
        way=wanted.way,
        place=wanted.room.place if wanted.room else None,
        room=wanted.room,
        video=wanted.video,
        seats=wanted.seats,
        enrol_until=wanted.enrol_until,
        arranged_by=host,
        arranged_at=at,
    )
    try:
        return in_turn(partial(_held, group))
    except Taken as error:
        raise SomebodyBusy(_busy_of(group)) from error


def _check(wanted: ForMany, unit: Unit, at: datetime) -> None:
    if wanted.starts_at <= at:
        raise CannotArrange(_("Choose a time that has not come yet."), "day")
    if not at < wanted.enrol_until <= wanted.starts_at:
        raise CannotArrange(
            _("The last day to join is before the meeting, and not over."), "last_day"
        )
    if wanted.way not in wanted.type.ways:
        raise CannotArrange(_("The meeting cannot be held that way. Choose another way."), "type")
    _check_crisis(wanted, unit)
    if wanted.room is not None and wanted.seats > wanted.room.seats:
        fewer = _("There are %(seats)s seats in %(room)s. Choose fewer, or another room.")
        raise CannotArrange(fewer % {"seats": wanted.room.seats, "room": wanted.room.name}, "seats")


def _check_crisis(wanted: ForMany, unit: Unit) -> None:
    """While a crisis runs nobody new is met in person."""
    ends_at = wanted.starts_at + wanted.type.length("")
    crises = Crisis.objects.running().of_unit(unit.pk).over(wanted.starts_at, ends_at)
    if wanted.way in IN_PERSON and crises.exists():
        raise CannotArrange(
            _("We meet nobody in person on that day. Choose video, or another day."), "day"
        )


def _held(group: GroupMeeting) -> GroupMeeting:
    group.save(force_insert=True)
    take(_stretches(group), tenant_id=group.tenant_id, group=group)
    return group


def _stretches(group: GroupMeeting) -> list[Stretch]:
    staffed = group.ends_at + type_of(group.type).buffer
    stretches = [Stretch(Holding.STAFF, group.host_id, group.starts_at, staffed)]
    if group.room_id is not None:
        stretches.append(Stretch(Holding.ROOM, group.room_id, group.starts_at, group.ends_at))
    return stretches


def _busy_of(group: GroupMeeting) -> list[str]:
    """Name the host, the room or both, whichever is taken."""
    names = {group.host_id: group.host.name}
    if group.room is not None:
        names[group.room.pk] = group.room.name
    return [names[each.resource] for each in _stretches(group) if is_busy(each)]


@transaction.atomic
def call_off_group(*, group: GroupMeeting, at: datetime) -> None:
    """Call a meeting for many off (aflyse); all who are enrolled are told by a job. Twice is once.

    Raises:
        TooLate: it has begun.
    """
    lock([group.pk])
    now = GroupMeeting.objects.get(pk=group.pk)
    if now.cancelled_at is not None:
        return
    if at >= now.starts_at:
        raise TooLate
    now.cancelled_at = at
    now.save(update_fields=["cancelled_at"])
    let_go(Hold.objects.in_force().filter(group=now), at=at)  # the job frees whom one may not see
    ask_to_look_after(now)


@transaction.atomic
def note_attendance(
    *, group: GroupMeeting, came: Collection[UUID], by: User, at: datetime
) -> list[GroupAttendance]:
    """Note who of those with a seat came (fremmøde); the journal tells of a meeting for many.

    It never counts as an interview. What was noted before stands. Only those whom one may see are
    noted; somebody else notes the others.

    Args:
        group: the meeting.
        came: the keys of the enrolments of those who came.
        by: who notes it.
        at: when.

    Raises:
        NotBegun: it has not begun.
    """
    if at < group.starts_at:
        raise NotBegun
    open_ones = Enrolment.objects.filter(group=group, ended_at=None, attendance=None)
    noted = []
    for enrolment in open_ones.select_related("citizen").order_by("citizen_id"):
        one_at_a_time(enrolment.citizen_id)
        if has_seat(enrolment) or enrolment.pk in came:
            noted.append(_noted(enrolment, enrolment.pk in came, by, at))
    return noted


def _noted(enrolment: Enrolment, came: bool, by: User, at: datetime) -> GroupAttendance:
    on = timezone.localdate(enrolment.group.starts_at)
    told = Entry.objects.standing().of_kind(Kind.GROUP_MEETING)
    entry = None
    if came and not told.filter(citizen=enrolment.citizen, on=on).exists():
        entry = record(  # once a day: the law's reckoning takes no event twice
            citizen=enrolment.citizen,
            kind=Kind.GROUP_MEETING,
            on=on,
            actor=Actor.MUNICIPALITY,
            by=by,
            at=at,
        )
    attendance, _made = GroupAttendance.objects.get_or_create(
        enrolment=enrolment,
        defaults={
            "tenant_id": enrolment.tenant_id,
            "citizen": enrolment.citizen,
            "came": came,
            "entry": entry,
            "said_by": by,
            "said_at": at,
        },
    )
    return attendance
