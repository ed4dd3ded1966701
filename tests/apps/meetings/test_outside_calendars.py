"""Busy times at a real calendar server keep staff from being booked; nothing else is kept."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from icalendar import Calendar, Event

from tests.apps.meetings.test_booking import ALL, book, staff
from tests.world import radicale
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from tests.world.radicale import PASSWORD, USER, Radicale
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings import outside, queries, services, tasks
from velvalgt.apps.meetings.busy import Busy, CannotRead
from velvalgt.apps.meetings.choices import CalendarKind, Trouble, Way, WhyCancelled
from velvalgt.apps.meetings.gathering import LONGEST
from velvalgt.apps.meetings.models import CalendarReading, Hold, Meeting, OutsideCalendar

HERE = ("127.0.0.1", "127.0.0.0/8")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Radicale]:
    with radicale.listening(tmp_path_factory.mktemp("radicale")) as listening:
        yield listening


@pytest.fixture
def calendar(server: Radicale, settings: Any) -> Iterator[Radicale]:
    """The server's calendar, empty; the installation names the host and its net."""
    settings.CALENDAR_HOSTS = HERE
    yield server
    for each in server.calendar().events():
        each.delete()


def added(world: World, server: Radicale, password: str = PASSWORD) -> OutsideCalendar:
    access = services.Access(server.address, USER, password)
    with world.as_tine():
        return services.add_calendar(kind=CalendarKind.CALDAV, access=access, by=world.tine, at=NOW)


def read(world: World, calendar: OutsideCalendar) -> CalendarReading:
    """As the worker does at the world's moment."""
    with as_role("worker"), acting(world.tenant.pk, "system", Purpose.CASE_WORK):
        try:
            busy = outside.busy_of(calendar, NOW)
        except CannotRead as error:
            outside.note_trouble(calendar=calendar, trouble=error.trouble, at=NOW)
        else:
            outside.keep_busy(calendar=calendar, busy=busy, at=NOW)
        return CalendarReading.objects.get(calendar=calendar)


def starts_with_tine(world: World, day: int) -> list[int]:
    """The hours at which a talk with Tine is on offer on a day in November."""
    asked = wanted(world, Way.PHONE, caseworker_id=world.tine.pk)
    with world.as_tine():
        free = queries.free_times(
            citizen=world.joern, wanted=asked, begins=at(day, 0), ends=at(day, 23)
        )
    return sorted({slot.starts_at.hour for slot in free.slots()})


def keep(world: World, calendar: OutsideCalendar, *busy: Busy) -> None:
    with as_role("worker"), acting(world.tenant.pk, "system", Purpose.CASE_WORK):
        outside.keep_busy(calendar=calendar, busy=busy, at=NOW)


def holds(calendar: OutsideCalendar) -> dict[UUID, tuple[datetime, datetime]]:
    held = Hold.objects.in_force().filter(calendar=calendar).order_by("starts_at")
    return {hold.pk: (hold.starts_at, hold.ends_at) for hold in held}


def test_an_event_blocks_its_time_and_frees_it_when_it_is_deleted(
    world: World, office: Office, calendar: Radicale
) -> None:
    event = calendar.calendar().add_event(
        dtstart=at(25, 10), dtend=at(25, 14), summary="Tandlæge", uid="tand"
    )
    mine = added(world, calendar)

    assert read(world, mine).trouble == ""
    assert starts_with_tine(world, 25) == [9, 14]
    assert starts_with_tine(world, 26) == [9, 10, 11, 12, 13, 14]
    event.delete()
    read(world, mine)
    assert starts_with_tine(world, 25) == [9, 10, 11, 12, 13, 14]


