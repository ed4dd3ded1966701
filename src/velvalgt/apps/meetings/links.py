"""Signed links to one meeting (signeret link): to move it or call it off without signing in.

A link carries three keys and a signature; no name, no number. It opens one citizen's meeting until
that has ended or was called off. Who has it acts for the purpose `own_meeting`, for which the
database shows of all that is about citizens only what a meeting needs, and only that citizen's.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.meetings.refusals import LinkOver
from velvalgt.apps.meetings.types import type_of

SALT = "velvalgt.meeting-link"


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """Which meeting a link is to, and whose."""

    tenant_id: UUID
    citizen_id: UUID
    uid: UUID


def link_to(meeting: Meeting) -> str:
    """Give the address at which a citizen moves a meeting or calls it off without signing in."""
    keys = [meeting.tenant_id.hex, meeting.citizen_id.hex, meeting.uid.hex]
    path = reverse("site:meeting_link", args=[signing.dumps(keys, salt=SALT)])
    return f"{settings.SITE_ADDRESS.rstrip('/')}{path}"


def read_link(token: str) -> MeetingLink:
    """Read a link; the database is asked nothing.

    Raises:
        LinkOver: we did not sign it.
    """
    try:
        return MeetingLink(*(UUID(hex=key) for key in signing.loads(token, salt=SALT)))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise LinkOver from error


@contextmanager
def acting_by(link: MeetingLink) -> Iterator[None]:
    """Act as whoever has the link, in a transaction."""
    with acting(link.tenant_id, SYSTEM, Purpose.OWN_MEETING, citizen=link.citizen_id):
        yield


def meeting_by(link: MeetingLink, at: datetime) -> Meeting:
    """Give the meeting of a link as it is agreed now.

    Raises:
        LinkOver: it has ended, or was called off.
    """
    standing = Meeting.objects.standing().filter(citizen_id=link.citizen_id, uid=link.uid)
    meeting = standing.select_related("citizen", "unit").filter(ends_at__gt=at).first()
    if meeting is None:
        raise LinkOver
    return meeting


def may_move_by_link(meeting: Meeting, at: datetime) -> bool:
    """Say whether whoever has the link can move the meeting: the citizen books it, and in time."""
    meeting_type = type_of(meeting.type)
    notice = timedelta(hours=meeting_type.change_until_hours)
    return "citizen" in meeting_type.booked_by and meeting.starts_at >= at + notice


def was_called_off(link: MeetingLink) -> bool:
    """Say whether the meeting of a link was called off."""
    mine = Meeting.objects.filter(citizen_id=link.citizen_id, uid=link.uid)
    return mine.filter(cancellation__isnull=False).exists()
