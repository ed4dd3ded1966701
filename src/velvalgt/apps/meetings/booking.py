"""Booking a meeting (booke), moving it, holding it in another way, calling it off."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.services import give_receipt, one_at_a_time
from velvalgt.apps.meetings.choices import (
    IN_PERSON,
    Change,
    Holding,
    TextSet,
    Way,
    WhyCancelled,
)
from velvalgt.apps.meetings.finding import Chosen, Slot, free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.holding import Stretch, Taken, held_by, in_turn, lock, release, take
from velvalgt.apps.meetings.models import Cancellation, Crisis, Invitation, Meeting, MeetingQuerySet
from velvalgt.apps.meetings.parties import colleagues_of, seat
from velvalgt.apps.meetings.refusals import (
    NobodyInPerson,
    NotAgreedAnyMore,
    NotThatWay,
    NotYours,
    TimeTaken,
    TooFarAhead,
    TooLate,
    TooSoon,
)
from velvalgt.apps.meetings.stepping import follow_booking, follow_cancelling, open_invitation_for
from velvalgt.apps.meetings.summoning import (
    refuse_too_soon,
    refuse_who_is_not_asked,
    write_summons,
)
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

_CHANGED = {Change.CRISIS_OVER: _("We meet in person again")}
"""What a change is called where it is more than a change."""

AROUND = timedelta(days=14)
"""How far before and after a time that was taken the nearest ones are looked for."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed besides the time: in which words it was asked for, and what it comes from."""

    text_set: TextSet = TextSet.BOOKED
    invitation: Invitation | None = None
    is_citizens_wish: bool = False


@dataclass(frozen=True, slots=True)
class Hand:
    """Who books: the citizen, somebody for them, or the staff; when; None by a signed link."""

    by: User | None
    at: datetime
    is_staff: bool


@transaction.atomic
def book(
    *,
    citizen: Citizen,
    wanted: Wanted,
    starts_at: datetime,
    permitted: frozenset[Way],
    hand: Hand,
    agreed: Agreed | None = None,
) -> Meeting:
    """Book a meeting (booke samtale). A second click gives the meeting of the first.

    Args:
        citizen: with whom.
        wanted: which meeting, in which way, with whom of the staff.
        starts_at: when.
        permitted: the ways that the law allows now, as `queries.permitted_ways` gives them.
        hand: who books, and when.
        agreed: what it comes from.

    Raises:
        TimeTaken: somebody else was first; it carries the nearest times.
        TooSoon, TooFarAhead: the time does not keep the type's notice.
        NotThatWay: neither the law nor the type allows that way.
        NotYours: the citizen does not book meetings of this type.
    """
    one_at_a_time(citizen.pk)
    same = _standing(citizen).filter(type=wanted.type.key, starts_at=starts_at, way=wanted.way)
    if (booked := same.first()) is not None:
        return booked
    _check(wanted, starts_at, permitted, hand)
    _check_crisis(wanted, starts_at)
    terms = _answering(agreed or Agreed(), citizen, wanted)
    draft = Meeting(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        type=wanted.type.key,
        text_set=terms.text_set,
        invitation=terms.invitation,
        is_citizens_wish=terms.is_citizens_wish or not hand.is_staff,
    )
    meeting = _hold(draft, wanted, starts_at, hand)
    follow_booking(meeting, by=hand.by, at=hand.at)
    _announce(meeting, hand, _("A meeting is booked"))
    return meeting


@transaction.atomic
def move(
    *,
    meeting: Meeting,
    wanted: Wanted,
    starts_at: datetime,
    permitted: frozenset[Way],
    hand: Hand,
    change: Change = Change.MOVED,
) -> Meeting:
    """Move a meeting (flytte), or hold it in another way; the new version replaces the old.

    Whom the staff summoned is summoned anew, by the same rules and with a letter of its own. A
    video meeting that fails becomes a call at any moment before its end.

    Raises:
        NotAsked, SummonsTooSoon: it is a summons, and nobody is summoned to the new time.
        NotAgreedAnyMore: it was changed or called off meanwhile.
        TooLate: it begins too soon to be changed by the citizen.
        TimeTaken, TooSoon, TooFarAhead, NotThatWay, NotYours: as `book`.
    """
    one_at_a_time(meeting.citizen_id)
    old = _as_it_stands(meeting)
    wanted = replace(wanted, also=colleagues_of(old))
    if _is_as_wanted(old, wanted, starts_at):
        return old
    if not _is_call_for_video(old, wanted, starts_at, hand):
        _may_change(old, hand)
    if old.starts_at != starts_at or wanted.way not in permitted:
        _check(wanted, starts_at, permitted, hand)
    _check_crisis(wanted, starts_at)
    is_summons = hand.is_staff and change == Change.MOVED and old.text_set == TextSet.SUMMONS
    if is_summons and old.starts_at != starts_at:
        _check_summons(old, starts_at, hand)
    moved = _hold(replaced(old, change), wanted, starts_at, hand, old=old)
    if is_summons:
        write_summons(moved, by=hand.by, at=hand.at, is_anew=True)
    else:
        _announce(moved, hand, _CHANGED.get(change, _("A meeting is changed")))
    return moved


