"""What is done each working day: one step of each invitation, and word of meetings to come.

Whoever the law exempts is looked for first. Each step is a row, and a second run finds it there.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.meetings.asking import coming_summonses, waiting_invitations
from velvalgt.apps.meetings.choices import InvitationState
from velvalgt.apps.meetings.exemptions import why_not_invited, why_not_summoned
from velvalgt.apps.meetings.inviting import excuse, excuse_summons, expire, remind
from velvalgt.apps.meetings.models import Invitation, Meeting
from velvalgt.apps.meetings.refusals import CannotBook
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell
from velvalgt.apps.staff.queries import after_working_days, is_working_day

RECALLED = (3, 1)
"""How many working days before a meeting the citizen is reminded of it; starting values."""

NEXT = {InvitationState.INVITED: remind, InvitationState.REMINDED: expire}


def ask_on(*, at: datetime) -> None:
    """Let off whom the law exempts, and remind or let expire whose days are over."""
    today = timezone.localdate(at)
    for meeting in coming_summonses(at):
        with suppress(CannotBook):  # changed meanwhile; the next morning looks again
            _let_off(meeting, today, at)
    for invitation in waiting_invitations():
        if timezone.localdate(invitation.taken_at) < today:  # type: ignore[attr-defined]
            with suppress(CannotBook):
                _go_on(invitation, today, at)


def recall(*, at: datetime) -> None:
    """Remind citizens of their meetings to come (påminde), on working days."""
    today = timezone.localdate(at)
    if not is_working_day(today):
        return
    for days in RECALLED:
        first = after_working_days(today, days)
        until = after_working_days(first, 1)
        for meeting in _meetings_between(first, until, booked_before=today):
            _recall_one(meeting, at)


def _let_off(meeting: Meeting, today: date, at: datetime) -> None:
    rule_id = meeting.invitation.rule_id if meeting.invitation else ""
    meets_on = timezone.localdate(meeting.starts_at)
    why = why_not_summoned(meeting.citizen, rule_id, today, meets_on)
    if why is not None:
        excuse_summons(meeting=meeting, why=why, at=at)


def _go_on(invitation: Invitation, today: date, at: datetime) -> None:
    rule_id, citizen = invitation.rule_id, invitation.citizen
    why = why_not_invited(citizen, invitation.type, rule_id, today)
    if why is not None:
        excuse(invitation=invitation, by=None, at=at, why=why)
        return
    state = InvitationState(invitation.state)  # type: ignore[attr-defined]
    deadline: date | None = invitation.deadline_on  # type: ignore[attr-defined]
    if state in NEXT and deadline is not None and deadline < today and is_working_day(today):
        NEXT[state](invitation=invitation, by=None, at=at)


def _meetings_between(first: date, until: date, *, booked_before: date) -> list[Meeting]:
    """The meetings from a day to before another that were not booked on the very day."""
    begins = timezone.make_aware(datetime.combine(first, datetime.min.time()))
    ends = begins + timedelta(days=(until - first).days)
    coming = Meeting.objects.standing().within(begins, ends).select_related("citizen")
    found = coming.filter(booked_at__date__lt=booked_before)
    return list(found.order_by("starts_at", "pk"))


def _recall_one(meeting: Meeting, at: datetime) -> None:
    """Tell of one meeting, unless that was told today; only that there is one, and when."""
    citizen, starts_at = meeting.citizen, timezone.localtime(meeting.starts_at)
    with override(language_of(citizen)):
        title = _("You have a meeting on %(day)s at %(time)s") % {
            "day": date_format(starts_at, "DATE_FORMAT"),
            "time": f"{starts_at:%H.%M}",
        }
        told = Notice.objects.filter(citizen=citizen, title=title)
        if not told.filter(told_at__date=timezone.localdate(at)).exists():
            tell(citizen=citizen, occasion=Occasion.INTERVIEW, title=title, by=None, at=at)