def test_an_event_that_comes_back_each_week_blocks_each_but_the_one_called_off(
    world: World, office: Office, calendar: Radicale
) -> None:
    calendar.calendar().add_event(
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:kor\r\n"
        "DTSTAMP:20261101T000000Z\r\nSUMMARY:Kor\r\nDTSTART;TZID=Europe/Copenhagen:20261104T120000\r\n"
        "DTEND;TZID=Europe/Copenhagen:20261104T150000\r\nRRULE:FREQ=DAILY\r\n"
        "EXDATE;TZID=Europe/Copenhagen:20261126T120000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    mine = added(world, calendar)
    read(world, mine)

    assert starts_with_tine(world, 25) == [9, 10, 11]
    assert starts_with_tine(world, 26) == [9, 10, 11, 12, 13, 14]


def test_a_wrong_password_is_told_in_our_words_and_what_was_known_still_holds(
    world: World, office: Office, calendar: Radicale
) -> None:
    calendar.calendar().add_event(dtstart=at(25, 10), dtend=at(25, 14), summary="x", uid="x")
    mine = added(world, calendar)
    read(world, mine)
    with as_role("worker"), acting(world.tenant.pk, "system", Purpose.CASE_WORK):
        other = outside.seal(
            f'{{"address": "{calendar.address}", "user": "tine", "password": "forkert"}}',
            pk=mine.pk,
            **outside.PLACE,
        )
    mine.access_sealed = other

    reading = read(world, mine)
    assert (reading.trouble, reading.succeeded_at) == (Trouble.REFUSED, NOW)
    assert starts_with_tine(world, 25) == [9, 14]


def test_our_invitation_at_a_calendar_server_is_replaced_by_its_next_version(
    tine: World, calendar: Radicale
) -> None:
    meeting = book(tine, tine.joern)
    theirs = calendar.calendar()

    def put(version: Meeting) -> Event:
        invitation = Calendar.from_ical(queries.invitation_of(version, NOW))
        invitation.pop("METHOD")  # the one thing that a stored calendar may not have (RFC 4791)
        address = f"{calendar.address}{meeting.uid}.ics"
        theirs.client.put(address, invitation.to_ical().decode(), {"Content-Type": "text/calendar"})
        stored = theirs.event_by_uid(f"{meeting.uid}@velvalgt")
        (event,) = Calendar.from_ical(stored.data).walk("VEVENT")
        return event

    assert put(meeting)["DTSTART"].dt == at(25, 10)
    moved = services.move(
        meeting=meeting,
        wanted=wanted(tine, Way.PHONE),
        starts_at=at(26, 9),
        permitted=ALL,
        hand=staff(tine),
    )
    second = put(moved)
    assert (second["SEQUENCE"], second["DTSTART"].dt) == (1, at(26, 9))
    services.cancel(meeting=moved, why=WhyCancelled.US, hand=staff(tine))
    moved.refresh_from_db()
    assert put(moved)["STATUS"] == "CANCELLED"
    assert len(theirs.events()) == 1


def test_our_own_meeting_that_comes_back_from_a_calendar_is_not_busy_time(
    tine: World, calendar: Radicale
) -> None:
    meeting = book(tine, tine.joern, wanted=wanted(tine, caseworker_id=tine.tine.pk))
    invitation = Calendar.from_ical(queries.invitation_of(meeting, NOW))
    invitation.pop("METHOD")
    calendar.calendar().add_event(invitation.to_ical().decode())
    access = services.Access(calendar.address, USER, PASSWORD)
    mine = services.add_calendar(kind=CalendarKind.CALDAV, access=access, by=tine.tine, at=NOW)

    assert outside.busy_of(mine, NOW) == []


def test_what_has_not_changed_is_left_as_it_is(
    world: World, office: Office, calendar: Radicale
) -> None:
    mine = added(world, calendar)
    dentist, choir = Busy(at(25, 10), at(25, 12)), Busy(at(26, 10), at(26, 12))
    keep(world, mine, dentist, choir)
    with world.as_tine():
        first = holds(mine)
    keep(world, mine, dentist, Busy(at(27, 10), at(27, 12)))

    with world.as_tine():
        second = holds(mine)
    assert list(second.values()) == [(at(25, 10), at(25, 12)), (at(27, 10), at(27, 12))]
    assert len(first.keys() & second.keys()) == 1


def test_a_booked_meeting_keeps_its_time_and_its_owner_is_told_how_many(
    world: World, office: Office, calendar: Radicale
) -> None:
    with world.as_tine():
        book(world, world.joern, wanted=wanted(world, caseworker_id=world.tine.pk))
    mine = added(world, calendar)
    keep(world, mine, Busy(at(25, 9, 30), at(25, 12)), Busy(at(27, 10), at(27, 11)))

    with world.as_tine():
        assert list(holds(mine).values()) == [
            (at(25, 9, 30), at(25, 10)), (at(25, 11), at(25, 12)), (at(27, 10), at(27, 11)),
        ]  # fmt: skip
        assert queries.calendar_of(world.tine).reading.collisions == 1


def test_a_long_absence_is_kept_in_pieces_and_none_is_longer_than_a_hold_may_be(
    world: World, office: Office, calendar: Radicale
) -> None:
    mine = added(world, calendar)
    keep(world, mine, Busy(at(25, 0), at(25, 0) + timedelta(days=70)))

    with world.as_tine():
        kept = list(holds(mine).values())
    assert len(kept) == 3
    assert all(last - first <= LONGEST for first, last in kept)
    assert all(one[1] == next_one[0] for one, next_one in pairwise(kept))


def test_a_calendar_that_is_removed_keeps_nobody_busy(
    world: World, office: Office, calendar: Radicale
) -> None:
    mine = added(world, calendar)
    keep(world, mine, Busy(at(25, 10), at(25, 12)))
    with world.as_tine():
        services.remove_calendar(by=world.tine, at=NOW)
        assert holds(mine) == {}
        assert queries.calendar_of(world.tine) is None
    keep(world, mine, Busy(at(25, 10), at(25, 12)))

    with world.as_tine():
        assert holds(mine) == {}, "it was removed while it was being read"


def test_adding_one_removes_the_one_before_and_asks_for_a_reading(
    world: World, office: Office, calendar: Radicale
) -> None:
    first, second = added(world, calendar), added(world, calendar)

    with world.as_tine():
        assert queries.calendar_of(world.tine) == second
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("set local role velvalgt_owner")
        cursor.execute(
            "select args->>'calendar_id' from procrastinate_jobs where queue_name = 'meetings'"
            " order by id"
        )
        asked = [row[0] for row in cursor.fetchall()]
    assert asked == [str(first.pk), str(second.pk)]


def test_whoever_lets_go_of_their_own_time_has_their_calendar_read_again(
    world: World, office: Office, calendar: Radicale
) -> None:
    added(world, calendar)
    asked = "select count(*) from procrastinate_jobs where task_name like '%%.read_calendar'"

    def readings() -> int:
        with as_role("worker"), connection.cursor() as cursor:
            cursor.execute(asked)
            return int(cursor.fetchone()[0])

    before = readings()
    with world.as_tine():
        meeting = book(world, world.joern, wanted=wanted(world, caseworker_id=world.tine.pk))
        assert readings() == before
        services.cancel(meeting=meeting, why=WhyCancelled.US, hand=staff(world))
    assert readings() == before + 1

    with world.as_tine():
        meeting = book(world, world.joern, wanted=wanted(world, caseworker_id=world.tine.pk))
    with acting(world.tenant.pk, world.joern.user.pk, Purpose.OWN_CASE):
        ill = services.Hand(world.joern.user, NOW, is_staff=False)
        services.cancel(meeting=meeting, why=WhyCancelled.ILL, hand=ill)
    assert readings() == before + 1, "the next reading of all finds what a citizen freed"


def test_nobody_sees_or_asks_for_a_colleagues_calendar(
    world: World, office: Office, calendar: Radicale
) -> None:
    mine = added(world, calendar)

    with acting(world.tenant.pk, office.hans.pk, Purpose.CASE_WORK, unit=world.team.pk):
        assert not OutsideCalendar.objects.exists()
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("select meetings_ask_for_reading(%s)", [mine.pk])


def test_neither_its_words_nor_the_way_in_are_kept_anywhere(
    world: World, office: Office, calendar: Radicale
) -> None:
    calendar.calendar().add_event(
        dtstart=at(25, 10), dtend=at(25, 14), summary="Tandlæge", location="Torvet 7", uid="t"
    )
    mine = added(world, calendar)
    read(world, mine)

    with world.as_tine():
        found = OutsideCalendar.objects.get()
        rows = [*Hold.objects.values_list(), *CalendarReading.objects.values_list()]
    kept = repr(rows) + repr(bytes(found.access_sealed))
    for word in ("Tandl", "Torvet", PASSWORD, "arbejde", str(calendar.port)):
        assert word not in kept


@pytest.mark.parametrize(
    ("address", "hosts"),
    [
        ("http://kalender.example/a.ics", ("kalender.example",)),
        ("https://andre.example/a.ics", ("kalender.example",)),
        ("https://kalender.example.evil.example/a.ics", ("kalender.example",)),
        ("https://kalender.example@evil.example/a.ics", ("kalender.example",)),
        ("https://[::1/a.ics", ("kalender.example",)),
        ("file:///etc/passwd", ("",)),
        ("https://kalender.example/a.ics", ()),
    ],
)
def test_only_hosts_that_the_installation_names_are_read_and_only_by_https(
    tine: World, settings: Any, address: str, hosts: tuple[str, ...]
) -> None:
    settings.CALENDAR_HOSTS = hosts

    with pytest.raises(services.NotReadFrom):
        services.add_calendar(
            kind=CalendarKind.ICS, access=services.Access(address), by=tine.tine, at=NOW
        )
    assert not OutsideCalendar.objects.exists()


def test_the_tasks_read_every_calendar_once_and_at_the_tenants_moment(
    world: World, office: Office, calendar: Radicale
) -> None:
    mine = added(world, calendar)
    with world.building():
        world.tenant.frozen_on = NOW.date()
        world.tenant.save()
    soon = world.tenant.working_moment(NOW) + timedelta(days=2)
    calendar.calendar().add_event(dtstart=soon, dtend=soon + timedelta(hours=1), uid="s")

    with as_role("worker"):
        for _twice in range(2):
            tasks.read_calendar(str(world.tenant.pk), str(mine.pk))
    with world.as_tine():
        assert list(holds(mine).values()) == [(soon, soon + timedelta(hours=1))]
