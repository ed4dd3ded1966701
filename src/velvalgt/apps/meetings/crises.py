"""The crisis switch (krisetilstand): meetings in person are held from afar for a time, and back.

A manager writes that it is so; a job turns the meetings, each in a transaction of its own, so
that one that is killed goes on where it was. A meeting that the law wants in person stays as it
is, for a person to decide.
"""

from dataclasses import replace
from datetime import date, datetime
from functools import partial
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings.booking import Hand, move, replaced, stretches_of
from velvalgt.apps.meetings.choices import Change, CrisisReason, Way
from velvalgt.apps.meetings.holding import Taken, in_turn, let_go, lock, take
from velvalgt.apps.meetings.models import Crisis, CrisisEnd, Hold, Meeting
from velvalgt.apps.meetings.moving import as_it_is
from velvalgt.apps.meetings.permitting import permitted_ways
from velvalgt.apps.meetings.refusals import CannotBook
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.staff.models import Unit, User


@transaction.atomic
def switch_to_afar(  # noqa: PLR0913 - what a crisis is
    *,
    tenant_id: UUID,
    unit: Unit | None,
    starts_at: datetime,
    ends_at: datetime,
    way: Way,
    why: CrisisReason,
    by: User,
    at: datetime,
) -> Crisis:
    """Hold the meetings of a window from afar (krisetilstand); a second click changes nothing.

    Args:
        tenant_id: whose.
        unit: whose meetings; None for the whole house.
        starts_at: the first moment.
        ends_at: the moment after the last.
        way: by phone or video.
        why: what citizens are told.
        by: the manager.
        at: when.
    """
    lock([tenant_id])
    same = Crisis.objects.running().filter(unit=unit, starts_at=starts_at, ends_at=ends_at, way=way)
    if (known := same.first()) is not None:
        return known
    crisis = Crisis.objects.create(
        tenant_id=tenant_id,
        unit=unit,
        starts_at=starts_at,
        ends_at=ends_at,
        way=way,
        why=why,
        switched_by=by,
        switched_at=at,
    )
    _ask(crisis)
    return crisis


def end_crisis(*, crisis: Crisis, by: User, at: datetime) -> CrisisEnd:
    """Meet in person again (krisen er forbi); twice is once."""
    try:
        with transaction.atomic():
            end = CrisisEnd.objects.create(
                crisis=crisis, tenant_id=crisis.tenant_id, ended_by=by, ended_at=at
            )
            _ask(crisis)
    except IntegrityError:
        return CrisisEnd.objects.get(crisis=crisis)
    return end


def _ask(crisis: Crisis) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select meetings_ask_for_crisis(%s)", [crisis.pk])


def meetings_to_change(crisis: Crisis, at: datetime) -> list[tuple[UUID, UUID]]:
    """Give the meetings that a crisis, or its end, may change, each with its citizen, by keys.

    What is past is past. The end of one crisis brings back what any ended one turned: where two
    lay over each other, the first to end left it to the other.
    """
    if hasattr(crisis, "end"):
        turned = Meeting.objects.standing().filter(change=Change.CRISIS)
        found = turned.filter(crisis__end__isnull=False)
    else:
        found = Meeting.objects.in_person_during(crisis)
    ahead = found.filter(starts_at__gt=at).order_by("starts_at", "pk")
    return list(ahead.values_list("pk", "citizen_id"))


def change_for_crisis(*, crisis: Crisis, meeting_id: UUID, on: date, at: datetime) -> bool:
    """Hold one meeting from afar, or in person again once the crisis is over.

    Args:
        crisis: which.
        meeting_id: a version of a meeting; one that was changed meanwhile is left alone. It is the
            turn of its citizen.
        on: the day that the law is read on.
        at: now.

    Returns:
        Whether it was changed: not where the law wants it in person, or the room is taken.
    """
    known = Meeting.objects.standing().select_related("citizen")
    meeting = known.filter(pk=meeting_id).first()
    if meeting is None:
        return False
    permitted = permitted_ways(type_of(meeting.type), duties_of(meeting.citizen, on))
    if CrisisEnd.objects.filter(crisis=crisis).exists():
        return _back(meeting, crisis, permitted, at)
    return _afar(meeting, crisis, permitted, at)


def _afar(meeting: Meeting, crisis: Crisis, permitted: frozenset[Way], at: datetime) -> bool:
    if crisis.way not in permitted:
        return False
    draft = replaced(meeting, Change.CRISIS, crisis=crisis)
    draft.way, draft.room_id, draft.second_id = crisis.way, None, None
    draft.booked_by_id, draft.booked_at = crisis.switched_by_id, at
    try:
        in_turn(partial(_write, meeting, draft, at))
    except Taken:
        return False
    _tell(draft, crisis, at)
    return True


def _write(old: Meeting, draft: Meeting, at: datetime) -> None:
    let_go(Hold.objects.in_force().filter(meeting=old), at=at)
    draft.save(force_insert=True)
    take(stretches_of(draft), tenant_id=draft.tenant_id, meeting=draft)


def _tell(meeting: Meeting, crisis: Crisis, at: datetime) -> None:
    """Tell the citizen in their own language how they meet now, and why."""
    with override(language_of(meeting.citizen)):
        by_phone = _("Your meeting on %(when)s is by phone. We call you. %(why)s")
        by_video = _("Your meeting on %(when)s is by video. %(why)s")
        when = date_format(timezone.localtime(meeting.starts_at), "SHORT_DATETIME_FORMAT")
        told = by_phone if meeting.way == Way.PHONE else by_video
        title = told % {"when": when, "why": crisis.reason}
        tell(
            citizen=meeting.citizen,
            occasion=Occasion.INTERVIEW,
            title=title,
            by=crisis.switched_by,
            at=at,
        )


def _back(meeting: Meeting, crisis: Crisis, permitted: frozenset[Way], at: datetime) -> bool:
    """Meet in person again, as it was before; where no room is free it stays from afar."""
    has_ended = CrisisEnd.objects.filter(crisis=meeting.crisis_id).exists()
    if meeting.change != Change.CRISIS or not has_ended or meeting.replaces is None:
        return False
    before = meeting.replaces
    wanted = replace(as_it_is(meeting), way=Way(before.way))
    ender = CrisisEnd.objects.select_related("ended_by").get(crisis=crisis).ended_by
    try:
        with transaction.atomic():
            move(
                meeting=meeting,
                wanted=wanted,
                starts_at=meeting.starts_at,
                permitted=permitted,
                hand=Hand(ender, at, is_staff=True),
                change=Change.CRISIS_OVER,
            )
    except CannotBook:
        return False
    return True
