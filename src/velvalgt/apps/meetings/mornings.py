"""What is done each working day: one step of each invitation, and word of meetings to come.

Whoever the law exempts is looked for first. Each step is a row, and a second run finds it there.
What is to be done is listed first, and then done one by one, each looked up anew.
"""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.meetings.asking import coming_summonses, waiting_invitations
from velvalgt.apps.meetings.choices import InvitationState
from velvalgt.apps.meetings.exemptions import why_not_invited, why_not_summoned
from velvalgt.apps.meetings.inviting import excuse, excuse_summons, expire, remind
from velvalgt.apps.meetings.models import Invitation, Meeting
from velvalgt.apps.meetings.one_by_one import Errand
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.staff.queries import after_working_days, is_working_day
from velvalgt.core.calendar import midnight

RECALLED = (3, 1)
"""How many working days before a meeting the citizen is reminded of it; starting values."""

NEXT = {InvitationState.INVITED: remind, InvitationState.REMINDED: expire}


def to_ask_on(at: datetime) -> list[Errand]:
    """Whom the law may let off, and whose invitation may be reminded of or expire."""
    today = timezone.localdate(at)
    summoned = coming_summonses(at).values_list("pk", "citizen_id")
    return [
        *(Errand(let_off, key, citizen) for key, citizen in summoned),
        *(Errand(go_on, each.pk, each.citizen_id) for each in _to_go_on(today)),
    ]


def to_recall(at: datetime) -> list[Errand]:
    """The meetings to come that citizens are reminded of (påminde), on working days."""
    today = timezone.localdate(at)
    if not is_working_day(today):
        return []
    found = []
    for days in RECALLED:
        first = after_working_days(today, days)
        until = after_working_days(first, 1)
        found += _meetings_between(first, until, booked_before=today)
    return [Errand(recall, each.pk, each.citizen_id) for each in found]


def let_off(meeting_id: UUID, at: datetime) -> None:
    """Call a summons off where the law no longer asks for it."""
    meeting = coming_summonses(at).filter(pk=meeting_id).first()
    if meeting is None:
        return
    rule_id = meeting.invitation.rule_id if meeting.invitation else ""
    today, meets_on = timezone.localdate(at), timezone.localdate(meeting.starts_at)
    why = why_not_summoned(meeting.citizen, rule_id, today, meets_on)
    if why is not None:
        excuse_summons(meeting=meeting, why=why, at=at)


def go_on(invitation_id: UUID, at: datetime) -> None:
    """Take an invitation's next step, if it is time for one; or ask no more."""
    today = timezone.localdate(at)
    invitation = next(iter(_to_go_on(today, pk=invitation_id)), None)
    if invitation is None:
        return
    why = why_not_invited(invitation.citizen, invitation.type, invitation.rule_id, today)
    if why is not None:
        excuse(invitation=invitation, by=None, at=at, why=why)
        return
    state = InvitationState(invitation.state)  # type: ignore[attr-defined]
    deadline: date | None = invitation.deadline_on  # type: ignore[attr-defined]
    if state in NEXT and deadline is not None and deadline < today and is_working_day(today):
        NEXT[state](invitation=invitation, by=None, at=at)


def recall(meeting_id: UUID, at: datetime) -> None:
    """Tell of one meeting, unless that was told today; only that there is one, and when."""
    standing = Meeting.objects.standing().select_related("citizen")
    meeting = standing.filter(pk=meeting_id).first()
    if meeting is None:
        return
    citizen, starts_at = meeting.citizen, timezone.localtime(meeting.starts_at)
    with override(language_of(citizen)):
        title = _("You have a meeting on %(day)s at %(time)s") % {
            "day": date_format(starts_at, "DATE_FORMAT"),
            "time": date_format(starts_at, "TIME_FORMAT"),
        }
        told = Notice.objects.filter(citizen=citizen, title=title)
        if not told.filter(told_at__date=timezone.localdate(at)).exists():
            tell(citizen=citizen, occasion=Occasion.INTERVIEW, title=title, by=None, at=at)


def _to_go_on(today: date, **chosen: UUID) -> list[Invitation]:
    """Those that wait for a time, and of which no step was taken today."""
    waiting = waiting_invitations().filter(**chosen)
    return [each for each in waiting if timezone.localdate(each.taken_at) < today]  # type: ignore[attr-defined]


def _meetings_between(first: date, until: date, *, booked_before: date) -> list[Meeting]:
    """The meetings from a day to before another that were not booked on the very day."""
    coming = Meeting.objects.standing().within(midnight(first), midnight(until))
    found = coming.filter(booked_at__date__lt=booked_before)
    return list(found.order_by("starts_at", "pk"))
