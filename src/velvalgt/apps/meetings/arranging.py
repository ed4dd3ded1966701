"""Arranging when and where people can be met: places, rooms, interpreters, hours, absence."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.meetings.choices import Opening, Way
from velvalgt.apps.meetings.models import Interpreter, Place, Room, SpecialHours, WeeklyHours
from velvalgt.apps.meetings.openings import BadRecurrence, check_recurrence
from velvalgt.apps.staff.models import Tenant, Unit, User


class CannotArrange(Exception):
    """Hours that cannot be as they are written; the message says why."""


@dataclass(frozen=True, slots=True)
class Week:
    """Hours that come back (træffetid): on which days, from when to when, where, in which ways."""

    recurrence: str
    opens: time
    closes: time
    starts_on: date
    place: Place | None = None
    ways: tuple[Way, ...] = field(default_factory=tuple)


def keep_place(*, tenant: Tenant, code: str, name: str, address: str) -> Place:
    """Keep an address where meetings are held (lokation), by its code."""
    place, _made = Place.objects.update_or_create(
        tenant_id=tenant.pk, code=code, defaults={"name": name, "address": address}
    )
    return place


def keep_room(
    *, place: Place, code: str, name: str, seats: int, has_alarm: bool, has_video: bool
) -> Room:
    """Keep a room of a place (lokale), by its code."""
    room, _made = Room.objects.update_or_create(
        tenant_id=place.tenant_id,
        code=code,
        defaults={
            "place": place,
            "name": name,
            "seats": seats,
            "has_alarm": has_alarm,
            "has_video": has_video,
        },
    )
    return room


def keep_interpreter(
    *, tenant: Tenant, code: str, name: str, languages: tuple[str, ...]
) -> Interpreter:
    """Keep somebody who interprets by profession (tolk), by their code."""
    interpreter, _made = Interpreter.objects.update_or_create(
        tenant_id=tenant.pk, code=code, defaults={"name": name, "languages": list(languages)}
    )
    return interpreter


@transaction.atomic
def give_hours(
    *,
    tenant_id: UUID,
    resource: UUID,
    unit: Unit | None,
    week: Week,
    by: User | None,
    at: datetime,
) -> WeeklyHours:
    """Write when somebody is to be had, week by week (træffetid).

    Args:
        tenant_id: whose.
        resource: the key of a user or an interpreter.
        unit: for which unit's citizens; None for an interpreter.
        week: the hours.
        by: who writes; None for a file.
        at: when.

    Raises:
        CannotArrange: they close before they open, or the recurrence is not one of whole days.
    """
    if week.closes <= week.opens:
        raise CannotArrange(_("Choose a time to close that is after the time to open."))
    try:
        check_recurrence(week.recurrence)
    except BadRecurrence as error:
        raise CannotArrange(_("Choose at least one day of the week.")) from error
    return WeeklyHours.objects.create(
        tenant_id=tenant_id,
        resource=resource,
        unit=unit,
        recurrence=week.recurrence,
        starts_on=week.starts_on,
        opens=week.opens,
        closes=week.closes,
        place=week.place,
        ways=[way.value for way in week.ways],
        written_by=by,
        written_at=at,
    )


@transaction.atomic
def be_away(
    *,
    tenant_id: UUID,
    resource: UUID,
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    at: datetime,
) -> SpecialHours:
    """Write that somebody is away, or a room is shut (fravær); why is nobody's business here.

    Raises:
        CannotArrange: it ends before it begins.
    """
    if ends_at <= starts_at:
        raise CannotArrange(_("Choose an end that is after the beginning."))
    return SpecialHours.objects.create(
        tenant_id=tenant_id,
        resource=resource,
        opening=Opening.CLOSED,
        starts_at=starts_at,
        ends_at=ends_at,
        written_by=by,
        written_at=at,
    )
