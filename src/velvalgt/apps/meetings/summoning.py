"""A summons (indkaldelse): whom it may reach and when, and its letter, anew for every new time."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import override

from velvalgt.apps.meetings.choices import InvitationState
from velvalgt.apps.meetings.exemptions import why_not_summoned
from velvalgt.apps.meetings.invitation_letters import summons_letter
from velvalgt.apps.meetings.machine import machine
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.refusals import NotAsked, SummonsTooSoon
from velvalgt.apps.meetings.stepping import step_again, take_step
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.queries import after_working_days


def first_day_to_summon_to(on: date) -> date:
    """The first day for which a letter of today comes in good time; a starting value."""
    return after_working_days(on, machine().steps[InvitationState.SUMMONED].waits or 0)


def refuse_who_is_not_asked(
    citizen: Citizen, rule_id: str, starts_at: datetime, at: datetime
) -> None:
    """Refuse a summons that the law or the citizen's life does not allow.

    Raises:
        NotAsked: today or on the day of the meeting; it tells why.
    """
    today, meets_on = timezone.localdate(at), timezone.localdate(starts_at)
    if (why := why_not_summoned(citizen, rule_id, today, meets_on)) is not None:
        raise NotAsked(why)


def refuse_too_soon(starts_at: datetime, at: datetime) -> None:
    """Refuse a summons whose letter would not come in good time.

    Raises:
        SummonsTooSoon: it tells the first day that can be.
    """
    earliest = first_day_to_summon_to(timezone.localdate(at))
    if timezone.localdate(starts_at) < earliest:
        raise SummonsTooSoon(earliest)


def write_summons(meeting: Meeting, *, by: User | None, at: datetime, is_anew: bool) -> None:
    """Write the letter that calls a citizen to a meeting, and tell them of it."""
    citizen, state = meeting.citizen, InvitationState.SUMMONED
    letter = summons_letter(meeting, by, at)
    if meeting.invitation is not None:
        take = step_again if is_anew else take_step
        take(meeting.invitation, state, by=by, at=at, document=letter)
    with override(language_of(citizen)):
        title = str(machine().steps[state].title)
        tell(citizen=citizen, occasion=Occasion.LETTER, title=title, by=by, at=at)
