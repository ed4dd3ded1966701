"""Enrolling in a meeting for many (tilmelding): a seat, or a place in line; leaving again."""

from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import connection, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.services import give_receipt, one_at_a_time
from velvalgt.apps.meetings.booking import Hand
from velvalgt.apps.meetings.choices import Holding
from velvalgt.apps.meetings.holding import Stretch, Taken, in_turn, is_busy, let_go, lock, take
from velvalgt.apps.meetings.models import Enrolment, GroupMeeting, Hold
from velvalgt.apps.meetings.refusals import (
    BusyThen,
    NobodyThere,
    NotAgreedAnyMore,
    NotYours,
    TooLate,
    TooLateToEnrol,
)
from velvalgt.apps.meetings.seats import has_seat, title_of
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.people.models import Citizen


@transaction.atomic
def enrol(*, citizen: Citizen, group: GroupMeeting, hand: Hand) -> Enrolment:
    """Enrol a citizen in a meeting for many (tilmelding); beyond the seats one waits in line.

    Whoever has a seat is kept from being booked elsewhere; whoever waits is not. A second click
    gives the enrolment of the first.

    Raises:
        NotAgreedAnyMore: the meeting is called off.
        TooLateToEnrol: enrolment has ended; staff may enrol until it begins.
        NobodyThere: the citizen has no open case.
        BusyThen: the citizen has another meeting at that time.
        NotYours: it is nobody's hand: a signed link enrols nobody.
    """
    one_at_a_time(citizen.pk)
    standing = Enrolment.objects.filter(citizen=citizen, group=group, ended_at=None)
    if (enrolled := standing.first()) is not None:
        return enrolled
    if hand.by is None:
        raise NotYours
    lock([group.pk])
    now = GroupMeeting.objects.get(pk=group.pk)
    _may_enrol(citizen, now, hand)
    enrolment = Enrolment.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        group=now,
        enrolled_by=hand.by,
        enrolled_at=hand.at,
    )
    seated = has_seat(enrolment)
    if seated:
        give_seat(enrolment)
    words = _("You take part") if seated else _("You wait for a seat")
    announce(enrolment, hand, words)
    return enrolment


def _may_enrol(citizen: Citizen, group: GroupMeeting, hand: Hand) -> None:
    if group.cancelled_at is not None:
        raise NotAgreedAnyMore
    if hand.at >= (group.starts_at if hand.is_staff else group.enrol_until):
        raise TooLateToEnrol
    if open_case_of(citizen) is None:
        raise NobodyThere
    if is_busy(_seat_of(citizen.pk, group)):
        raise BusyThen


def _seat_of(citizen_id: UUID, group: GroupMeeting) -> Stretch:
    return Stretch(Holding.CITIZEN, citizen_id, group.starts_at, group.ends_at)


def give_seat(enrolment: Enrolment) -> None:
    """Keep a citizen from being booked elsewhere while the meeting lasts.

    Raises:
        BusyThen: they are booked already.
    """
    stretch = _seat_of(enrolment.citizen_id, enrolment.group)
    try:
        in_turn(partial(take, [stretch], tenant_id=enrolment.tenant_id, group=enrolment.group))
    except Taken as error:
        raise BusyThen from error


@transaction.atomic
def leave_group(*, citizen: Citizen, group: GroupMeeting, hand: Hand) -> Enrolment | None:
    """Leave a meeting for many (framelding); the first in line gets the seat and is told.

    Returns:
        What ended; None where the citizen was not enrolled, as after a second click.

    Raises:
        TooLate: the meeting has begun.
    """
    one_at_a_time(citizen.pk)
    standing = Enrolment.objects.filter(citizen=citizen, group=group, ended_at=None)
    enrolment = standing.select_related("group", "citizen").first()
    if enrolment is None:
        return None
    if hand.at >= group.starts_at:
        raise TooLate
    lock([group.pk])
    end_enrolment(enrolment, at=hand.at)
    announce(enrolment, hand, _("You do not take part any more"))
    ask_to_look_after(group)
    return enrolment


def end_enrolment(enrolment: Enrolment, *, at: datetime) -> None:
    """End an enrolment, and with it the hold on the citizen's time."""
    enrolment.ended_at = at
    enrolment.save(update_fields=["ended_at"])
    held = Hold.objects.in_force().filter(group=enrolment.group, kind=Holding.CITIZEN)
    let_go(held.filter(resource=enrolment.citizen_id), at=at)


def announce(enrolment: Enrolment, hand: Hand, words: Promise) -> None:
    """Give the citizen who acts a receipt; tell the citizen of what others did."""
    citizen, title = enrolment.citizen, title_of(enrolment.group)
    if hand.is_staff or hand.by is None:
        with override(language_of(citizen)):
            tell(
                citizen=citizen,
                occasion=Occasion.INTERVIEW,
                title=f"{words}: {title}",
                by=hand.by,
                at=hand.at,
            )
        return
    give_receipt(
        citizen=citizen, deed=Deed.MEETING, by=hand.by, at=hand.at, title=f"{words}: {title}"
    )


def ask_to_look_after(group: GroupMeeting) -> None:
    """Have those of a meeting told how it stands, by a job of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings_ask_for_group(%s)", [group.pk])
