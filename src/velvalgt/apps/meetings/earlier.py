"""The waiting list for an earlier time: the wish, the answer to an offer; the first yes wins."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.services import give_receipt, one_at_a_time
from velvalgt.apps.meetings.agreed import meeting_of
from velvalgt.apps.meetings.booking import Hand, move
from velvalgt.apps.meetings.choices import Change, Way
from velvalgt.apps.meetings.finding import free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.holding import ask_for_earlier
from velvalgt.apps.meetings.models import EarlierOffer, EarlierWish, Meeting
from velvalgt.apps.meetings.moving import as_agreed
from velvalgt.apps.meetings.refusals import NotAgreedAnyMore, NotYours, OfferOver, TooLate
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

AHEAD = timedelta(hours=48)
"""A time that is offered begins no sooner; whoever says yes can still arrange their day."""
EARLIER_BY = timedelta(days=1)
"""So much earlier than the meeting at least, or it is not worth asking; a starting value."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """How it stands with an earlier time for one meeting."""

    meeting: Meeting
    wish: EarlierWish | None
    offer: EarlierOffer | None  # stands now, and its time is free
    may_wish: bool


def may_wish_earlier(meeting: Meeting, at: datetime) -> bool:
    """Say whether there can be an earlier time: the citizen books it, and it is days away."""
    is_theirs = "citizen" in type_of(meeting.type).booked_by
    return is_theirs and meeting.starts_at > at + AHEAD + EARLIER_BY


def earlier_of(meeting: Meeting, at: datetime) -> Earlier:
    """Give how it stands with an earlier time for a meeting."""
    wish = EarlierWish.objects.filter(uid=meeting.uid, ended_at__isnull=True).first()
    offers = standing_offers(wish, at) if wish else []
    offer = next((each for each in offers if is_still_free(each, meeting)), None)
    return Earlier(meeting, wish, offer, may_wish_earlier(meeting, at))


def earlier_offers_to(citizen: Citizen, at: datetime) -> list[EarlierOffer]:
    """Give the earlier times that a citizen can say yes to now, the next one first."""
    wishes = EarlierWish.objects.filter(citizen=citizen, ended_at__isnull=True)
    uids = wishes.filter(offers__answer__isnull=True, offers__expires_at__gt=at).values("uid")
    meetings = Meeting.objects.standing().filter(citizen=citizen, uid__in=uids)
    states = [earlier_of(each, at) for each in meetings.select_related("citizen")]
    offers = [state.offer for state in states if state.offer is not None]
    return sorted(offers, key=lambda offer: offer.starts_at)


def earlier_offer_of(citizen: Citizen, offer_id: UUID) -> EarlierOffer | None:
    """Find an offer of an earlier time to a citizen, whether it stands or not."""
    offers = EarlierOffer.objects.select_related("wish", "caseworker", "citizen")
    return offers.filter(citizen=citizen, pk=offer_id).first()


def is_still_free(offer: EarlierOffer, meeting: Meeting) -> bool:
    """Say whether nobody else has taken the time of an offer."""
    wanted = as_offered(offer, meeting)
    free = free_times(
        citizen=meeting.citizen,
        wanted=wanted,
        begins=offer.starts_at,
        ends=offer.starts_at + wanted.length + wanted.type.buffer,
        besides=meeting.pk,
    )
    return bool(free.ways_to_hold(offer.starts_at))


def is_taken(offer: EarlierOffer, meeting: Meeting, at: datetime) -> bool:
    """Say whether it is for somebody else's yes that an offer cannot be had any more."""
    is_open = offer.answer is None and offer.expires_at > at
    return is_open and not is_still_free(offer, meeting)


