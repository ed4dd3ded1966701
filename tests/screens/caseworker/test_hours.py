"""Tine's hours: seen in words, added, ended, away and back; only ever her own."""

import re
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.caseworker.conftest import signed_in
from tests.world.meetings import NOW, Office, at, build_office, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import SpecialHours, WeeklyHours

WEEK = {
    "days": ["0", "1", "2", "3"],
    "every": "1",
    "opens": "15:00",
    "closes": "16:30",
    "place": "",
    "ways": ["phone"],
    "starts_on": "2026-11-23",
}


@pytest.fixture
def office(monday: World) -> Office:
    with monday.building():
        return build_office(monday.tenant, monday.team, monday.tine)


@pytest.fixture
def tine(office: Office) -> Client:
    return signed_in("tine")


def page_of(client: Client, address: str = "/caseworker/hours/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    text = re.sub(r"<[^>]+>", " ", response.content.decode().split("<main")[1])
    return re.sub(r"\s+", " ", text)


def key_of(world: World, model: type, **which: object) -> str:
    with world.as_tine():
        return str(model.objects.get(**which).pk)  # type: ignore[attr-defined]


def test_the_week_stands_in_words_with_its_sum(tine: Client, monday: World) -> None:
    page = page_of(tine)

    assert "Monday to Friday 9:00–15:00 at Torvet All ways" in page
    assert "Citizens can meet you 30 hours in a usual week." in page
    assert "Friday 25 December 2026" in page


def test_hours_are_added_every_second_week_without_writing_a_rule(
    tine: Client, monday: World
) -> None:
    answer = tine.post("/caseworker/hours/week/", WEEK | {"every": "2"})

    assert answer.status_code == 302
    page = page_of(tine)
    assert "Monday to Thursday 15:00–16:30 every second week, as week 48 By phone" in page
    assert "Citizens can meet you 33 hours" in page


def test_more_hours_than_the_contract_are_remarked_plainly(tine: Client, monday: World) -> None:
    with monday.building():
        monday.tine.memberships.update(hours_week=25)

    page = page_of(tine)

    assert "You work 25 hours a week here. That is more time for meetings than you work." in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days": []}, "Choose at least one day of the week."),
        ({"closes": "14:00"}, "Choose a time to close that is after the time to open."),
        ({"ways": ["office"]}, "Choose an office, or take out"),
        ({"ways": []}, "Choose at least one."),
        ({"opens": "x"}, "Enter a valid time."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    tine: Client, monday: World, changes: dict[str, object], words: str
) -> None:
    answer = tine.post("/caseworker/hours/week/", WEEK | changes)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert 'value="2026-11-23"' in answer.content.decode()
    with monday.as_tine():
        assert WeeklyHours.objects.filter(resource=monday.tine.pk).count() == 1


def test_hours_end_after_a_last_day(tine: Client, monday: World) -> None:
    key = key_of(monday, WeeklyHours, resource=monday.tine.pk)

    assert tine.post(f"/caseworker/hours/{key}/end/", {"last_day": "2026-11-20"}).status_code == 422
    assert tine.post(f"/caseworker/hours/{key}/end/", {"last_day": "2026-12-18"}).status_code == 302

    assert "Until 18 December 2026." in page_of(tine)


def test_an_absence_of_days_lists_what_it_collides_with_and_is_taken_back(
    tine: Client, monday: World
) -> None:
    with monday.as_tine():
        services.book(
            citizen=monday.joern,
            wanted=wanted(monday, Way.PHONE, caseworker_id=monday.tine.pk),
            starts_at=at(26, 10),
            permitted=frozenset(Way),
            hand=services.Hand(monday.tine, NOW, is_staff=True),
        )
    days = {"first_day": "2026-11-26", "last_day": "2026-11-27", "opens": "", "closes": ""}
    for _ in range(2):
        assert tine.post("/caseworker/hours/absence/", days).status_code == 302

    page = page_of(tine)
    assert "You are away, and these meetings are booked Jørn , by phone, 26/11/2026, 10:00" in page
    assert "Away 26 November 2026 – 27 November 2026" in page

    key = key_of(monday, SpecialHours, resource=monday.tine.pk)
    tine.post(f"/caseworker/hours/special/{key}/return/")
    assert "You are away" not in page_of(tine)
    assert "Nothing. All weeks are as your week." in page_of(tine)


def test_an_absence_may_be_some_hours(tine: Client, monday: World) -> None:
    hours = {
        "first_day": "2026-11-26",
        "last_day": "2026-11-26",
        "opens": "13:00",
        "closes": "12:00",
    }
    refused = tine.post("/caseworker/hours/absence/", hours)
    assert refused.status_code == 422
    assert "Choose an end that is after the beginning." in refused.content.decode()

    tine.post("/caseworker/hours/absence/", hours | {"closes": "15:00"})

    assert "Away 26 November 2026 , 13:00–15:00" in page_of(tine)


def test_an_extra_day_may_be_a_saturday(tine: Client, monday: World, office: Office) -> None:
    extra = {"day": "2026-11-28", "opens": "10:00", "closes": "12:00"}
    place = {"place": str(office.place.pk), "ways": ["office", "phone"]}

    assert tine.post("/caseworker/hours/extra/", extra | place).status_code == 302

    page = page_of(tine)
    assert "Extra 28 November 2026 , 10:00–12:00 at Torvet At our office and by phone" in page


def test_next_week_is_counted_as_citizens_see_it_and_the_team_is_named(
    tine: Client, monday: World
) -> None:
    page = page_of(tine)

    assert "Monday 30 November 2026 21 times at our office 21 times by phone" in page
    assert "Tuesday 24 November 2026 Hans: 9:00–15:00 Tine: 9:00–15:00" in page


def test_the_page_asks_a_fixed_number_of_questions(
    tine: Client, monday: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        tine.post("/caseworker/hours/week/", WEEK | {"closes": f"1{6 + number}:00"})

    with django_assert_max_num_queries(26):
        assert tine.get("/caseworker/hours/").status_code == 200


def test_nobody_ends_or_takes_back_what_is_a_colleagues(
    tine: Client, monday: World, office: Office
) -> None:
    with monday.building():
        theirs = services.be_away(
            tenant_id=monday.tenant.pk, resource=office.hans.pk, starts_at=at(26, 0),
            ends_at=at(27, 0), by=None, at=NOW,
        )  # fmt: skip
    key = key_of(monday, WeeklyHours, resource=office.hans.pk)

    assert tine.get(f"/caseworker/hours/{key}/end/").status_code == 404
    assert tine.post(f"/caseworker/hours/special/{theirs.pk}/return/").status_code == 404


def test_the_page_is_the_caseworkers_alone(office: Office) -> None:
    for persona in ("joern", "mette", "ib"):
        assert signed_in(persona).get("/caseworker/hours/").status_code == 404


def test_who_has_no_hours_is_told_what_that_means(monday: World) -> None:
    page = page_of(signed_in("tine"))

    assert "You have no weekly hours yet, so nobody can book a meeting with you." in page
    assert date(2026, 11, 23) == monday.tenant.frozen_on
