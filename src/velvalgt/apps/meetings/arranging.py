"""Arranging when people can be met: weekly hours, absence, what is open besides."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

import numpy as np
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.meetings.choices import Opening, Way
from velvalgt.apps.meetings.holding import ask_for_earlier, lock
from velvalgt.apps.meetings.models import Place, SpecialHours, WeeklyHours
from velvalgt.apps.meetings.openings import (
    BadRecurrence,
    Minutes,
    check_recurrence,
    minute,
    overlap,
    weekly,
)
from velvalgt.apps.staff.models import Unit, User

A_YEAR = timedelta(days=366)
"""How far ahead two places are compared; whatever comes back has come back by then."""


class CannotArrange(Exception):
    """Hours that cannot be as they are written; the message says why, `field` where."""

    def __init__(self, words: str, field: str) -> None:
        self.field = field
        super().__init__(words)


@dataclass(frozen=True, slots=True)
class Week:
    """Hours that come back (træffetid): on which days, from when to when, where, in which ways."""

    recurrence: str
    opens: time
    closes: time
    starts_on: date
    place: Place | None = None
    ways: tuple[Way, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Besides:
    """A stretch of time open besides the week (ekstra træffetid): for whom, where, which ways."""

    unit: Unit
    starts_at: datetime
    ends_at: datetime
    place: Place | None = None
    ways: tuple[Way, ...] = field(default_factory=tuple)


@transaction.atomic
def give_hours(
    *,
    tenant_id: UUID,
    resource: UUID,
    unit: Unit | None,
    week: Week,
    by: User | None,
    at: datetime,
) -> WeeklyHours:
    """Write when somebody is to be had, week by week (træffetid). The same again is the same row.

    Args:
        tenant_id: whose.
        resource: the key of a user or an interpreter.
        unit: for which unit's citizens; None for an interpreter.
        week: the hours.
        by: who writes; None for a file.
        at: when.

    Raises:
        CannotArrange: they close before they open, the recurrence is not one of whole days, or
            they are in two places at once.
    """
    if week.closes <= week.opens:
        raise CannotArrange(_("Choose a time to close that is after the time to open."), "closes")
    try:
        check_recurrence(week.recurrence)
    except BadRecurrence as error:
        raise CannotArrange(_("Choose at least one day of the week."), "days") from error
    lock([resource])
    told = {
        "recurrence": week.recurrence,
        "starts_on": week.starts_on,
        "opens": week.opens,
        "closes": week.closes,
        "place": week.place,
        "ways": [way.value for way in week.ways],
        "unit": unit,
    }
    same = WeeklyHours.objects.filter(resource=resource, ends_on__isnull=True, **told)
    if (found := same.first()) is not None:
        return found
    hours = WeeklyHours(
        tenant_id=tenant_id, resource=resource, written_by=by, written_at=at, **told
    )
    ends = week.starts_on + A_YEAR
    _in_one_place(resource, week.place, weekly(hours, week.starts_on, ends), week.starts_on, ends)
    hours.save(force_insert=True)
    return hours


def _in_one_place(
    resource: UUID, place: Place | None, wished: Minutes, begins: date, ends: date
) -> None:
    """See that somebody is not in two places at once; where nothing is said of a place, it may be.

    Raises:
        CannotArrange: they are.
    """
    if place is None:
        return
    elsewhere = WeeklyHours.objects.filter(resource=resource, place__isnull=False)
    elsewhere = elsewhere.exclude(place=place).exclude(ends_on__lte=begins)
    opened = SpecialHours.objects.filter(
        resource=resource,
        opening=Opening.OPEN,
        taken_back_at__isnull=True,
        place__isnull=False,
        ends_at__date__gte=begins,
    ).exclude(place=place)
    told: Iterable[tuple[Place | None, Minutes]] = [
        *((each.place, weekly(each, begins, ends)) for each in elsewhere.select_related("place")),
        *((each.place, _stretch(each)) for each in opened.select_related("place")),
    ]
    for other, periods in told:
        if overlap(wished, periods):
            words = _("You have hours at %(place)s at the same time. End those first.")
            raise CannotArrange(words % {"place": other}, "place")


def _stretch(special: SpecialHours) -> Minutes:
    return np.array([[minute(special.starts_at), minute(special.ends_at)]], dtype=np.int64)


@transaction.atomic
def end_hours(*, hours: WeeklyHours, ends_on: date, at: datetime) -> WeeklyHours:
    """End weekly hours from a day on (ophøre). The second time nothing changes.

    What is booked after that day stands, until somebody moves it.

    Args:
        hours: which.
        ends_on: the first day without them.
        at: now.

    Raises:
        CannotArrange: the day is over, or lies before the hours began.
    """
    if ends_on < max(hours.starts_on, timezone.localdate(at)):
        words = _("Choose a last day that is not over, and not before they begin.")
        raise CannotArrange(words, "last_day")
    WeeklyHours.objects.filter(pk=hours.pk, ends_on__isnull=True).update(ends_on=ends_on)
    hours.refresh_from_db()
    return hours


@transaction.atomic
def open_besides(
    *, tenant_id: UUID, resource: UUID, besides: Besides, by: User | None, at: datetime
) -> SpecialHours:
    """Write that somebody is to be had besides the week (ekstra træffetid), also on a holiday.

    Whoever waits for an earlier time is asked whether they want it.

    Raises:
        CannotArrange: it ends before it begins, or they are in two places at once.
    """
    _after(besides.starts_at, besides.ends_at, "closes")
    lock([resource])
    told = {
        "opening": Opening.OPEN,
        "starts_at": besides.starts_at,
        "ends_at": besides.ends_at,
        "unit": besides.unit,
        "place": besides.place,
        "ways": [way.value for way in besides.ways],
    }
    day = timezone.localdate(besides.starts_at)
    draft = SpecialHours(
        tenant_id=tenant_id, resource=resource, written_by=by, written_at=at, **told
    )
    last = timezone.localdate(besides.ends_at) + timedelta(days=1)
    _in_one_place(resource, besides.place, _stretch(draft), day, last)
    opened = _once(draft)
    ask_for_earlier()
    return opened


@transaction.atomic
def be_away(
    *,
    tenant_id: UUID,
    resource: UUID,
    starts_at: datetime,
    ends_at: datetime,
    by: User | None,
    at: datetime,
) -> SpecialHours:
    """Write that somebody is away, or a room is shut (fravær); why is nobody's business here.

    What is booked meanwhile is not moved: `queries.collisions` tells of it, and a person decides.

    Raises:
        CannotArrange: it ends before it begins.
    """
    _after(starts_at, ends_at, "last_day")
    lock([resource])
    return _once(
        SpecialHours(
            tenant_id=tenant_id,
            resource=resource,
            opening=Opening.CLOSED,
            starts_at=starts_at,
            ends_at=ends_at,
            written_by=by,
            written_at=at,
        )
    )


def _after(starts_at: datetime, ends_at: datetime, field: str) -> None:
    if ends_at <= starts_at:
        raise CannotArrange(_("Choose an end that is after the beginning."), field)


def _once(draft: SpecialHours) -> SpecialHours:
    """Write special hours; a second click finds those of the first."""
    same = SpecialHours.objects.filter(
        resource=draft.resource,
        opening=draft.opening,
        starts_at=draft.starts_at,
        ends_at=draft.ends_at,
        place=draft.place,
        taken_back_at__isnull=True,
    ).first()
    if same is None:
        draft.save(force_insert=True)
    return same or draft


@transaction.atomic
def come_back(*, special: SpecialHours, at: datetime) -> SpecialHours:
    """Take back an absence or what was open besides (tilbagetrække). Once; then nothing changes.

    Whoever waits for an earlier time is asked whether they want what is free again.
    """
    SpecialHours.objects.filter(pk=special.pk, taken_back_at__isnull=True).update(taken_back_at=at)
    special.refresh_from_db()
    if special.opening == Opening.CLOSED:
        ask_for_earlier()
    return special
