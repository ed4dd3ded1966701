"""A citizen's meetings in a calendar: their own hand makes the link, nobody else's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from tests.apps.meetings.test_booking import book
from tests.screens.citizen.conftest import signed_in
from tests.screens.citizen.test_powers import given
from tests.world.factories import UserFactory
from tests.world.meetings import at, build_office, wanted
from tests.world.municipality import World
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way, WhyCancelled
from velvalgt.apps.meetings.models import Feed, Meeting
from velvalgt.apps.meetings.services import Hand
from velvalgt.apps.people.choices import PowerKind

CALENDAR = "/citizen/calendar/"
LINK = re.compile(r'value="(http[^"]+\.ics\?language=en)"')


@pytest.fixture
def meeting(monday: World) -> Meeting:
    """Jørn and Tine meet by video on Wednesday."""
    with monday.building():
        build_office(monday.tenant, monday.team, monday.tine)
    with monday.as_tine():
        return book(monday, monday.joern, wanted=wanted(monday, Way.VIDEO))


def test_the_link_is_shown_once_and_opens_the_meetings(joern: Client, meeting: Meeting) -> None:
    page = joern.post(CALENDAR).content.decode()
    found = LINK.search(page)
    assert found is not None
    assert f"webcal:{found[1].partition(':')[2]}" in page

    (event,) = Calendar.from_ical(Client().get(found[1]).content).walk("VEVENT")
    assert event["SUMMARY"] == "Meeting"
    assert "You made a link" in (again := joern.get(CALENDAR).content.decode())
    assert not LINK.search(again)
    assert joern.post(f"{CALENDAR}end/").status_code == 302
    assert Client().get(found[1]).status_code == 404


def test_each_of_it_gives_a_receipt(joern: Client, monday: World) -> None:
    joern.post(CALENDAR)
    joern.post(f"{CALENDAR}end/")

    with monday.as_tine():
        titles = list(Receipt.objects.order_by("given_at").values_list("title", flat=True))
    assert titles == [
        "A link for your calendar was made", "The link for your calendar was taken away",
    ]  # fmt: skip


@pytest.mark.parametrize("address", [CALENDAR, f"{CALENDAR}end/"])
def test_neither_staff_nor_a_representative_makes_or_takes_a_link_for_a_citizen(
    monday: World, address: str
) -> None:
    with monday.building():
        given(
            monday,
            UserFactory(tenant=monday.tenant, name="G", known_as="grethe"),
            PowerKind.CUSTODY,
        )
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")

    for client in (tine, signed_in("grethe")):
        assert "Only the citizen can make the link" in client.get(CALENDAR).content.decode()
        assert client.post(address).status_code == 403
    with monday.building():
        assert not Feed.objects.exists()


def test_a_meeting_is_a_file_for_its_citizen_alone_and_called_off_it_says_so(
    joern: Client, meeting: Meeting, monday: World
) -> None:
    address = f"/citizen/meetings/{meeting.uid}/meeting.ics"
    answer = joern.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"STATUS:CONFIRMED" in answer.content
    assert signed_in("amalie").get(address).status_code == 404

    with monday.as_tine():
        hand = Hand(monday.tine, at(23, 9), is_staff=True)
        services.cancel(meeting=meeting, why=WhyCancelled.US, hand=hand)
    assert b"STATUS:CANCELLED" in joern.get(address).content


def test_the_page_asks_no_more_of_the_database_with_more_meetings(
    joern: Client,
    meeting: Meeting,
    monday: World,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with monday.as_tine():
        for days in range(1, 8):
            call = wanted(monday, Way.PHONE, "short_call")
            moment = at(30, 9, 15 * (days % 4)) + timedelta(hours=days // 4)
            book(monday, monday.joern, wanted=call, starts_at=moment)

    with django_assert_num_queries(9):
        page = joern.get(CALENDAR).content.decode()
    assert page.count("meeting.ics") == 8


def test_the_way_into_a_video_meeting_stands_on_its_page(
    joern: Client, meeting: Meeting, monday: World
) -> None:
    with monday.as_tine():
        call = book(monday, monday.joern, wanted=wanted(monday, Way.PHONE), starts_at=at(26, 10))
    soon = "Your caseworker puts the link here before that."

    assert soon in joern.get(f"/citizen/meetings/{meeting.uid}/").content.decode()
    assert soon not in joern.get(f"/citizen/meetings/{call.uid}/").content.decode()
    assert signed_in("amalie").get(f"/citizen/meetings/{meeting.uid}/").status_code == 404
