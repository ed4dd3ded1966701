"""When somebody or something is to be had (åbningstider): weekly hours, special hours, holidays.

Times are whole minutes since 1970 in UTC, so that a night in which the clock is turned is as long
as it is. Recurrence is expanded by dateutil; hours are those on the wall in Copenhagen.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from functools import lru_cache

import numpy as np
from dateutil.rrule import rrule, rrulestr
from numpy.typing import NDArray

from velvalgt.apps.meetings.choices import Opening
from velvalgt.apps.meetings.models import SpecialHours, WeeklyHours
from velvalgt.apps.staff.queries import is_working_day
from velvalgt.core.calendar import COPENHAGEN

SECONDS = 60
Minutes = NDArray[np.int64]
"""(n,) moments, or (n, 2) half-open periods, in minutes since 1970."""

NONE: Minutes = np.empty((0, 2), dtype=np.int64)
PLAIN = {"FREQ", "INTERVAL", "BYDAY", "WKST", "BYMONTHDAY", "BYSETPOS", "BYMONTH"}


class BadRecurrence(ValueError):
    """A recurrence that is not one of whole days."""


def minute(moment: datetime) -> int:
    """Give a moment in minutes since 1970."""
    return int(moment.timestamp()) // SECONDS


def first_minute(moment: datetime) -> int:
    """Give the first whole minute that is not before a moment."""
    return -(-int(moment.timestamp()) // SECONDS)


def moment(minutes: int) -> datetime:
    """Give minutes since 1970 as a moment in Copenhagen."""
    return datetime.fromtimestamp(int(minutes) * SECONDS, COPENHAGEN)


def check_recurrence(text: str) -> None:
    """See that a recurrence is one of whole days without an end of its own.

    Raises:
        BadRecurrence: it is not.
    """
    parts = [part.partition("=")[0].upper() for part in text.split(";")]
    if not set(parts) <= PLAIN or "FREQ" not in parts:
        raise BadRecurrence(text)
    try:
        rule = rrulestr(text, dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 - days, not moments
    except (ValueError, KeyError) as error:
        raise BadRecurrence(text) from error
    if not isinstance(rule, rrule):
        raise BadRecurrence(text)


@lru_cache(maxsize=8192)
def _days_of_year(recurrence: str, starts_on: date, year: int) -> tuple[date, ...]:
    begins = max(starts_on, date(year, 1, 1))
    rule = rrulestr(recurrence, dtstart=datetime.combine(starts_on, time()))
    days = rule.between(
        datetime.combine(begins, time()), datetime.combine(date(year, 12, 31), time()), inc=True
    )
    return tuple(day.date() for day in days if is_working_day(day.date()))


@lru_cache(maxsize=65536)
def _wall(day: date, at: time) -> int:
    """A time on the wall of a day; one that the clock jumps over is the moment after the jump."""
    return minute(datetime.combine(day, at, COPENHAGEN))


def weekly(hours: WeeklyHours, begins: date, ends: date) -> Minutes:
    """Give the periods of weekly hours between two days, the last one not included."""
    first, after = max(begins, hours.starts_on), min(ends, hours.ends_on or ends)
    periods = [
        (_wall(day, hours.opens), _wall(day, hours.closes))
        for year in range(first.year, after.year + 1)
        for day in _days_of_year(hours.recurrence, hours.starts_on, year)
        if first <= day < after
    ]
    return np.array(periods, dtype=np.int64).reshape(-1, 2)


def open_periods(
    hours: Iterable[WeeklyHours], special: Iterable[SpecialHours], begins: date, ends: date
) -> Minutes:
    """Give when one resource is to be had: the week and what is open besides, less what is closed.

    Args:
        hours: its weekly hours.
        special: its special hours, none of them taken back.
        begins: the first day.
        ends: the day after the last.

    Returns:
        (n, 2), in order, apart from each other.
    """
    told = list(special)
    parts = [weekly(each, begins, ends) for each in hours]
    parts += [_period(each) for each in told if each.opening == Opening.OPEN]
    closed = [_period(each) for each in told if each.opening == Opening.CLOSED]
    opened = merged(np.concatenate(parts)) if parts else NONE
    return without(opened, np.concatenate(closed)) if closed else opened


def _period(special: SpecialHours) -> Minutes:
    return np.array([[minute(special.starts_at), minute(special.ends_at)]], dtype=np.int64)


def merged(periods: Minutes) -> Minutes:
    """Join periods that touch or overlap, in order."""
    if len(periods) == 0:
        return NONE
    ordered = periods[np.argsort(periods[:, 0], kind="stable")]
    reach = np.maximum.accumulate(ordered[:, 1])
    begins_anew = np.r_[True, ordered[1:, 0] > reach[:-1]]
    first = np.flatnonzero(begins_anew)
    last = np.r_[first[1:] - 1, len(ordered) - 1]
    return np.stack([ordered[first, 0], reach[last]], axis=1)


def without(periods: Minutes, taken: Minutes) -> Minutes:
    """Take time out of periods that are in order and apart from each other."""
    busy = merged(taken)
    if len(periods) == 0 or len(busy) == 0:
        return periods
    edges = np.concatenate([periods.ravel(), busy.ravel()])
    steps = np.concatenate([np.tile([1, -1], len(periods)), np.tile([-2, 2], len(busy))])
    order = np.argsort(edges, kind="stable")
    at, level = edges[order], np.cumsum(steps[order])
    opens = np.flatnonzero((level[:-1] == 1) & (at[1:] > at[:-1]))
    return merged(np.stack([at[opens], at[opens + 1]], axis=1))


def length(periods: Minutes) -> int:
    """Give how many minutes some periods last together; what two of them share counts twice."""
    return int((periods[:, 1] - periods[:, 0]).sum())


def overlap(some: Minutes, others: Minutes) -> bool:
    """Say whether any of some periods shares time with any of others."""
    one, other = merged(some), merged(others)
    return length(merged(np.concatenate([one, other]))) < length(one) + length(other)
