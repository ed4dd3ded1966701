"""Busy times in a calendar file, read from an address or given as text.

Recurrence, exceptions and moved occurrences are the library's work; ours is what counts as busy.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import recurring_ical_events
from icalendar import Calendar

from velvalgt.apps.meetings.busy import Access, Busy, CannotRead
from velvalgt.apps.meetings.busy.door import door
from velvalgt.apps.meetings.choices import Trouble
from velvalgt.apps.meetings.icalendars import OURS
from velvalgt.apps.meetings.openings import COPENHAGEN

TOO_OFTEN = {"SECONDLY", "MINUTELY"}
UNAUTHORIZED = 401


class Ics:
    """A calendar that lies at an address as one file."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def busy(self, begins: datetime, ends: datetime) -> list[Busy]:
        """Read the file, and give the busy times in it that touch a stretch of time."""
        login = (self.access.user, self.access.password) if self.access.user else None
        with door() as session:
            response = session.request("GET", self.access.address, auth=login)
        if response.status_code == UNAUTHORIZED:
            raise CannotRead(Trouble.REFUSED)
        if not response.ok:
            raise CannotRead(Trouble.UNREACHABLE)
        return busy_in(response.content or b"", begins, ends)


def busy_in(text: bytes | str, begins: datetime, ends: datetime) -> list[Busy]:
    """Give the busy times in a calendar's text that touch a stretch of time.

    What is free, called off, or a meeting of our own that came back, is not busy. A day without
    hours is busy from midnight to midnight.

    Raises:
        CannotRead: it is no calendar, or repeats something every minute.
    """
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        found = [busy for each in calendars for busy in _busy_of(each, begins, ends)]
    except CannotRead:
        raise
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
        raise CannotRead(Trouble.NOT_A_CALENDAR) from error
    if not calendars:
        raise CannotRead(Trouble.NOT_A_CALENDAR)
    return sorted(found, key=lambda busy: (busy.starts_at, busy.ends_at))


def _busy_of(calendar: Any, begins: datetime, ends: datetime) -> Iterator[Busy]:
    if calendar.name != "VCALENDAR":
        raise CannotRead(Trouble.NOT_A_CALENDAR)
    for event in calendar.walk("VEVENT"):
        if TOO_OFTEN & {str(each).upper() for each in _freq(event)}:
            raise CannotRead(Trouble.TOO_LARGE)
    for event in recurring_ical_events.of(calendar, skip_bad_series=True).between(begins, ends):
        if _counts(event):
            yield from _within(event["DTSTART"].dt, event["DTEND"].dt, begins, ends)
    for told in calendar.walk("VFREEBUSY"):
        for starts_at, ends_at in _told_busy(told):
            yield from _within(starts_at, ends_at, begins, ends)


def _freq(event: Any) -> list[str]:
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    return [freq for rule in rules for freq in rule.get("FREQ", [])]


def _counts(event: Any) -> bool:
    is_free = str(event.get("TRANSP", "")).upper() == "TRANSPARENT"
    is_free |= str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() == "FREE"
    is_off = str(event.get("STATUS", "")).upper() == "CANCELLED"
    return not is_free and not is_off and not str(event.get("UID", "")).endswith(OURS)


def _told_busy(told: Any) -> Iterator[tuple[datetime, datetime]]:
    """The periods of a free-and-busy list, but for those that it calls free."""
    lists = told.get("FREEBUSY", [])
    for each in lists if isinstance(lists, list) else [lists]:
        if each.params.get("FBTYPE", "BUSY").upper() != "FREE":
            yield each.start, each.end


def _within(starts_at: date, ends_at: date, begins: datetime, ends: datetime) -> Iterator[Busy]:
    first, last = max(_moment(starts_at), begins), min(_moment(ends_at), ends)
    if first < last:
        yield Busy(first, last)


def _moment(when: date) -> datetime:
    """A day begins at midnight here; a time without a zone is on the wall here."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time(), COPENHAGEN)
    return when if when.tzinfo else when.replace(tzinfo=COPENHAGEN)
