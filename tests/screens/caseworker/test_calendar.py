"""The caseworker's own calendar and the video rooms of their meetings."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.meetings.test_booking import book
from tests.world.meetings import build_office, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings.choices import CalendarKind, Way
from velvalgt.apps.meetings.models import Meeting, OutsideCalendar, VideoLink

CALENDAR = "/caseworker/calendar/"
TOLD = {"kind": "caldav", "address": "https://kalender.example/t/", "user": "t", "password": "h"}


@pytest.fixture
def hosts(settings: Any) -> None:
    settings.CALENDAR_HOSTS = ("kalender.example",)


@pytest.fixture
def meeting(monday: World) -> Meeting:
    with monday.building():
        build_office(monday.tenant, monday.team, monday.tine)
    with monday.as_tine():
        return book(monday, monday.joern, wanted=wanted(monday, Way.VIDEO))


def test_where_no_host_is_named_the_page_says_so_and_nothing_is_taken(
    tine: Client, monday: World
) -> None:
    assert "It is not switched on here" in tine.get(CALENDAR).content.decode()

    assert tine.post(f"{CALENDAR}outside/", TOLD).status_code == 422
    with monday.as_tine():
        assert not OutsideCalendar.objects.exists()


def test_a_calendar_is_added_and_removed_and_its_password_is_never_shown(
    tine: Client, monday: World, hosts: None
) -> None:
    assert tine.post(f"{CALENDAR}outside/", TOLD).headers["Location"] == CALENDAR
    page = tine.get(CALENDAR).content.decode()
    assert "read it in a moment" in page
    assert "kalender.example/t/" not in page
    with monday.as_tine():
        assert OutsideCalendar.objects.get().kind == CalendarKind.CALDAV
    refused = tine.post(f"{CALENDAR}outside/", TOLD | {"address": "https://x.example/"})
    assert 'value="h"' not in refused.content.decode()

    tine.post(f"{CALENDAR}outside/end/")
    assert "Read my calendar" in tine.get(CALENDAR).content.decode()


def test_what_is_refused_stands_beside_the_field_with_what_was_typed(
    tine: Client, hosts: None
) -> None:
    answer = tine.post(f"{CALENDAR}outside/", TOLD | {"address": "https://x.example/a.ics"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert "only from: kalender.example." in page
    assert 'value="https://x.example/a.ics"' in page
    assert "Paste the calendar’s address." in (
        tine.post(f"{CALENDAR}outside/", {}).content.decode()
    )


@pytest.mark.parametrize("part", ["link/", "outside/"])
def test_the_language_can_be_changed_where_a_form_was_sent_to(tine: Client, part: str) -> None:
    assert tine.get(f"{CALENDAR}{part}").headers["Location"] == CALENDAR


def test_the_page_asks_the_database_a_fixed_number_of_questions(
    tine: Client, hosts: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tine.post(f"{CALENDAR}link/")
    tine.post(f"{CALENDAR}outside/", TOLD)

    with django_assert_num_queries(9):
        assert tine.get(CALENDAR).status_code == 200


def test_a_link_is_pasted_once_and_a_wrong_one_is_not_lost(
    tine: Client, monday: World, meeting: Meeting
) -> None:
    address = f"/caseworker/meetings/{meeting.uid}/video/"
    assert "has no video room yet" in tine.get(address).content.decode()
    wrong = tine.post(address, {"address": "http://meet.example/a"})
    assert wrong.status_code == 422
    assert 'value="http://meet.example/a"' in wrong.content.decode()

    for _twice in range(2):
        assert tine.post(address, {"address": "https://meet.example/a"}).status_code == 302
    with monday.as_tine():
        assert [link.address for link in VideoLink.objects.all()] == ["https://meet.example/a"]


def test_a_meeting_in_a_unit_that_one_is_not_in_is_not_found(
    tine: Client, monday: World, meeting: Meeting
) -> None:
    with monday.building():
        other = book(monday, monday.elsewhere, wanted=wanted(monday, Way.VIDEO))

    assert tine.get(f"/caseworker/meetings/{other.uid}/video/").status_code == 404
