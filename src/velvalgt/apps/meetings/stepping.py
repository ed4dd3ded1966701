"""Taking the steps of an invitation (skridt), and following what happens to its meeting."""

from datetime import date, datetime

from django.utils import timezone

from velvalgt.apps.cases.models import Document
from velvalgt.apps.meetings.choices import InvitationState, Result, TextSet, WhyCancelled
from velvalgt.apps.meetings.machine import machine
from velvalgt.apps.meetings.models import Invitation, InvitationStep, Meeting
from velvalgt.apps.meetings.refusals import NotThatStep
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.queries import after_working_days

CHOOSING = {InvitationState.INVITED, InvitationState.REMINDED, InvitationState.EXPIRED}
"""The states in which a time that is booked answers the invitation."""

AGREED = {InvitationState.BOOKED, InvitationState.SUMMONED}
"""The states in which a time is agreed, and nobody knows what came of it."""

CAME_OF_IT = {
    InvitationState.HELD,
    InvitationState.MISSED,
    InvitationState.MISSED_FAIR,
    InvitationState.EXCUSED,
}
"""The states that say what came of the meeting."""


def last_day_of(state: InvitationState, on: date) -> date | None:
    """Give the last day of the wait that begins with a step on a day; None where none is."""
    waits = machine().steps[state].waits
    return after_working_days(on, waits) if waits else None


def latest_step(invitation: Invitation) -> InvitationStep:
    """Give how far an invitation has come: what was written last, whatever the clock said."""
    return invitation.steps.order_by("-pk")[0]


def open_invitation_for(citizen: Citizen, meeting_type: str) -> Invitation | None:
    """Give the invitation to a type of meeting that waits for a time, the newest first."""
    sent = Invitation.objects.filter(citizen=citizen, type=meeting_type)
    for invitation in sent.order_by("-sent_at", "-pk").prefetch_related("steps")[:1]:
        if latest_step(invitation).state in CHOOSING:
            return invitation
    return None


def take_step(
    invitation: Invitation,
    state: InvitationState,
    *,
    by: User | None,
    at: datetime,
    document: Document | None = None,
) -> InvitationStep:
    """Take the next step of an invitation; the same again is the one taken before.

    Raises:
        NotThatStep: the file's steps do not let it follow.
    """
    before = invitation.steps.order_by("-pk").first()
    if before is not None and before.state == state:
        return before
    if before is not None and state not in machine().steps[InvitationState(before.state)].follows:
        raise NotThatStep
    return step_again(invitation, state, by=by, at=at, document=document)


def step_again(
    invitation: Invitation,
    state: InvitationState,
    *,
    by: User | None,
    at: datetime,
    document: Document | None = None,
) -> InvitationStep:
    """Write a step whatever came before it: a new letter of the same, or back to an earlier one."""
    step = machine().steps[state]
    return InvitationStep.objects.create(
        tenant_id=invitation.tenant_id,
        citizen_id=invitation.citizen_id,
        invitation=invitation,
        state=state,
        text_set=step.text_set or "",
        deadline_on=last_day_of(state, timezone.localdate(at)) if state in CHOOSING else None,
        law=machine().law_of(state),
        document=document,
        taken_by=by,
        taken_at=at,
    )


def follow_booking(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Note that the citizen's time is found, where the meeting answers an invitation.

    A summons takes its own step when its letter is written.
    """
    if meeting.invitation is not None and meeting.text_set == TextSet.INVITATION:
        take_step(meeting.invitation, InvitationState.BOOKED, by=by, at=at)


def follow_cancelling(
    meeting: Meeting, why: WhyCancelled, *, by: User | None, at: datetime
) -> None:
    """Let the citizen choose anew where a meeting was called off, unless nothing is asked now."""
    if meeting.invitation is None:
        return
    exempt = why == WhyCancelled.EXEMPT
    state = InvitationState.EXCUSED if exempt else InvitationState.INVITED
    _follow(meeting, state, by, at)


def follow_outcome(meeting: Meeting, result: Result, *, by: User | None, at: datetime) -> None:
    """Note in the meeting's invitation what came of the meeting; twice is once."""
    _follow(meeting, InvitationState(result.value), by, at)


def outcome_taken_back(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Lead an invitation back to its booking or summons, as nobody has said what came of it."""
    invitation = meeting.invitation
    if invitation is None or latest_step(invitation).state not in CAME_OF_IT:
        return
    agreed = invitation.steps.filter(state__in=AGREED).order_by("-pk").first()
    if agreed is not None:
        step_again(invitation, InvitationState(agreed.state), by=by, at=at)


def reason_was_fair(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """Note that there was a fair reason not to come."""
    _follow(meeting, InvitationState.MISSED_FAIR, by, at)


def _follow(meeting: Meeting, state: InvitationState, by: User | None, at: datetime) -> None:
    """Take a step that something else caused; where it no longer fits, the invitation stands."""
    if meeting.invitation is None:
        return
    try:
        take_step(meeting.invitation, state, by=by, at=at)
    except NotThatStep:
        return
