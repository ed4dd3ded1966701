"""When one of the staff, or a team, is to be had: hours, absence, what these collide with."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

import numpy as np
from dateutil.rrule import rrulestr
from django.db.models import Exists, OuterRef, Q, QuerySet

from velvalgt.apps.meetings.choices import Opening, Purpose, Way
from velvalgt.apps.meetings.finding import free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.models import (
    Interpreter,
    Meeting,
    MeetingQuerySet,
    Place,
    Relation,
    SpecialHours,
    WeeklyHours,
)
from velvalgt.apps.meetings.openings import (
    length,
    merged,
    moment,
    open_periods,
)
from velvalgt.apps.meetings.types import MeetingType, types
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Membership, User
from velvalgt.apps.staff.queries import is_working_day
from velvalgt.core.calendar import midnight, monday_of

A_DAY = 24 * 60
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WEEKS_COMPARED = 12
"""Over so many weeks hours are added up: every second, third and fourth week comes out even."""
SATURDAY = 5
SHOWN_WAYS = (Way.OFFICE, Way.PHONE)
"""The ways that are reckoned beforehand: one that needs a room, and one that needs none."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """On which days of the week something comes back: 0 is Monday; every so many weeks."""

    days: tuple[int, ...]
    weeks: int


def pattern_of(recurrence: str) -> Pattern | None:
    """Read a recurrence that is of days of the week; None where it is of another kind."""
    parts = dict(part.split("=", 1) for part in recurrence.upper().split(";"))
    days = parts.get("BYDAY", "").split(",")
    is_weekly = parts["FREQ"] == "WEEKLY" and set(parts) <= {"FREQ", "INTERVAL", "BYDAY"}
    if not is_weekly or not set(days) <= set(DAYS):
        return None
    return Pattern(tuple(sorted(map(DAYS.index, days))), int(parts.get("INTERVAL", 1)))


def recurrence_of(days: Sequence[int], weeks: int) -> str:
    """Write a recurrence of days of the week, every so many weeks."""
    every = f";INTERVAL={weeks}" if weeks > 1 else ""
    return f"FREQ=WEEKLY{every};BYDAY={','.join(DAYS[day] for day in sorted(days))}"


def hours_of(resource: UUID, on: date) -> list[WeeklyHours]:
    """Give the weekly hours of somebody that hold on a day or later (træffetid)."""
    mine = WeeklyHours.objects.filter(resource=resource)
    in_force = mine.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
    return list(in_force.select_related("place", "unit").order_by("opens", "starts_on", "pk"))


def special_hours_of(resource: UUID, at: datetime) -> list[SpecialHours]:
    """Give absence and extra hours of somebody that are not over, the next ones first."""
    mine = SpecialHours.objects.filter(resource=resource, taken_back_at__isnull=True)
    return list(mine.filter(ends_at__gt=at).select_related("place").order_by("starts_at", "pk"))


def collisions(user_id: UUID, at: datetime) -> MeetingQuerySet:
    """Give the coming meetings of somebody for which they wrote that they are away."""
    away = SpecialHours.objects.filter(
        resource=user_id,
        opening=Opening.CLOSED,
        taken_back_at__isnull=True,
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
    )
    mine = Meeting.objects.standing().of_staff(user_id).filter(ends_at__gt=at)
    return mine.filter(Exists(away)).select_related("citizen").order_by("starts_at", "pk")


def hours_a_week(hours: Sequence[WeeklyHours], on: date) -> float:
    """Add up the hours of a usual week: what overlaps counts once, every second week half."""
    monday = monday_of(on)
    ends = datetime.combine(monday + timedelta(weeks=WEEKS_COMPARED), time())
    periods = [
        (
            day.toordinal() * A_DAY + _minutes(each.opens),
            day.toordinal() * A_DAY + _minutes(each.closes),
        )
        for each in hours
        if each.starts_on <= on
        for day in rrulestr(
            each.recurrence, dtstart=datetime.combine(each.starts_on, time())
        ).between(
            datetime.combine(max(monday, each.starts_on), time()),
            ends - timedelta(days=1),
            inc=True,
        )
    ]
    told = np.array(periods, dtype=np.int64).reshape(-1, 2)
    return length(merged(told)) / 60 / WEEKS_COMPARED


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def contracted_hours(user: User, unit_id: UUID, at: datetime) -> float | None:
    """Give for how many hours a week somebody works in a unit (deltid); None where not told."""
    here = Membership.objects.current(at).filter(user=user, unit_id=unit_id, role=Role.CASEWORKER)
    told = here.values_list("hours_week", flat=True).first()
    return float(told) if told is not None else None


def closed_days(begins: date, weeks: int) -> list[date]:
    """Give the weekdays within so many weeks on which the town hall is shut (helligdage)."""
    days = (begins + timedelta(days=number) for number in range(weeks * 7))
    return [day for day in days if day.weekday() < SATURDAY and not is_working_day(day)]


@dataclass(frozen=True, slots=True)
class In:
    """That somebody is in on a day, from when to when."""

    user: User
    periods: tuple[tuple[datetime, datetime], ...]


@dataclass(frozen=True, slots=True)
class DayOfTeam:
    """Who of a team is in on a day; who is not in is not named, and why is not known here."""

    on: date
    people: tuple[In, ...]


def week_of_team(unit_id: UUID, monday: date, at: datetime) -> list[DayOfTeam]:
    """Give who of a team is in on which weekday of a week."""
    members = Membership.objects.current(at).filter(unit_id=unit_id, role=Role.CASEWORKER)
    users = [each.user for each in members.select_related("user").order_by("user__name", "pk")]
    days = [monday + timedelta(days=number) for number in range(SATURDAY)]
    periods = _periods_of(users, unit_id, monday, monday + timedelta(days=SATURDAY))
    return [
        DayOfTeam(on, tuple(In(user, on_day) for user in users if (on_day := periods[user.pk, on])))
        for on in days
    ]


def _periods_of(
    users: Sequence[User], unit_id: UUID, begins: date, ends: date
) -> dict[tuple[UUID, date], tuple[tuple[datetime, datetime], ...]]:
    """When each of some users is in on each day, in two questions."""
    weeks, special = defaultdict(list), defaultdict(list)
    keys = [user.pk for user in users]
    for hours in WeeklyHours.objects.filter(resource__in=keys, unit_id=unit_id):
        weeks[hours.resource].append(hours)
    standing = SpecialHours.objects.filter(resource__in=keys, taken_back_at__isnull=True)
    for each in standing.filter(starts_at__date__lt=ends, ends_at__date__gte=begins):
        special[each.resource].append(each)
    found: dict[tuple[UUID, date], tuple[tuple[datetime, datetime], ...]] = defaultdict(tuple)
    for key in keys:
        for first, last in open_periods(weeks[key], special[key], begins, ends):
            period = moment(first), moment(last)
            found[key, period[0].date()] += (period,)
    return found


@dataclass(frozen=True, slots=True)
class DayOnOffer:
    """How many times a citizen can choose among on a day, in each of some ways."""

    on: date
    counts: tuple[tuple[Way, int], ...]


@dataclass(frozen=True, slots=True)
class OnOffer:
    """What citizens can book with somebody in a week."""

    type: MeetingType
    days: tuple[DayOnOffer, ...]


def on_offer(user_id: UUID, unit_id: UUID, monday: date, at: datetime) -> OnOffer | None:
    """Give what citizens can book with somebody in the week of a Monday; None: nothing ever."""
    found = (each for each in types().values() if _is_usual(each))
    usual = next(found, None)
    if usual is None:
        return None
    begins = max(at + timedelta(hours=usual.shortest_notice_hours), midnight(monday))
    ends = midnight(monday + timedelta(days=7))
    counted = {}
    for way in (way for way in SHOWN_WAYS if way in usual.ways):
        wanted = Wanted(usual, way, unit_id, caseworker_id=user_id)
        times = free_times(citizen=None, wanted=wanted, begins=begins, ends=ends)
        counted[way] = Counter(slot.starts_at.date() for slot in times.slots())
    days = [monday + timedelta(days=number) for number in range(7)]
    return OnOffer(
        usual,
        tuple(
            DayOnOffer(on, tuple((way, count[on]) for way, count in counted.items()))
            for on in days
            if on.weekday() < SATURDAY or any(count[on] for count in counted.values())
        ),
    )


def _is_usual(each: MeetingType) -> bool:
    is_theirs = "citizen" in each.booked_by and each.when != "first" and not each.groups
    return is_theirs and each.purpose == Purpose.INTERVIEW


def interpreters_of(citizen: Citizen) -> tuple[list[Interpreter], list[Interpreter]]:
    """Give the interpreters who may interpret for a citizen, and those who are close to them."""
    told = Interpreter.objects.filter(closed_on__isnull=True).order_by("name", "pk")
    close = set(Relation.objects.filter(citizen=citizen).values_list("interpreter_id", flat=True))
    every = list(told)
    return [x for x in every if x.pk not in close], [x for x in every if x.pk in close]


def open_places() -> QuerySet[Place]:
    """Give the places that are in use, by name."""
    return Place.objects.filter(closed_on__isnull=True).order_by("name", "pk")
