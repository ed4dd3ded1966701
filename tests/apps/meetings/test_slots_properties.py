"""Whatever the hours, absences and meetings: what is offered is free, and what is free is offered.

The expected answer is reckoned another way than the program's: minute by minute, on the wall.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

import numpy as np
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world.meetings import COPENHAGEN, NOW, Office, at, wanted
from tests.world.meetings import weekly as hours_of
from tests.world.municipality import World
from velvalgt.apps.meetings.choices import Holding, Opening, Way
from velvalgt.apps.meetings.finding import FreeTimes, free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.models import (
    Hold,
    Meeting,
    Place,
    Relation,
    Room,
    SafetyNote,
    SpecialHours,
    WeeklyHours,
)  # fmt: skip
from velvalgt.apps.meetings.openings import (
    Minutes,
    merged,
    minute,
    moment,
    open_periods,
    overlap,
    weekly,
    without,
)  # fmt: skip
from velvalgt.apps.meetings.slots import QUARTER, candidates, fits, on_the_quarter
from velvalgt.apps.staff.queries import is_working_day

FAST = settings(max_examples=150, deadline=None)
ON_THE_DATABASE = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
A_DAY = 300
periods = st.lists(
    st.tuples(st.integers(0, A_DAY), st.integers(1, 90)).map(lambda told: (told[0], sum(told))),
    max_size=6,
).map(lambda told: np.array(told, dtype=np.int64).reshape(-1, 2))


def minutes_in(told: Minutes) -> set[int]:
    return {each for first, last in told for each in range(first, last)}


def lasts(free: set[int], start: int, length: int) -> bool:
    return all(each in free for each in range(start, start + length))


@FAST
@given(periods, periods)
def test_arithmetic_on_periods_is_that_of_their_minutes(some: Minutes, others: Minutes) -> None:
    joined = merged(some)
    rest = without(joined, others)

    assert minutes_in(joined) == minutes_in(some)
    assert minutes_in(rest) == minutes_in(some) - minutes_in(others)
    for found in (joined, rest):
        assert (found[1:, 0] > found[:-1, 1]).all()
        assert (found[:, 1] > found[:, 0]).all()
    assert overlap(some, others) == bool(minutes_in(some) & minutes_in(others))


@FAST
@given(periods, periods, st.integers(5, 60), st.integers(0, 20))
def test_every_gap_long_enough_is_offered_once_at_least_and_nothing_else(
    staff: Minutes, citizen: Minutes, length: int, buffer: int
) -> None:
    mine, theirs = merged(staff), merged(citizen)
    starts = candidates([mine], [theirs])
    free = (fits(mine, starts, length + buffer) & fits(theirs, starts, length))[None, :]
    offered = set(starts[on_the_quarter(free, starts)[0]].tolist()) if len(starts) else set()

    works, there = minutes_in(mine), minutes_in(theirs)
    possible = {
        start
        for start in range(A_DAY + 91)
        if lasts(works, start, length + buffer) and lasts(there, start, length)
    }
    assert offered <= possible
    assert {start for start in possible if start % QUARTER == 0} <= offered
    gaps = [start for start in possible if start - 1 not in possible]
    for begins in gaps:
        ends = begins
        while ends + 1 in possible:
            ends += 1
        assert any(begins <= start <= ends for start in offered)


def week_of(recurrence: str, starts_on: date, opens: int = 9, closes: int = 15) -> WeeklyHours:
    return WeeklyHours(
        resource=uuid4(), recurrence=recurrence, starts_on=starts_on,
        opens=time(opens), closes=time(closes), ways=[],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after"),
    [(date(2027, 3, 25), date(2027, 3, 30)), (date(2026, 10, 22), date(2026, 10, 29))],
)
def test_hours_are_those_on_the_wall_on_both_sides_of_the_turned_clock(
    before: date, after: date
) -> None:
    hours = week_of("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", before)

    told = weekly(hours, before, after + timedelta(days=1))

    walls = {(moment(first).time(), moment(last).time()) for first, last in told}
    assert walls == {(time(9), time(15))}
    zones = {moment(first).utcoffset() for first, _ in told}
    assert len(zones) == (2 if is_working_day(before) and is_working_day(after) else len(zones))


def test_a_night_in_which_the_clock_is_turned_is_as_long_as_it_is() -> None:
    longer, shorter = (
        [
            minute(datetime(*day, 0, tzinfo=COPENHAGEN)),
            minute(datetime(*day, 12, tzinfo=COPENHAGEN)),
        ]
        for day in ((2026, 10, 25), (2027, 3, 28))
    )

    assert longer[1] - longer[0] == 13 * 60
    assert shorter[1] - shorter[0] == 11 * 60


@FAST
@given(
    st.sets(st.integers(0, 4), min_size=1),
    st.integers(1, 4),
    st.dates(date(2026, 1, 1), date(2027, 6, 1)),
    st.integers(0, 400),
)
def test_every_so_many_weeks_keeps_its_phase_over_new_year(
    days: set[int], weeks: int, starts_on: date, later: int
) -> None:
    names = ("MO", "TU", "WE", "TH", "FR")
    by_day = ",".join(names[day] for day in days)
    hours = week_of(f"FREQ=WEEKLY;INTERVAL={weeks};BYDAY={by_day}", starts_on)
    begins = starts_on + timedelta(days=later - 20)

    told = weekly(hours, begins, begins + timedelta(days=60))

    first_monday = starts_on - timedelta(days=starts_on.weekday())
    expected = [
        day
        for day in (begins + timedelta(days=number) for number in range(60))
        if day >= starts_on
        and day.weekday() in days
        and (day - first_monday).days // 7 % weeks == 0
        and is_working_day(day)
    ]
    assert [moment(first).date() for first, _ in told] == expected


@FAST
@given(st.dates(date(2026, 1, 1), date(2028, 12, 1)))
def test_a_holiday_is_shut_unless_somebody_opens_it(on: date) -> None:
    hours = week_of("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", date(2025, 1, 1))
    opens = SpecialHours(
        opening=Opening.OPEN,
        starts_at=datetime.combine(on, time(10), COPENHAGEN),
        ends_at=datetime.combine(on, time(12), COPENHAGEN),
    )
    tomorrow = on + timedelta(days=1)

    usual = open_periods([hours], [], on, tomorrow)
    special = open_periods([hours], [opens], on, tomorrow)

    assert len(usual) == is_working_day(on)
    assert minutes_in(special) >= minutes_in(open_periods([], [opens], on, tomorrow))


# On the database: a week of a real office, told at random.

THURSDAY = st.tuples(st.integers(9 * 60, 14 * 60 + 45), st.integers(5, 90))


@dataclass(frozen=True, slots=True)
class Told:
    """What keeps people and rooms busy on one Thursday: minutes after midnight and how long."""

    tine: list[tuple[int, int]]
    hans: list[tuple[int, int]]
    citizen: list[tuple[int, int]]
    small: list[tuple[int, int]]
    large: list[tuple[int, int]]
    away: list[tuple[int, int]]
    shut: list[tuple[int, int]]


def few(most: int) -> st.SearchStrategy[list[tuple[int, int]]]:
    return st.lists(THURSDAY, max_size=most)


TOLD = st.builds(Told, few(4), few(4), few(2), few(3), few(3), few(1), few(1))
NOTES = st.sampled_from([(False, False), (True, False), (False, True), (True, True)])


class Rollback(Exception):
    """Leave the world as it was for the next example."""


@contextmanager
def for_a_moment() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Rollback
    except Rollback:
        pass


def span(told: tuple[int, int]) -> tuple[datetime, datetime]:
    begins = at(26, 0) + timedelta(minutes=told[0])
    return begins, begins + timedelta(minutes=told[1])


def minutes_of(told: list[tuple[int, int]]) -> set[int]:
    return {each for first, lasting in told for each in range(first, first + lasting)}


def hold(world: World, kind: Holding, resource: UUID, told: list[tuple[int, int]]) -> None:
    """Keep something busy, by one meeting of somebody who is nobody's concern here."""
    taken: set[int] = set()
    for each in told:
        if taken & minutes_of([each]):
            continue
        taken |= minutes_of([each])
        begins, ends = span(each)
        other = Meeting.objects.create(
            tenant_id=world.tenant.pk, citizen=world.elsewhere, type="interview",
            starts_at=begins, ends_at=ends, way=Way.PHONE, unit=world.team,
            caseworker=world.tine, booked_at=NOW,
        )  # fmt: skip
        Hold.objects.create(
            tenant_id=world.tenant.pk, resource=resource, kind=kind, starts_at=begins,
            ends_at=ends, meeting=other,
        )  # fmt: skip