@transaction.atomic
def cancel(*, meeting: Meeting, why: WhyCancelled, hand: Hand) -> Cancellation:
    """Call a meeting off (aflyse); its time is free for others at once. Twice is once.

    Raises:
        NotAgreedAnyMore: a later version replaced it.
        TooLate: it begins too soon to be called off by the citizen, who is not ill; or it is over.
    """
    one_at_a_time(meeting.citizen_id)
    if (before := Cancellation.objects.filter(meeting__uid=meeting.uid).first()) is not None:
        return before
    old = _as_it_stands(meeting)
    if why != WhyCancelled.ILL:
        _may_change(old, hand)
    elif old.ends_at <= hand.at:
        raise TooLate
    release(old, at=hand.at)
    follow_cancelling(old, why, by=hand.by, at=hand.at)
    cancellation = Cancellation.objects.create(
        tenant_id=old.tenant_id,
        citizen=old.citizen,
        meeting=old,
        why=why,
        cancelled_by=hand.by,
        cancelled_at=hand.at,
    )
    _announce(old, hand, _("A meeting is called off"))
    return cancellation


def replaced(old: Meeting, change: Change, *, crisis: Crisis | None = None) -> Meeting:
    """Give the next version of a meeting, not yet saved, as the old one stands."""
    names = (
        "tenant_id", "citizen_id", "uid", "type", "starts_at", "ends_at", "way", "unit_id",
        "caseworker_id", "second_id", "place_id", "room_id", "interpreter_id", "language",
        "has_companion", "text_set", "invitation_id", "is_citizens_wish",
    )  # fmt: skip
    kept = {name: getattr(old, name) for name in names}
    return Meeting(**kept, sequence=old.sequence + 1, replaces=old, change=change, crisis=crisis)


def _answering(agreed: Agreed, citizen: Citizen, wanted: Wanted) -> Agreed:
    """The terms of a booking: it answers the invitation to its type that waits, if there is one."""
    waiting = open_invitation_for(citizen, wanted.type.key) if not agreed.invitation else None
    return replace(agreed, invitation=waiting, text_set=TextSet.INVITATION) if waiting else agreed


def _check(wanted: Wanted, starts_at: datetime, permitted: frozenset[Way], hand: Hand) -> None:
    if wanted.way not in wanted.type.ways or wanted.way not in permitted:
        raise NotThatWay
    if starts_at > hand.at + timedelta(days=wanted.type.longest_notice_days):
        raise TooFarAhead
    if hand.is_staff:
        if starts_at <= hand.at:
            raise TooSoon
        return
    if "citizen" not in wanted.type.booked_by:
        raise NotYours
    if starts_at < hand.at + timedelta(hours=wanted.type.shortest_notice_hours):
        raise TooSoon


def _check_crisis(wanted: Wanted, starts_at: datetime) -> None:
    """While a crisis runs nobody new is met in person."""
    crises = Crisis.objects.running().of_unit(wanted.unit_id)
    is_there = wanted.way in IN_PERSON
    if is_there and crises.over(starts_at, starts_at + wanted.length).exists():
        raise NobodyInPerson


def may_be_changed(meeting: Meeting, at: datetime) -> bool:
    """Whether the citizen can still change a meeting: its type says until how long before."""
    notice = timedelta(hours=type_of(meeting.type).change_until_hours)
    return meeting.starts_at > at and meeting.starts_at >= at + notice


def _may_change(meeting: Meeting, hand: Hand) -> None:
    in_time = meeting.starts_at > hand.at if hand.is_staff else may_be_changed(meeting, hand.at)
    if not in_time:
        raise TooLate


def _is_call_for_video(old: Meeting, wanted: Wanted, starts_at: datetime, hand: Hand) -> bool:
    """Whether a video meeting becomes a call, which may be needed while it runs."""
    is_call = (old.way, wanted.way) == (Way.VIDEO, Way.PHONE)
    return is_call and old.starts_at == starts_at and hand.at < old.ends_at


def _check_summons(old: Meeting, starts_at: datetime, hand: Hand) -> None:
    rule_id = old.invitation.rule_id if old.invitation else ""
    refuse_who_is_not_asked(old.citizen, rule_id, starts_at, hand.at)
    refuse_too_soon(starts_at, hand.at)


