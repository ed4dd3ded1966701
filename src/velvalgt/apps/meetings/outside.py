"""Calendars outside (ekstern kalender): busy times there keep staff from being booked here."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.meetings.busy import Access, Busy, CannotRead, Source
from velvalgt.apps.meetings.busy.caldav import CalDav
from velvalgt.apps.meetings.busy.door import check, named_hosts
from velvalgt.apps.meetings.busy.ics import Ics
from velvalgt.apps.meetings.choices import CalendarKind, Holding, Trouble
from velvalgt.apps.meetings.gathering import LONGEST
from velvalgt.apps.meetings.holding import Stretch, in_turn, let_go, lock, take
from velvalgt.apps.meetings.models import CalendarReading, Hold, OutsideCalendar
from velvalgt.apps.meetings.openings import NONE, Minutes, merged, minute, moment, without
from velvalgt.apps.people.guarded import CannotOpen, seal, unseal
from velvalgt.apps.staff.models import User

AHEAD = timedelta(weeks=12)
"""How far ahead busy times are kept; a starting value, longer than any type's notice."""

SOURCES: Mapping[CalendarKind, Source] = {CalendarKind.ICS: Ics, CalendarKind.CALDAV: CalDav}
"""How each kind of calendar is read; another kind, such as Exchange, is one line more."""

ALMOST_A_MINUTE = timedelta(seconds=59, microseconds=999_999)
PLACE = {"table": "meetings_outsidecalendar", "column": "access_sealed"}


class NotReadFrom(Exception):
    """A calendar's address that we do not read from; the message says which we do."""

    def __init__(self) -> None:
        hosts = ", ".join(named_hosts())
        super().__init__(
            _("We read calendars only by https, and only from: %(hosts)s.") % {"hosts": hosts}
        )


@transaction.atomic
def add_calendar(*, kind: CalendarKind, access: Access, by: User, at: datetime) -> OutsideCalendar:
    """Have one's own calendar outside read from now on; the one before is removed.

    Args:
        kind: how it is read.
        access: where it lies, and what lets us in; sealed at once.
        by: whose calendar it is.
        at: when.

    Raises:
        NotReadFrom: it lies at a host that the installation does not name.
    """
    try:
        check(access.address)
    except CannotRead as error:
        raise NotReadFrom from error
    remove_calendar(by=by, at=at)
    key = new_id()
    calendar = OutsideCalendar.objects.create(
        id=key,
        tenant_id=by.tenant_id,
        user=by,
        kind=kind,
        access_sealed=seal(json.dumps(asdict(access)), pk=key, **PLACE),
        added_at=at,
    )
    with connection.cursor() as cursor:
        cursor.execute("select meetings_ask_for_reading(%s)", [calendar.pk])
    return calendar


@transaction.atomic
def remove_calendar(*, by: User, at: datetime) -> None:
    """Have one's own calendar read no more; what it kept busy is free at once."""
    lock([by.pk])
    standing = OutsideCalendar.objects.filter(user=by, removed_at__isnull=True)
    let_go(Hold.objects.in_force().filter(calendar__in=list(standing)), at=at)
    standing.update(removed_at=at)


def calendar_of(user: User) -> OutsideCalendar | None:
    """Find somebody's calendar outside, with how its last reading went."""
    standing = OutsideCalendar.objects.filter(user=user, removed_at__isnull=True)
    return standing.select_related("reading").first()


def standing_calendars() -> list[UUID]:
    """Name the calendars that are to be read."""
    standing = OutsideCalendar.objects.filter(removed_at__isnull=True)
    return list(standing.order_by("pk").values_list("pk", flat=True))


def busy_of(calendar: OutsideCalendar, at: datetime) -> list[Busy]:
    """Ask a calendar outside when its owner is busy in the weeks ahead.

    Raises:
        CannotRead: it cannot be read now, or the key that sealed its address is gone.
    """
    try:
        text = unseal(bytes(calendar.access_sealed), pk=calendar.pk, **PLACE)
    except CannotOpen as error:
        raise CannotRead(Trouble.LOCKED) from error
    source = SOURCES[CalendarKind(calendar.kind)](Access(**json.loads(text)))
    return source.busy(*_window(at))


def _window(at: datetime) -> tuple[datetime, datetime]:
    """Give the stretch in which busy times matter: whole days, so that the hour changes nothing."""
    begins = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return begins, begins + AHEAD


def keep_busy(*, calendar: OutsideCalendar, busy: Sequence[Busy], at: datetime) -> None:
    """Keep somebody from being booked while their own calendar says that they are busy.

    What has not changed since the last reading stays as it is. Time of meetings that are booked
    already stays theirs; how many there are is told to whoever owns the calendar.

    Raises:
        Taken: somebody else was first, three times; the next reading mends it.
    """
    in_turn(partial(_keep, calendar, busy, at))


def note_trouble(*, calendar: OutsideCalendar, trouble: Trouble, at: datetime) -> None:
    """Note that a calendar could not be read; what was last known of it still holds."""
    CalendarReading.objects.update_or_create(
        calendar=calendar,
        defaults={"tenant_id": calendar.tenant_id, "read_at": at, "trouble": trouble.value},
    )


def _keep(calendar: OutsideCalendar, busy: Sequence[Busy], at: datetime) -> None:
    lock([calendar.user_id])
    if not OutsideCalendar.objects.filter(pk=calendar.pk, removed_at__isnull=True).exists():
        return  # removed while it was read
    begins, ends = _window(at)
    held = Hold.objects.in_force().filter(
        resource=calendar.user_id, starts_at__lt=ends, ends_at__gt=begins
    )
    ours, others = held.filter(calendar=calendar), list(held.exclude(calendar=calendar))
    told = _minutes(busy)
    wanted = set(_in_pieces(without(told, _minutes(others))))
    standing = {_period(hold): hold.pk for hold in ours}
    let_go(Hold.objects.filter(pk__in=[standing[each] for each in standing.keys() - wanted]), at=at)
    stretches = [
        Stretch(Holding.STAFF, calendar.user_id, moment(first), moment(last))
        for first, last in sorted(wanted - standing.keys())
    ]
    take(stretches, tenant_id=calendar.tenant_id, calendar=calendar)
    _note(calendar, _collisions(told, others), at)


def _note(calendar: OutsideCalendar, collisions: int, at: datetime) -> None:
    CalendarReading.objects.update_or_create(
        calendar=calendar,
        defaults={
            "tenant_id": calendar.tenant_id,
            "read_at": at,
            "succeeded_at": at,
            "trouble": "",
            "collisions": collisions,
        },
    )


def _collisions(told: Minutes, others: Sequence[Hold]) -> int:
    """How many of somebody's meetings lie where their own calendar says that they are busy."""
    return sum(
        bool(((told[:, 0] < last) & (told[:, 1] > first)).any())
        for first, last in (_period(hold) for hold in others)
    )


def _minutes(stretches: Sequence[Busy] | Sequence[Hold]) -> Minutes:
    if not stretches:
        return NONE
    return merged(np.array([_period(each) for each in stretches], dtype=np.int64))


def _period(stretch: Busy | Hold) -> tuple[int, int]:
    """Whole minutes, none of them left out."""
    return minute(stretch.starts_at), minute(stretch.ends_at + ALMOST_A_MINUTE)


def _in_pieces(periods: Minutes) -> list[tuple[int, int]]:
    """Split what is longer than a hold may be."""
    longest = LONGEST // timedelta(minutes=1)
    return [
        (start, min(start + longest, int(last)))
        for first, last in periods
        for start in range(int(first), int(last), longest)
    ]