def away(world: World, resource: UUID, told: list[tuple[int, int]]) -> None:
    for begins, ends in map(span, told):
        SpecialHours.objects.create(
            tenant_id=world.tenant.pk, resource=resource, opening=Opening.CLOSED,
            starts_at=begins, ends_at=ends, written_at=NOW,
        )  # fmt: skip


def note(world: World, needs_two: bool, needs_alarm: bool) -> None:
    if needs_two or needs_alarm:
        SafetyNote.objects.create(
            tenant_id=world.tenant.pk, citizen=world.joern, needs_two=needs_two,
            needs_alarm=needs_alarm, why_sealed=b"sealed", review_on=date(2026, 12, 1),
            ends_on=date(2027, 1, 1), written_by=world.tine, written_at=NOW,
        )  # fmt: skip


def on_thursday(world: World, way: Way = Way.OFFICE, **more: object) -> FreeTimes:
    return free_times(
        citizen=world.joern, wanted=wanted(world, way, **more), begins=at(26, 0), ends=at(27, 0)
    )


def first_taken(told: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those that `hold` takes: what overlaps an earlier one is left out."""
    kept: list[tuple[int, int]] = []
    for each in told:
        if not minutes_of(kept) & minutes_of([each]):
            kept.append(each)
    return kept


class Expected:
    """Who could hold a talk at the office when, reckoned minute by minute."""

    def __init__(self, world: World, office: Office, told: Told, needs: tuple[bool, bool]) -> None:
        opened, always = set(range(9 * 60, 15 * 60)), set(range(24 * 60))
        self.staff = {
            world.tine.pk: opened - minutes_of(first_taken(told.tine)) - minutes_of(told.away),
            office.hans.pk: opened - minutes_of(first_taken(told.hans)),
        }
        self.rooms = [always - minutes_of(first_taken(told.large)) - minutes_of(told.shut)]
        self.needs_two, needs_alarm = needs
        if not needs_alarm:
            self.rooms.append(always - minutes_of(first_taken(told.small)))
        self.citizen = always - minutes_of(first_taken(told.citizen))

    def at(self, start: int) -> set[UUID]:
        """The staff who can begin a talk of 45 minutes then, with a quarter for themselves."""
        able = {key for key, free in self.staff.items() if lasts(free, start, 45 + 15)}
        has_room = any(lasts(free, start, 45) for free in self.rooms)
        fits_all = has_room and lasts(self.citizen, start, 45) and len(able) > self.needs_two
        return able if fits_all else set()

    def gap(self, key: UUID, begins: int) -> list[int]:
        """The moments of the gap that begins then."""
        moments = [begins]
        while key in self.at(moments[-1] + 1):
            moments.append(moments[-1] + 1)
        return moments


def tell(world: World, office: Office, told: Told, needs: tuple[bool, bool]) -> None:
    hold(world, Holding.STAFF, world.tine.pk, told.tine)
    hold(world, Holding.STAFF, office.hans.pk, told.hans)
    hold(world, Holding.ROOM, office.small.pk, told.small)
    hold(world, Holding.ROOM, office.large.pk, told.large)
    hold(world, Holding.CITIZEN, world.joern.pk, told.citizen)
    away(world, world.tine.pk, told.away)
    away(world, office.large.pk, told.shut)
    note(world, *needs)


@ON_THE_DATABASE
@given(told=TOLD, needs=NOTES)
def test_what_is_offered_at_an_office_is_what_is_free_minute_by_minute(
    world: World, office: Office, told: Told, needs: tuple[bool, bool]
) -> None:
    with world.building(), for_a_moment():
        tell(world, office, told, needs)
        times = on_thursday(world)
    offered = {
        (slot.starts_at - at(26, 0)).seconds // 60: set(slot.staff) for slot in times.slots()
    }
    expected = Expected(world, office, told, needs)

    assert all(staff <= expected.at(start) for start, staff in offered.items())
    assert all(times.ways_to_hold(slot.starts_at) for slot in times.slots())
    for start in range(0, 24 * 60, QUARTER):
        assert offered.get(start, set()) == expected.at(start)
    for key in expected.staff:
        possible = [start for start in range(24 * 60) if key in expected.at(start)]
        for begins in (start for start in possible if key not in expected.at(start - 1)):
            assert any(key in offered.get(each, ()) for each in expected.gap(key, begins))


def only_until_eleven(world: World, resource: UUID, **hours: object) -> None:
    WeeklyHours.objects.filter(resource=resource).update(ends_on=date(2026, 1, 1))
    hours_of(world.tenant, resource, closes=time(11), **hours)


def test_two_places_are_kept_apart_and_a_room_is_one_of_the_place(
    world: World, office: Office
) -> None:
    with world.building():
        harbour = Place.objects.create(
            tenant_id=world.tenant.pk, code="havn", name="Havnen", address="Kajen 2"
        )
        quay = Room.objects.create(tenant_id=world.tenant.pk, code="kaj", place=harbour, name="Kaj")
        only_until_eleven(world, world.tine.pk, unit=world.team, place=office.place, ways=[*Way])
        hours_of(
            world.tenant, world.tine.pk, unit=world.team, place=harbour, ways=[*Way],
            opens=time(12), closes=time(15),
        )  # fmt: skip
    with world.as_tine():
        times = on_thursday(world, caseworker_id=world.tine.pk)
        begun = {slot.starts_at for slot in times.slots()}
        held = {each.room_id for start in begun for each in times.ways_to_hold(start)}
        after_noon = times.ways_to_hold(at(26, 12))

    assert at(26, 10, 15) not in begun
    assert {at(26, 10), at(26, 12), at(26, 14)} <= begun
    assert {each.room_id for each in after_noon} == {quay.pk}
    assert held == {office.small.pk, office.large.pk, quay.pk}


def test_a_video_meeting_takes_a_video_room_where_there_is_one_and_else_none(
    world: World, office: Office
) -> None:
    with world.as_tine():
        assert {
            each.room_id for each in on_thursday(world, Way.VIDEO).ways_to_hold(at(26, 10))
        } == {None}
    with world.building():
        Room.objects.filter(pk=office.large.pk).update(has_video=True)
        away(world, office.large.pk, [(10 * 60, 60)])
    with world.as_tine():
        times = on_thursday(world, Way.VIDEO)
        assert times.ways_to_hold(at(26, 10)) == []
        assert {each.room_id for each in times.ways_to_hold(at(26, 11))} == {office.large.pk}


def test_the_last_time_before_the_windows_end_keeps_the_buffer_of_the_staff(
    world: World, office: Office
) -> None:
    only_tine: Wanted = wanted(world, Way.PHONE, caseworker_id=world.tine.pk)
    with world.building():
        hold(world, Holding.STAFF, world.tine.pk, [(11 * 60, 30)])
    with world.as_tine():
        times = free_times(citizen=world.joern, wanted=only_tine, begins=at(26, 9), ends=at(26, 11))

    assert [slot.starts_at for slot in times.slots()][-1] == at(26, 10)


def test_a_window_that_begins_within_a_minute_begins_with_the_next_one(
    world: World, office: Office
) -> None:
    short = wanted(world, Way.PHONE, "short_call", caseworker_id=world.tine.pk)
    with world.building():
        hold(world, Holding.STAFF, world.tine.pk, [(9 * 60 + 21, 200)])
    with world.as_tine():
        times = free_times(
            citizen=world.joern,
            wanted=short,
            begins=at(26, 9).replace(second=10),
            ends=at(26, 10),
        )

    assert [slot.starts_at for slot in times.slots()] == [at(26, 9, 1)]


def test_with_nobody_in_particular_the_same_times_are_free(world: World, office: Office) -> None:
    with world.as_tine():
        anybody = free_times(citizen=None, wanted=wanted(world), begins=at(26, 0), ends=at(27, 0))
        assert anybody.slots() == on_thursday(world).slots()


def test_an_interpreter_has_hours_of_their_own_and_is_nobody_close(
    world: World, office: Office
) -> None:
    with world.building():
        only_until_eleven(world, office.interpreter.pk)
    with world.as_tine():
        arabic = {slot.starts_at for slot in on_thursday(world, language="ar").slots()}
        assert max(arabic) == at(26, 9, 45)
        Relation.objects.create(
            tenant_id=world.tenant.pk, citizen=world.joern, interpreter=office.interpreter,
            told_at=NOW,
        )  # fmt: skip
        assert on_thursday(world, language="ar").slots() == []


def test_at_home_two_come_and_where_an_alarm_is_needed_nobody_does(
    world: World, office: Office
) -> None:
    with world.building():
        note(world, needs_two=True, needs_alarm=False)
        away(world, office.hans.pk, [(9 * 60, 120)])
    with world.as_tine():
        home = on_thursday(world, Way.HOME, caseworker_id=world.tine.pk)
        assert min(slot.starts_at for slot in home.slots()) == at(26, 11)
        assert home.ways_to_hold(at(26, 11))[0].second_id == office.hans.pk
        assert at(26, 9) in {slot.starts_at for slot in on_thursday(world, Way.PHONE).slots()}
    with world.building():
        note(world, needs_two=False, needs_alarm=True)
    with world.as_tine():
        assert on_thursday(world, Way.HOME).slots() == []
        assert on_thursday(world, Way.WALK).slots() == []
