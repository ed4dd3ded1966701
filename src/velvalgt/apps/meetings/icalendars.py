"""Meetings as a calendar writes them (kalenderfil): when and in what way, and nothing else.

Sources: RFC 5545 (iCalendar), RFC 5546 (how invitations are published and cancelled). A calendar
lies on telephones and at companies that we know nothing of. So it says "Meeting" and no more: no
name, no number, no address, no purpose.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from icalendar import Calendar, Event

from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Meeting
from velvalgt.core.calendar import COPENHAGEN

OURS = "@velvalgt"
"""How the lasting name of a meeting ends in every calendar; what ends so is not read back."""

REFRESHED = timedelta(minutes=30)
"""How often we ask calendars to read again; a starting value."""

SUMMER_TIME_SINCE = date(2020, 1, 1)
"""From when the rules of summer time are told; no meeting of ours is older."""


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting as a calendar needs it."""

    uid: UUID
    sequence: int
    starts_at: datetime
    ends_at: datetime
    way: Way
    is_cancelled: bool
    changed_at: datetime


def line_of(meeting: Meeting) -> Line:
    """Say of a meeting's last version what a calendar needs."""
    cancellation = getattr(meeting, "cancellation", None)
    return Line(
        uid=meeting.uid,
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        way=Way(meeting.way),
        is_cancelled=cancellation is not None,
        changed_at=cancellation.cancelled_at if cancellation else meeting.booked_at,
    )


def invitation_of(meeting: Meeting, at: datetime) -> bytes:
    """Write a meeting as a file for somebody's calendar (kalenderfil), in the language in force.

    Args:
        meeting: its last version; one that was called off takes the entry away again.
        at: when it is written.
    """
    line = line_of(meeting)
    event = _event(line, written_at=at)
    event.add("organizer", f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    return _written("CANCEL" if line.is_cancelled else "PUBLISH", [event])


def feed_of_lines(lines: Iterable[Line]) -> bytes:
    """Write meetings as a calendar to subscribe to; the same meetings give the same bytes."""
    return _written("PUBLISH", [_event(line, written_at=line.changed_at) for line in lines])


def _event(line: Line, *, written_at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{line.uid}{OURS}")
    # Calling off is the version after the last (RFC 5546, 2.1.4), so that no older one undoes it.
    event.add("sequence", line.sequence + line.is_cancelled)
    event.add("status", "CANCELLED" if line.is_cancelled else "CONFIRMED")
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("last-modified", line.changed_at.astimezone(UTC))
    event.add("dtstart", line.starts_at.astimezone(COPENHAGEN))
    event.add("dtend", line.ends_at.astimezone(COPENHAGEN))
    event.add("summary", _("Meeting"))
    event.add("location", _WHERE[line.way])
    event.add("class", "PRIVATE")
    event.add("url", settings.SITE_ADDRESS)
    return event


def _written(method: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Velvalgt//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add("name", _("Meetings"))
    calendar.add("x-wr-calname", _("Meetings"))
    calendar.add("refresh-interval", REFRESHED, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(event)
    calendar.add_missing_timezones(first_date=SUMMER_TIME_SINCE)
    return bytes(calendar.to_ical())


_WHERE = {
    Way.OFFICE: pgettext_lazy("where a meeting is", "at our office"),
    Way.PHONE: pgettext_lazy("where a meeting is", "telephone"),
    Way.VIDEO: pgettext_lazy("where a meeting is", "video"),
    Way.HOME: pgettext_lazy("where a meeting is", "another place"),
    Way.WALK: pgettext_lazy("where a meeting is", "another place"),
}
"""Where, as far as a calendar may know it; at home is nobody else's business."""
