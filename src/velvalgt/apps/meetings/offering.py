"""Offering an earlier time to who waits: each free time to at most three at once."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.audit.actor import current
from velvalgt.apps.meetings.earlier import (
    AHEAD,
    EARLIER_BY,
    as_offered,
    is_still_free,
    standing_offers,
)
from velvalgt.apps.meetings.finding import Slot, free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.models import EarlierOffer, EarlierWish, Meeting
from velvalgt.apps.meetings.moving import as_agreed
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell

AT_ONCE = 3
"""To how many one free time is offered at the same time."""
TO_ANSWER = timedelta(hours=24)
"""How long an offer stands; a starting value."""
LAST_ANSWER = timedelta(hours=24)
"""Nobody says yes later than this before the time itself; a starting value."""

Stretches = dict[UUID, list[tuple[datetime, datetime]]]
"""For each of the staff the times that are offered to somebody now."""


@transaction.atomic
def offer_earlier(*, at: datetime) -> list[EarlierOffer]:
    """Offer what is free now to who waits in the acting tenant, the longest wait first.

    Nobody has two offers that can be taken, and no time is offered to more than three.
    """
    _one_at_a_time()
    waiting = _waiting(at)
    offered = _offered_now(waiting, at)
    given = []
    for wish, meeting in waiting:
        if any(is_still_free(each, meeting) for each in standing_offers(wish, at)):
            continue
        wanted = as_agreed(meeting)
        chosen = _first(wish, meeting, wanted, offered, at)
        if chosen is not None:
            given.append(_offer(wish, wanted, *chosen, at=at))
            offered[chosen[1]].append(_stretch(chosen[0].starts_at, wanted))
    return given


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        key = str(current().tenant_id)
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 9))", [key])


def _waiting(at: datetime) -> list[tuple[EarlierWish, Meeting]]:
    """Who waits, the longest first, each with the meeting as it stands; a wish ends with it."""
    wishes = EarlierWish.objects.filter(ended_at__isnull=True).select_related("citizen")
    ordered = list(wishes.order_by("wished_at", "pk"))
    standing = Meeting.objects.standing().filter(uid__in=[wish.uid for wish in ordered])
    coming = standing.filter(starts_at__gt=at).select_related("citizen")
    meetings = {meeting.uid: meeting for meeting in coming}
    needless = [wish.pk for wish in ordered if wish.uid not in meetings]
    wishes.filter(pk__in=needless).update(ended_at=at)  # unless who waits has left meanwhile
    return [(wish, meetings[wish.uid]) for wish in ordered if wish.uid in meetings]


def _offered_now(waiting: list[tuple[EarlierWish, Meeting]], at: datetime) -> Stretches:
    """The times offered to those who wait, by whom of the staff they are with."""
    meetings = {wish.pk: meeting for wish, meeting in waiting}
    open_now = EarlierOffer.objects.filter(
        wish__in=meetings, answer__isnull=True, expires_at__gt=at
    )
    offered: Stretches = defaultdict(list)
    for offer in open_now:
        wanted = as_offered(offer, meetings[offer.wish_id])
        offered[offer.caseworker_id].append(_stretch(offer.starts_at, wanted))
    return offered


def _first(
    wish: EarlierWish, meeting: Meeting, wanted: Wanted, offered: Stretches, at: datetime
) -> tuple[Slot, UUID] | None:
    """The first earlier time, and with whom, that may be offered to somebody now."""
    before = list(wish.offers.all())
    said = {each.starts_at for each in before}
    unwanted = {_day(each.starts_at) for each in before if _is_over(each, at)}
    free = free_times(
        citizen=meeting.citizen,
        wanted=wanted,
        begins=at + max(AHEAD, _notice(wanted)),
        ends=meeting.starts_at - EARLIER_BY + wanted.length,
        besides=meeting.pk,
    )
    for slot in free.slots():
        if slot.starts_at in said or _day(slot.starts_at) in unwanted:
            continue
        begins, ends = _stretch(slot.starts_at, wanted)
        for staff in slot.staff:
            rivals = [each for each in offered[staff] if each[0] < ends and begins < each[1]]
            if len(rivals) < AT_ONCE:
                return slot, staff
    return None


def _offer(
    wish: EarlierWish, wanted: Wanted, slot: Slot, caseworker_id: UUID, *, at: datetime
) -> EarlierOffer:
    offer = EarlierOffer.objects.create(
        tenant_id=wish.tenant_id,
        citizen=wish.citizen,
        wish=wish,
        starts_at=slot.starts_at,
        way=wanted.way,
        unit_id=wanted.unit_id,
        caseworker_id=caseworker_id,
        offered_at=at,
        expires_at=min(at + TO_ANSWER, slot.starts_at - max(LAST_ANSWER, _notice(wanted))),
    )
    with override(language_of(wish.citizen)):
        title = _("You can have an earlier time")
    tell(citizen=wish.citizen, occasion=Occasion.INTERVIEW, title=title, by=None, at=at)
    return offer


def _stretch(starts_at: datetime, wanted: Wanted) -> tuple[datetime, datetime]:
    return starts_at, starts_at + wanted.length + wanted.type.buffer


def _notice(wanted: Wanted) -> timedelta:
    return timedelta(hours=wanted.type.shortest_notice_hours)


def _is_over(offer: EarlierOffer, at: datetime) -> bool:
    return offer.answer is not None or offer.expires_at <= at


def _day(at: datetime) -> date:
    return timezone.localdate(at)
