"""Giving a meeting its video room (videorum), and showing the way in when it is time."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.services import one_at_a_time
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Meeting, VideoLink
from velvalgt.apps.meetings.video import VideoProvider
from velvalgt.apps.meetings.video.jitsi import Jitsi
from velvalgt.apps.meetings.video.opening import closes_at, opens_at
from velvalgt.apps.meetings.video.pasted import Pasted
from velvalgt.apps.meetings.video.recorded import Recorded
from velvalgt.apps.staff.models import User

LONGEST = 500


class NoVideoLink(Exception):
    """A link that leads into no video room; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class Video:
    """A meeting's video room as one party sees it.

    `address` is "" until it is time, and where the meeting has no room yet.
    """

    has_room: bool
    opens_at: datetime
    closes_at: datetime
    is_over: bool
    address: str


@transaction.atomic
def give_video_link(*, meeting: Meeting, address: str, by: User, at: datetime) -> VideoLink:
    """Paste the link of a meeting's video room; the newest holds. Twice the same is once.

    Raises:
        NoVideoLink: it is not a link by https, or the meeting is not held by video.
    """
    link = _checked(meeting, address.strip())
    one_at_a_time(meeting.citizen_id)
    newest = VideoLink.objects.filter(citizen_id=meeting.citizen_id, uid=meeting.uid)
    before = newest.order_by("-given_at", "-pk").first()
    if before is not None and before.address == link:
        return before
    return VideoLink.objects.create(
        tenant_id=meeting.tenant_id,
        citizen_id=meeting.citizen_id,
        uid=meeting.uid,
        address=link,
        given_by=by,
        given_at=at,
    )


def video_of(meeting: Meeting, at: datetime, *, is_staff: bool) -> Video | None:
    """Show somebody the way into a meeting's video room; None where it is held in another way.

    A link that was pasted comes before a room of our own, for whoever pasted it meant it.

    Args:
        meeting: as it stands.
        at: now; the address is shown from a quarter before the meeting until its end.
        is_staff: whether one of the staff looks, who leads the meeting.
    """
    if meeting.way != Way.VIDEO:
        return None
    room = Pasted().room(meeting, is_staff=is_staff) or _room_of_ours(meeting, is_staff)
    is_open = opens_at(meeting) <= at < closes_at(meeting)
    return Video(
        has_room=bool(room),
        opens_at=opens_at(meeting),
        closes_at=closes_at(meeting),
        is_over=at >= closes_at(meeting),
        address=room if is_open else "",
    )


def _room_of_ours(meeting: Meeting, is_staff: bool) -> str:
    provider = _provider()
    return provider.room(meeting, is_staff=is_staff) if provider else ""


def _provider() -> VideoProvider | None:
    if settings.VIDEO == "recorded":
        return Recorded()
    if settings.VIDEO:
        return Jitsi(settings.VIDEO, settings.VIDEO_APP, settings.VIDEO_SECRET)
    return None


def _checked(meeting: Meeting, address: str) -> str:
    if meeting.way != Way.VIDEO:
        raise NoVideoLink(_("This meeting is not held by video."))
    try:
        parts = urlsplit(address)
        is_link = parts.scheme == "https" and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        is_link = False
    if not is_link or any(sign.isspace() for sign in address):
        raise NoVideoLink(_("Paste the whole link. It begins with https://"))
    if len(address) > LONGEST:
        raise NoVideoLink(_("The link is too long. At most 500 signs are kept."))
    return address