def _is_as_wanted(old: Meeting, wanted: Wanted, starts_at: datetime) -> bool:
    """Whether a second click asks for what was changed by the first."""
    agreed = (old.starts_at, old.way, old.language, old.has_companion)
    asked = (starts_at, wanted.way, wanted.language, wanted.has_companion)
    return agreed == asked and wanted.caseworker_id in {None, old.caseworker_id}


def _as_it_stands(meeting: Meeting) -> Meeting:
    """The version that is agreed now, which must be the one that was looked at."""
    found = _standing(meeting.citizen).filter(pk=meeting.pk).first()
    if found is None:
        raise NotAgreedAnyMore
    return found


def _standing(citizen: Citizen) -> MeetingQuerySet:
    return Meeting.objects.standing().filter(citizen=citizen).select_related("citizen")


def _hold(
    draft: Meeting, wanted: Wanted, starts_at: datetime, hand: Hand, old: Meeting | None = None
) -> Meeting:
    """Hold everybody and everything for a meeting, in the first way that nobody else holds."""
    besides = old.pk if old else None
    ends_at = starts_at + wanted.length
    times = free_times(
        citizen=draft.citizen, wanted=wanted, begins=starts_at, ends=ends_at, besides=besides
    )
    for chosen in times.ways_to_hold(starts_at):
        try:
            return in_turn(partial(_write, draft, wanted, chosen, starts_at, hand, old))
        except Taken:
            continue
    raise TimeTaken(nearest(draft.citizen, wanted, starts_at, hand, besides=besides))


def _write(
    draft: Meeting,
    wanted: Wanted,
    chosen: Chosen,
    starts_at: datetime,
    hand: Hand,
    old: Meeting | None,
) -> Meeting:
    for name in ("caseworker_id", "second_id", "place_id", "room_id", "interpreter_id"):
        setattr(draft, name, getattr(chosen, name))
    draft.way, draft.unit_id = wanted.way, wanted.unit_id
    draft.language, draft.has_companion = wanted.language, wanted.has_companion
    draft.starts_at, draft.ends_at = starts_at, starts_at + wanted.length
    draft.booked_by, draft.booked_at = hand.by, hand.at
    if old is None:
        seat(draft, wanted.also, by=hand.by, at=hand.at)
    stretches = stretches_of(draft)
    lock([each.resource for each in stretches] + (held_by(old) if old else []))
    if old is not None:
        release(old, at=hand.at)
    draft.save(force_insert=True)
    take(stretches, tenant_id=draft.tenant_id, meeting=draft)
    return draft


def stretches_of(meeting: Meeting) -> list[Stretch]:
    """Give whom and what a meeting keeps busy; the staff for the time after it, too."""
    begins, ends = meeting.starts_at, meeting.ends_at
    staffed = ends + type_of(meeting.type).buffer
    wanted = (
        (Holding.CITIZEN, meeting.citizen_id, ends),
        (Holding.STAFF, meeting.caseworker_id, staffed),
        (Holding.STAFF, meeting.second_id, staffed),
        (Holding.ROOM, meeting.room_id, ends),
        (Holding.INTERPRETER, meeting.interpreter_id, ends),
        *((Holding.STAFF, key, staffed) for key in sorted(colleagues_of(meeting), key=str)),
    )
    return [Stretch(kind, key, begins, until) for kind, key, until in wanted if key is not None]


def nearest(
    citizen: Citizen,
    wanted: Wanted,
    to: datetime,
    hand: Hand,
    *,
    besides: UUID | None = None,
) -> list[Slot]:
    """Give the times nearest to one that is not free; anybody's in the unit where need be."""
    notice = 0 if hand.is_staff else wanted.type.shortest_notice_hours
    begins = max(to - AROUND, hand.at + timedelta(hours=notice))
    ends = min(to + AROUND, hand.at + timedelta(days=wanted.type.longest_notice_days))
    others = [] if wanted.also else [replace(wanted, caseworker_id=None)]
    for with_whom in (wanted, *others):
        times = free_times(
            citizen=citizen, wanted=with_whom, begins=begins, ends=ends, besides=besides
        )
        if found := times.nearest(to):
            return found
    return []


def _announce(meeting: Meeting, hand: Hand, title: Promise) -> None:
    """Give the citizen who acts a receipt; tell the citizen of what others did."""
    citizen = meeting.citizen
    if hand.is_staff or hand.by is None:
        with override(language_of(citizen)):
            tell(
                citizen=citizen,
                occasion=Occasion.INTERVIEW,
                title=f"{title}: {type_of(meeting.type).name}",
                by=hand.by,
                at=hand.at,
            )
        return
    give_receipt(
        citizen=citizen,
        deed=Deed.MEETING,
        by=hand.by,
        at=hand.at,
        title=f"{title}: {type_of(meeting.type).name}",
    )
