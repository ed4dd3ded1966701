"""Busy times in a calendar file, read from an address or given as text.

Recurrence, exceptions and moved occurrences are the library's work; ours is what counts as busy,
and that a file of a few lines which repeats without end keeps nobody waiting.
"""

import re
import time as clock
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from typing import Any

import recurring_ical_events
from icalendar import Calendar
from icalendar.parser import Contentlines
from recurring_ical_events import CalendarQuery

from velvalgt.apps.meetings.busy import Access, Busy, CannotRead
from velvalgt.apps.meetings.busy.door import door
from velvalgt.apps.meetings.choices import Trouble
from velvalgt.apps.meetings.icalendars import OURS
from velvalgt.core.calendar import COPENHAGEN, midnight

MOST_SERIES = 500
"""Events that come back, in all that is read at once; an owner of years has some tens."""

MOST_PERIODS = 5_000
"""Busy times in the weeks that we look at; a full calendar has some hundreds."""

LONGEST = 10
"""Seconds that the reckoning of all occurrences may take, give or take one series."""

RULE = re.compile(r"(RRULE|EXRULE)\b", re.IGNORECASE)
TOO_OFTEN = re.compile(
    r"FREQ=(SECONDLY|MINUTELY|HOURLY)|BY(HOUR|MINUTE|SECOND)=[^;]*,", re.IGNORECASE
)
NO_CALENDAR = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RuntimeError)
"""What the libraries raise over a file that is none; a recursion without end is the last."""

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
        CannotRead: it is no calendar, or repeats more than anybody's calendar does.
    """
    return busy_in_all([text], begins, ends)


def busy_in_all(texts: Iterable[bytes | str], begins: datetime, ends: datetime) -> list[Busy]:
    """Give the busy times in several texts, which have the limits of one together.

    Raises:
        CannotRead: one is no calendar, or all repeat more than anybody's calendar does.
    """
    try:
        found = list(islice(_busy_of_all(texts, begins, ends), MOST_PERIODS + 1))
    except NO_CALENDAR as error:
        raise CannotRead(Trouble.NOT_A_CALENDAR) from error
    if len(found) > MOST_PERIODS:
        raise CannotRead(Trouble.TOO_LARGE)
    return sorted(found, key=lambda busy: (busy.starts_at, busy.ends_at))


def _busy_of_all(texts: Iterable[bytes | str], begins: datetime, ends: datetime) -> Iterator[Busy]:
    until, series = clock.monotonic() + LONGEST, 0
    for text in texts:
        series += _rules_in(text)
        if series > MOST_SERIES:
            raise CannotRead(Trouble.TOO_LARGE)
        calendars = Calendar.from_ical(text, multiple=True)
        if not calendars:
            raise CannotRead(Trouble.NOT_A_CALENDAR)
        for each in calendars:
            yield from _busy_of(each, begins, ends, until)


def _rules_in(text: bytes | str) -> int:
    """Count the rules of recurrence before anything reckons with them, those of zones as well."""
    lines = Contentlines.from_ical(text)  # type: ignore[no-untyped-call]
    rules = [line for line in lines if RULE.match(line)]
    if any(TOO_OFTEN.search(rule) for rule in rules):
        raise CannotRead(Trouble.TOO_LARGE)
    return len(rules)


def _busy_of(calendar: Any, begins: datetime, ends: datetime, until: float) -> Iterator[Busy]:
    if calendar.name != "VCALENDAR":
        raise CannotRead(Trouble.NOT_A_CALENDAR)
    for event in _occurrences(calendar, begins, ends, until):
        if _counts(event):
            yield from _within(event["DTSTART"].dt, event["DTEND"].dt, begins, ends)
    for told in calendar.walk("VFREEBUSY"):
        for starts_at, ends_at in _told_busy(told):
            yield from _within(starts_at, ends_at, begins, ends)


def _occurrences(calendar: Any, begins: datetime, ends: datetime, until: float) -> Iterator[Any]:
    """Each as it is asked for, so that whoever asks can stop; a bad series is left out."""
    for series in recurring_ical_events.of(calendar, skip_bad_series=True).series:
        with suppress(*CalendarQuery.suppressed_errors):
            for each in series.between(begins, ends):
                _see_that_it_is_not_late(until)
                yield each.as_component(keep_recurrence_attributes=False)
        _see_that_it_is_not_late(until)


def _see_that_it_is_not_late(until: float) -> None:
    if clock.monotonic() > until:
        raise CannotRead(Trouble.TOO_LARGE)


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
        return midnight(when)
    return when if when.tzinfo else when.replace(tzinfo=COPENHAGEN)
