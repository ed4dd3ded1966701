"""The citizen's first page: one next step, a way to talk, rights beside duties."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import MONDAY, signed_in
from tests.screens.citizen.test_case import plain
from tests.screens.citizen.test_meetings import book
from tests.world.dispensations import given
from tests.world.factories import EntryFactory
from tests.world.meetings import Office, at
from tests.world.municipality import World
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.queries import open_request
from velvalgt.apps.duties import services as law
from velvalgt.apps.duties.choices import Effect, LeaveOutReason
from velvalgt.apps.meetings.choices import Way

RIGHTS = "/citizen/rights/"
MOST_QUESTIONS = 15
"""A question a station; three of them are about meetings: what is agreed, asked for, missed."""

FRAME = 4
"""Beginning and ending the transaction, and telling the database who acts, twice."""
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def page_of(client: Client, address: str = "/citizen/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def requests_of(world: World) -> list[Entry]:
    with world.as_tine():
        return list(Entry.objects.filter(citizen=world.joern, kind="request"))


@pytest.fixture
def left_out(monday: World) -> World:
    """Tine has left Amalie out until February."""
    assessment = law.Assessment(
        reason=LeaveOutReason.STRONG_SEARCH,
        words="Searches widely.",
        heard_on=date(2026, 11, 19),
        until=date(2027, 2, 1),
    )
    with monday.as_tine():
        law.leave_out(
            citizen=monday.amalie, assessment=assessment, on=MONDAY, by=monday.tine, at=NOW
        )
    return monday


def test_the_next_step_stands_first_with_its_last_day(joern: Client) -> None:
    page = page_of(joern)

    step = page.split("v-card-next")[1].split("</section>")[0]
    assert "You have a first interview" in step
    assert "Monday 30 November 2026" in step
    assert "You may bring somebody with you." in step


def test_the_talk_that_the_law_asks_for_is_booked_from_the_one_button(joern: Client) -> None:
    step = page_of(joern).split("v-card-next")[1].split("</section>")[0]

    assert 'href="/citizen/meetings/booking/?type=first_interview"' in step
    assert step.count("button-primary") == 1


def test_a_booked_talk_is_the_next_step_and_the_law_stands_below(
    joern: Client, monday: World, office: Office
) -> None:
    book(monday, starts_at=at(26, 10))
    book(monday, starts_at=at(30, 10), way=Way.PHONE, key="short_call")

    page = page_of(joern)
    step = plain(page.split("v-card-next")[1].split("</section>")[0])
    assert step.index("You talk with Tine Thursday 26 November at 10:00") < step.index("By Monday")
    assert "Move it" in step
    assert "Book the talk" not in step
    assert "You talk with Tine at 10:00." in page.split('id="ahead"')[1]


def test_a_short_call_does_not_hide_the_talk_that_the_law_asks_for(
    joern: Client, monday: World, office: Office
) -> None:
    book(monday, way=Way.PHONE, key="short_call")

    step = page_of(joern).split("v-card-next")[1].split("</section>")[0]
    assert "You talk with Tine" in step
    assert "You have a first interview" in step
    assert "Book the talk" in step


def test_each_demand_of_the_law_opens_to_its_paragraph(joern: Client) -> None:
    page = page_of(joern, RIGHTS)

    assert page.count("It is written in LAB § 31") == 2
    assert "It is written in LAB § 102" in page


def test_rights_stand_beside_duties(joern: Client) -> None:
    rights = page_of(joern).split('id="rights"')[1]
    in_full = page_of(joern, RIGHTS).split('id="rights"')[1]

    assert "You can always ask for an interview." in rights
    assert "You may complain." in rights
    assert "You have a right to an interview when you ask for one." in in_full
    assert "Forvaltningsloven § 25" in in_full


def test_one_click_asks_for_a_talk_and_says_so(joern: Client, monday: World) -> None:
    response = joern.post("/citizen/requests/", follow=True)

    assert "You asked to talk to somebody on 23 November 2026." in response.content.decode()
    (request,) = requests_of(monday)
    assert (request.actor, request.on, request.detail) == ("citizen", MONDAY, "interview")


def test_asking_twice_is_asking_once(joern: Client, monday: World) -> None:
    joern.post("/citizen/requests/")
    joern.post("/citizen/requests/")

    assert len(requests_of(monday)) == 1


def test_a_talk_that_was_held_answers_the_request(joern: Client, monday: World) -> None:
    joern.post("/citizen/requests/")
    with monday.building():
        EntryFactory(citizen=monday.joern, kind="interview", on=MONDAY)

    with monday.as_tine():
        assert open_request(monday.joern) is None
    assert "I want to talk to somebody" in page_of(joern)


def test_the_part_that_is_swapped_equals_a_reload(joern: Client) -> None:
    part = joern.post("/citizen/requests/", headers={"hx-request": "true"}).content.decode()

    reload = page_of(joern)
    assert " ".join(part.split()) in " ".join(reload.split())


def test_whoever_is_left_out_steers_until_a_day_and_reads_why(
    left_out: World, amalie: Client
) -> None:
    page = page_of(amalie)

    assert "You steer yourself until 1 February 2027." in page
    assert "I want to talk to somebody" in page
    assert "Searches widely." in page_of(amalie, RIGHTS).split('id="contact-why"')[1]


def test_one_click_ends_the_leave_out_without_a_reason(left_out: World, amalie: Client) -> None:
    amalie.post("/citizen/return/")

    page = page_of(amalie)
    assert "You steer yourself" not in page
    assert "You have 2 interviews in the municipality in months 4 to 6." in page


def test_who_has_looked_names_day_unit_and_purpose_but_not_the_person(joern: Client) -> None:
    signed_in("tine").get("/caseworker/")

    page = page_of(joern, "/citizen/looks/")

    line = page.split("<main")[1]
    assert "Jobteam Nord" in line
    assert "case work" in line
    assert "Tine" not in line


def test_a_citizen_without_duties_is_told_so(world: World) -> None:
    page = page_of(signed_in("joern"))

    assert "There is nothing you have to do right now." in page
    assert "The law asks nothing of you right now." in page


@pytest.mark.parametrize("address", ["/citizen/", "/citizen/looks/"])
def test_a_stranger_is_sent_to_the_first_page(monday: World, address: str) -> None:
    response = Client().get(address)

    assert (response.status_code, response["Location"]) == (302, "/")


def test_the_staff_has_no_citizens_page(monday: World) -> None:
    assert signed_in("tine").get("/citizen/").status_code == 404


def test_the_page_asks_the_database_few_questions(
    joern: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_of(joern)

    with django_assert_max_num_queries(MOST_QUESTIONS + FRAME):
        page_of(joern)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("On pause", "Your interview is paused because of snow.", "It is written in § 1")),
        ("da", ("På pause", "Din samtale er sat på pause på grund af sne.", "Det står i § 1")),
    ],
)
def test_what_the_state_has_paused_says_so_with_its_source(
    monday: World, joern: Client, language: str, told: tuple[str, ...]
) -> None:
    given(monday)

    page = joern.get(RIGHTS, headers={"accept-language": language}).content.decode()

    for words in told:
        assert words in page
    assert 'href="https://www.retsinformation.dk/eli/lta/2026/1234"' in page
    assert "30 November" not in page, "nothing is due on a day that is paused"


def test_forms_that_the_state_has_opened_are_told_with_their_source(
    monday: World, joern: Client
) -> None:
    given(
        monday,
        effect=Effect.FORM_RELAXED,
        forms=("phone",),
        words_en="You may also talk by phone because of snow.",
    )

    page = page_of(joern)

    assert "in person or by phone" in " ".join(page.split())
    assert "You may also talk by phone because of snow." in page_of(joern, RIGHTS)