@transaction.atomic
def wish_earlier(*, meeting: Meeting, by: User, at: datetime) -> EarlierWish:
    """Get on the list for an earlier time (venteliste til en tidligere tid). Twice is once.

    Raises:
        NotAgreedAnyMore: it was called off, changed or held meanwhile.
        NotYours: meetings of this type are moved by the staff.
        TooLate: the meeting is so near that no earlier time can be offered.
    """
    one_at_a_time(meeting.citizen_id)
    standing = meeting_of(meeting.citizen, meeting.uid)
    if standing is None:
        raise NotAgreedAnyMore
    before = EarlierWish.objects.filter(uid=meeting.uid, ended_at__isnull=True).first()
    if before is not None:
        return before
    if "citizen" not in type_of(standing.type).booked_by:
        raise NotYours
    if not may_wish_earlier(standing, at):
        raise TooLate
    wish = EarlierWish.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        uid=meeting.uid,
        wished_by=by,
        wished_at=at,
    )
    title = _("You are on the list for an earlier time")
    give_receipt(citizen=wish.citizen, deed=Deed.MEETING, by=by, at=at, title=title)
    ask_for_earlier()
    return wish


@transaction.atomic
def stop_waiting(*, wish: EarlierWish, by: User, at: datetime) -> EarlierWish:
    """Get off the list; the meeting stays as it is. Twice is once."""
    one_at_a_time(wish.citizen_id)
    if EarlierWish.objects.filter(pk=wish.pk, ended_at__isnull=True).update(ended_at=at):
        title = _("You are off the list for an earlier time")
        give_receipt(citizen=wish.citizen, deed=Deed.MEETING, by=by, at=at, title=title)
        ask_for_earlier()
    return EarlierWish.objects.get(pk=wish.pk)


@transaction.atomic
def accept_earlier(*, offer: EarlierOffer, permitted: frozenset[Way], hand: Hand) -> Meeting:
    """Say yes to an earlier time: the meeting moves there. Twice is once.

    Raises:
        OfferOver: it was answered, its time to answer has gone, or the meeting has changed.
        TimeTaken: somebody else said yes first; the citizen stays on the list.
        TooSoon, TooLate, NotThatWay, NotYours: as `move`.
    """
    one_at_a_time(offer.citizen_id)
    now = EarlierOffer.objects.select_related("wish", "citizen").get(pk=offer.pk)
    meeting = meeting_of(now.citizen, now.wish.uid)
    if meeting is None:
        raise OfferOver
    if now.answer:
        return meeting
    is_over = now.answer is not None or now.wish.ended_at is not None or now.expires_at <= hand.at
    if is_over or meeting.starts_at <= now.starts_at:
        raise OfferOver
    moved = move(
        meeting=meeting,
        wanted=as_offered(now, meeting),
        starts_at=now.starts_at,
        permitted=permitted,
        hand=hand,
        change=Change.EARLIER,
    )
    EarlierOffer.objects.filter(pk=now.pk).update(answer=True)
    EarlierWish.objects.filter(pk=now.wish_id).update(ended_at=hand.at)
    return moved


@transaction.atomic
def decline_earlier(*, offer: EarlierOffer, by: User, at: datetime) -> EarlierOffer:
    """Say no to an earlier time; the next on the list is asked. Twice is once.

    Raises:
        OfferOver: the citizen had said yes.
    """
    one_at_a_time(offer.citizen_id)
    if EarlierOffer.objects.filter(pk=offer.pk, answer__isnull=True).update(answer=False):
        title = _("You said no to an earlier time")
        give_receipt(citizen=offer.citizen, deed=Deed.MEETING, by=by, at=at, title=title)
        ask_for_earlier()
    now = EarlierOffer.objects.get(pk=offer.pk)
    if now.answer:
        raise OfferOver
    return now


def standing_offers(wish: EarlierWish, at: datetime) -> list[EarlierOffer]:
    """The offers to somebody that are not answered and not too old, the newest first."""
    unanswered = wish.offers.filter(answer__isnull=True, expires_at__gt=at)
    return list(unanswered.select_related("caseworker").order_by("-offered_at", "-pk"))


def as_offered(offer: EarlierOffer, meeting: Meeting) -> Wanted:
    """What an offer holds: the meeting as it is, with whom and in which way was offered."""
    return replace(
        as_agreed(meeting),
        way=Way(offer.way),
        unit_id=offer.unit_id,
        caseworker_id=offer.caseworker_id,
    )
