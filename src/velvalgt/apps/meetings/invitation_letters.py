"""The letters that ask a citizen to a meeting; short words, and what the law says of it."""

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.cases.models import Document
from velvalgt.apps.meetings.choices import InvitationState, Way
from velvalgt.apps.meetings.links import link_to
from velvalgt.apps.meetings.machine import machine
from velvalgt.apps.meetings.models import Invitation, Meeting
from velvalgt.apps.meetings.stepping import last_day_of
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import write_letter
from velvalgt.apps.staff.models import User


def invitation_letter(invitation: Invitation, by: User | None, at: datetime) -> Document:
    """Write the letter that invites a citizen to choose a time themself."""
    citizen, step = invitation.citizen, machine().steps[InvitationState.INVITED]
    with override(language_of(citizen)):
        deadline = last_day_of(InvitationState.INVITED, timezone.localdate(at))
        ways = ", ".join(str(Way(way).label) for way in invitation.ways)
        context: dict[str, str | date] = {
            "what": str(type_of(invitation.type).text),
            "until": deadline or timezone.localdate(at),
            "ways": ways,
            "law": machine().law_of(InvitationState.INVITED) if invitation.rule_id else "",
        }
        title = str(step.title)
    return write_letter(
        citizen=citizen, letter="choose_a_time", title=title, context=context, by=by, at=at
    )


def summons_letter(meeting: Meeting, by: User | None, at: datetime) -> Document:
    """Write the letter that calls a citizen to a day, with rights and whom to call."""
    citizen, starts_at = meeting.citizen, timezone.localtime(meeting.starts_at)
    with override(language_of(citizen)):
        place = meeting.place
        context: dict[str, str | date] = {
            "what": str(type_of(meeting.type).text),
            "day": starts_at.date(),
            "time": date_format(starts_at, "TIME_FORMAT"),
            "how": str(Way(meeting.way).label),
            "place": f"{place.name}, {place.address}" if place else "",
            "law": machine().law_of(InvitationState.SUMMONED),
            "address": link_to(meeting),
        }
        title = _("You are called to a talk")
    return write_letter(
        citizen=citizen, letter="summons", title=title, context=context, by=by, at=at
    )
