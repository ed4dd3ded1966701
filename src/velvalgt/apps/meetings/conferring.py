"""Meetings of several about one citizen (konference): everybody can, or nobody is held."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Document
from velvalgt.apps.cases.services import give_receipt, one_at_a_time, refuse_cpr
from velvalgt.apps.meetings.booking import Hand, book
from velvalgt.apps.meetings.choices import Attendance, Holding
from velvalgt.apps.meetings.gathering import Wanted, busy_periods
from velvalgt.apps.meetings.holding import Stretch, Taken, in_turn, let_go, take
from velvalgt.apps.meetings.models import AgendaItem, Hold, Meeting, Paper, Party
from velvalgt.apps.meetings.parties import conferences, party_of
from velvalgt.apps.meetings.refusals import NotAgreedAnyMore, SomebodyBusy, TimeTaken
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody from outside who takes part: who, from where, as what, in the room or from afar."""

    name: str
    organisation: str
    role: str
    attends: Attendance


@transaction.atomic
def convene(*, citizen: Citizen, wanted: Wanted, starts_at: datetime, hand: Hand) -> Meeting:
    """Call a meeting of several (indkalde til konference): all who are needed are held, or nobody.

    Args:
        citizen: about whom, and with whom.
        wanted: the type, the way, the caseworker, and in `also` the colleagues who are needed.
        starts_at: when.
        hand: who calls it, and when.

    Raises:
        SomebodyBusy: not all of them can; it says who, and carries the nearest times when all can.
        CannotBook: as `book` says.
    """
    permitted = frozenset(wanted.type.ways)
    try:
        return book(
            citizen=citizen, wanted=wanted, starts_at=starts_at, permitted=permitted, hand=hand
        )
    except TimeTaken as error:
        needed = wanted.also | ({wanted.caseworker_id} if wanted.caseworker_id else set())
        busy = _busy(needed, starts_at, starts_at + wanted.length + wanted.type.buffer)
        raise SomebodyBusy(busy, error.nearest) from error


def _busy(users: Collection[UUID], begins: datetime, ends: datetime) -> list[str]:
    """Name those who are held at some time between two moments."""
    held = busy_periods(users, begins, ends)
    return list(User.objects.filter(pk__in=held).order_by("name").values_list("name", flat=True))


@transaction.atomic
def add_colleague(*, meeting: Meeting, user: User, by: User, at: datetime) -> Party:
    """Add a colleague to a meeting of several (mødedeltager), and hold them. Twice is once.

    Raises:
        NotAgreedAnyMore: the meeting was changed or called off meanwhile.
        SomebodyBusy: they are busy then.
    """
    standing = _standing(meeting)
    there = Party.objects.filter(uid=meeting.uid, user=user, left_at=None)
    if (party := there.first()) is not None:
        return party
    try:
        return in_turn(partial(_seated, standing, user, by, at))
    except Taken as error:
        raise SomebodyBusy([user.name]) from error


def _seated(meeting: Meeting, user: User, by: User, at: datetime) -> Party:
    until = meeting.ends_at + type_of(meeting.type).buffer
    stretch = Stretch(Holding.STAFF, user.pk, meeting.starts_at, until)
    take([stretch], tenant_id=meeting.tenant_id, meeting=meeting)
    return party_of(meeting, user, by, at)


@transaction.atomic
def add_guest(*, meeting: Meeting, guest: Guest, by: User, at: datetime) -> Party:
    """Add somebody from outside to a meeting of several; the same person again is once.

    Raises:
        NotAgreedAnyMore: the meeting was changed or called off meanwhile.
        HoldsCpr: a number that looks like a CPR number stands in the words.
    """
    standing = _standing(meeting)
    refuse_cpr(guest.name, guest.organisation, guest.role)
    who = {"name": guest.name, "organisation": guest.organisation, "role": guest.role}
    there = Party.objects.filter(uid=meeting.uid, user=None, left_at=None, **who)
    return there.first() or Party.objects.create(
        tenant_id=standing.tenant_id,
        citizen=standing.citizen,
        uid=standing.uid,
        attends=guest.attends,
        added_by=by,
        added_at=at,
        **who,
    )


@transaction.atomic
def remove_party(*, meeting: Meeting, party: Party, at: datetime) -> None:
    """Take somebody off a meeting of several; a colleague's time is free at once. Twice is once.

    Raises:
        NotAgreedAnyMore: the meeting was changed or called off meanwhile.
    """
    standing = _standing(meeting)
    now = Party.objects.get(pk=party.pk, uid=meeting.uid)
    if now.left_at is not None:
        return
    now.left_at = at
    now.save(update_fields=["left_at"])
    if now.user_id is not None:
        held = Hold.objects.in_force().filter(meeting=standing, resource=now.user_id)
        let_go(held, at=at)


@transaction.atomic
def add_to_agenda(
    *, meeting: Meeting, items: Iterable[str], by: User, at: datetime, is_staff: bool
) -> list[AgendaItem]:
    """Write what is to be talked about (dagsorden); the citizen, too. The same words are once.

    Raises:
        NotAgreedAnyMore: the meeting was changed or called off meanwhile.
        HoldsCpr: a number that looks like a CPR number stands in the words.
    """
    standing = _standing(meeting)
    items = [item.strip() for item in items]
    refuse_cpr(*items)
    there = AgendaItem.objects.filter(uid=meeting.uid, dropped_at=None)
    known = set(there.filter(words__in=items).values_list("words", flat=True))
    written = [
        AgendaItem.objects.create(
            tenant_id=standing.tenant_id,
            citizen=standing.citizen,
            uid=standing.uid,
            words=words,
            written_by=by,
            written_at=at,
        )
        for words in items
        if words not in known
    ]
    if not is_staff:
        for item in written:
            give_receipt(
                citizen=standing.citizen, deed=Deed.MEETING, by=by, at=at,
                title=item.words[:200],
            )  # fmt: skip
    return written


@transaction.atomic
def drop_from_agenda(*, meeting: Meeting, item: AgendaItem, by: User, at: datetime) -> None:
    """Take an item off the agenda; each takes off their own. Twice is once.

    Raises:
        NotAgreedAnyMore: the meeting was changed or called off meanwhile.
    """
    _standing(meeting)
    now = AgendaItem.objects.filter(pk=item.pk, uid=meeting.uid, written_by=by, dropped_at=None)
    if (found := now.first()) is not None:
        found.dropped_at = at
        found.save(update_fields=["dropped_at"])


@transaction.atomic
def add_paper(*, meeting: Meeting, document: Document, by: User, at: datetime) -> Paper:
    """Add a document of the citizen's case to a meeting (bilag til mødet). Twice is once.

    Raises:
        NotAgreedAnyMore: the meeting was called off, or the document is about somebody else.
    """
    standing = _standing(meeting)
    if document.citizen_id != standing.citizen_id:
        raise NotAgreedAnyMore
    paper, _made = Paper.objects.get_or_create(
        uid=standing.uid,
        document=document,
        defaults={
            "tenant_id": standing.tenant_id,
            "citizen": standing.citizen,
            "added_by": by,
            "added_at": at,
        },
    )
    return paper


def _standing(meeting: Meeting) -> Meeting:
    """The meeting as it is agreed now, while nobody else writes in the case."""
    one_at_a_time(meeting.citizen_id)
    found = conferences().filter(uid=meeting.uid).first()
    if found is None:
        raise NotAgreedAnyMore
    return found
