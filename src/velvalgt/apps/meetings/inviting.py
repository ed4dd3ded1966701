"""Asking a citizen to a meeting: invite, remind, let expire, summon (indkalde), ask no more."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.services import one_at_a_time
from velvalgt.apps.meetings.booking import Agreed, Hand, book, cancel
from velvalgt.apps.meetings.choices import InvitationState, TextSet, Way, WhyCancelled
from velvalgt.apps.meetings.exemptions import WhyNot, why_not_invited
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.invitation_letters import invitation_letter
from velvalgt.apps.meetings.machine import machine
from velvalgt.apps.meetings.models import Cancellation, Invitation, InvitationStep, Meeting
from velvalgt.apps.meetings.refusals import (
    InvitedAlready,
    NobodyThere,
    NotAsked,
    NotThatStep,
    NoWays,
)
from velvalgt.apps.meetings.stepping import latest_step, open_invitation_for, take_step
from velvalgt.apps.meetings.summoning import (
    refuse_too_soon,
    refuse_who_is_not_asked,
    write_summons,
)
from velvalgt.apps.meetings.types import MeetingType
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


@dataclass(frozen=True, slots=True)
class Asked:
    """What a citizen is asked to: which meeting, in which ways, for which duty, if for any."""

    type: MeetingType
    ways: tuple[Way, ...]
    rule_id: str = ""


@transaction.atomic
def invite(
    *, citizen: Citizen, asked: Asked, permitted: frozenset[Way], by: User | None, at: datetime
) -> Invitation:
    """Invite a citizen to choose a time (invitere): a letter without a time, and word of it.

    Args:
        citizen: whom.
        asked: to what.
        permitted: the ways that the law allows now, as `queries.permitted_ways` gives them.
        by: who asks.
        at: when.

    Raises:
        NotAsked: the law or the citizen's life says no; it tells why.
        InvitedAlready: another invitation to this type waits, or has led to a time to come.
        NoWays: no way is left that the law allows.
        NobodyThere: the citizen has no open case.
    """
    one_at_a_time(citizen.pk)
    if (why := why_not_invited(citizen, asked.type.key, asked.rule_id, localday(at))) is not None:
        raise NotAsked(why)
    case = open_case_of(citizen)
    if case is None:
        raise NobodyThere
    if open_invitation_for(citizen, asked.type.key) or _comes(citizen, asked.type, at):
        raise InvitedAlready
    ways = [way.value for way in asked.ways if way in permitted and way in asked.type.ways]
    if not ways:
        raise NoWays
    invitation = Invitation.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        type=asked.type.key,
        unit=case.unit,
        caseworker=case.caseworker,
        rule_id=asked.rule_id,
        ways=ways,
        sent_by=by,
        sent_at=at,
    )
    letter = invitation_letter(invitation, by, at)
    take_step(invitation, InvitationState.INVITED, by=by, at=at, document=letter)
    _tell(invitation, InvitationState.INVITED, Occasion.LETTER, by, at)
    return invitation


@transaction.atomic
def remind(*, invitation: Invitation, by: User | None, at: datetime) -> InvitationStep:
    """Remind a citizen to choose a time (minde om).

    Raises:
        NotAsked: nothing is asked of the citizen now.
        NotThatStep: the invitation has come further.
    """
    return _go_on(invitation, InvitationState.REMINDED, by, at)


@transaction.atomic
def expire(*, invitation: Invitation, by: User | None, at: datetime) -> InvitationStep:
    """Note that the days to choose a time are over (udløbe); a time can still be chosen.

    Raises:
        NotAsked: nothing is asked of the citizen now.
        NotThatStep: the invitation has come further.
    """
    return _go_on(invitation, InvitationState.EXPIRED, by, at)


@transaction.atomic
def summon(
    *,
    invitation: Invitation,
    wanted: Wanted,
    starts_at: datetime,
    permitted: frozenset[Way],
    by: User,
    at: datetime,
) -> Meeting:
    """Summon a citizen to a time (indkalde): the meeting is booked, and the letter written at once.

    Raises:
        NotAsked: the law or the citizen's life says no, today or on the day of the meeting.
        NotThatStep: the citizen was not invited first, or has answered.
        SummonsTooSoon: the letter would not come in good time.
        InvitedAlready: they agreed on the same time before, without a summons.
        CannotBook: the time cannot be had; as `booking.book`.
    """
    citizen = invitation.citizen
    one_at_a_time(citizen.pk)
    refuse_who_is_not_asked(citizen, invitation.rule_id, starts_at, at)
    before = latest_step(invitation)
    same = invitation.meetings.filter(starts_at=starts_at, way=wanted.way).first()
    if before.state == InvitationState.SUMMONED and same is not None:
        return same
    if InvitationState.SUMMONED not in machine().steps[InvitationState(before.state)].follows:
        raise NotThatStep
    refuse_too_soon(starts_at, at)
    meeting = book(
        citizen=citizen,
        wanted=wanted,
        starts_at=starts_at,
        permitted=permitted,
        hand=Hand(by, at, is_staff=True),
        agreed=Agreed(TextSet.SUMMONS, invitation),
    )
    if meeting.invitation_id != invitation.pk:
        raise InvitedAlready
    write_summons(meeting, by=by, at=at, is_anew=False)
    return meeting


@transaction.atomic
def excuse(
    *, invitation: Invitation, by: User | None, at: datetime, why: WhyNot | None = None
) -> InvitationStep:
    """Ask a citizen to this meeting no more (fritage); twice is once.

    Raises:
        NotThatStep: the meeting is booked, held or missed; that is answered in other ways.
    """
    one_at_a_time(invitation.citizen_id)
    before = latest_step(invitation)
    if before.state == InvitationState.EXCUSED:
        return before
    if before.state == InvitationState.HELD:
        raise NotThatStep
    step = take_step(invitation, InvitationState.EXCUSED, by=by, at=at)
    _tell(invitation, InvitationState.EXCUSED, Occasion.INTERVIEW, by, at, why)
    return step


@transaction.atomic
def excuse_summons(*, meeting: Meeting, why: WhyNot, at: datetime) -> Cancellation:
    """Call a summons off, as the law asks for it no more, and tell the citizen why."""
    cancellation = cancel(
        meeting=meeting, why=WhyCancelled.EXEMPT, hand=Hand(None, at, is_staff=True)
    )
    if meeting.invitation is not None:
        _tell(meeting.invitation, InvitationState.EXCUSED, Occasion.INTERVIEW, None, at, why)
    return cancellation


def _comes(citizen: Citizen, meeting_type: MeetingType, at: datetime) -> bool:
    """Whether a meeting of a type is agreed already."""
    agreed = Meeting.objects.standing().filter(citizen=citizen, type=meeting_type.key)
    return agreed.filter(starts_at__gt=at).exists()


def localday(at: datetime) -> date:
    """The day of a moment in Copenhagen."""
    return timezone.localdate(at)


def _go_on(
    invitation: Invitation, state: InvitationState, by: User | None, at: datetime
) -> InvitationStep:
    one_at_a_time(invitation.citizen_id)
    citizen = invitation.citizen
    why = why_not_invited(citizen, invitation.type, invitation.rule_id, localday(at))
    if why is not None:
        raise NotAsked(why)
    before = latest_step(invitation)
    step = take_step(invitation, state, by=by, at=at)
    if step != before:
        _tell(invitation, state, Occasion.INTERVIEW, by, at)
    return step


def _tell(
    invitation: Invitation,
    state: InvitationState,
    occasion: Occasion,
    by: User | None,
    at: datetime,
    why: WhyNot | None = None,
) -> None:
    citizen = invitation.citizen
    with override(language_of(citizen)):
        title = str(machine().steps[state].title)
        if why is not None:
            title = f"{title}. {why.to_citizen}"
        tell(citizen=citizen, occasion=occasion, title=title, by=by, at=at)
