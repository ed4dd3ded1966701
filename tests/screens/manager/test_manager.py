"""Karin leads by numbers: she sees how the house stands and never a citizen."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries

from tests.world.factories import LONG_AGO, CaseFactory, CitizenFactory
from tests.world.meetings import NOW, at, wanted
from tests.world.municipality import World, steering
from tests.world.roles import as_role
from velvalgt.apps.meetings import services, tasks
from velvalgt.apps.meetings.choices import CrisisReason, Way
from velvalgt.apps.meetings.models import Crisis, Meeting, Outcome
from velvalgt.apps.people.choices import Form
from velvalgt.screens.manager.meetings import period

PLACES = ["/manager/", "/manager/slots/", "/manager/meetings/", "/manager/crisis/"]
CRISIS = {
    "first_day": "2026-11-24", "last_day": "2026-11-27", "unit": "house", "way": "phone",
    "why": "weather",
}  # fmt: skip


def book(world: World) -> Meeting:
    with world.building():
        return services.book(
            citizen=world.amalie, wanted=wanted(world), starts_at=at(25, 10),
            permitted=frozenset(Way), hand=services.Hand(None, NOW, is_staff=True),
        )  # fmt: skip


def switched(world: World) -> Crisis:
    with steering(world):
        return services.switch_to_afar(
            tenant_id=world.tenant.pk, unit=None, starts_at=at(24, 0), ends_at=at(28, 0),
            way=Way.PHONE, why=CrisisReason.WEATHER, by=world.karin, at=NOW,
        )  # fmt: skip


def crises(world: World) -> int:
    with steering(world):
        return Crisis.objects.count()


@pytest.mark.parametrize("path", PLACES)
def test_no_citizen_is_named(karin: Client, world: World, path: str) -> None:
    book(world)
    switched(world)

    page = karin.get(path).content.decode()
    for citizen in (world.amalie, world.joern, world.elsewhere):
        assert citizen.name not in page
        assert str(citizen.pk) not in page


@pytest.mark.parametrize("page", ["", "plan/", "messages/", "documents/", "profile/"])
def test_a_manager_opens_no_page_about_a_citizen(karin: Client, world: World, page: str) -> None:
    assert karin.get(f"/caseworker/citizens/{world.joern.pk}/{page}").status_code == 404


def test_the_first_page_says_what_is_missing_and_leads_on(karin: Client) -> None:
    page = karin.get("/manager/").content.decode()

    assert "There are times enough for the coming 8 weeks." in page
    assert "Too few meetings are over" in page
    for path in PLACES[1:]:
        assert f'href="{path}"' in page


def test_the_first_page_tells_of_a_crisis_that_runs(karin: Client, world: World) -> None:
    book(world)
    crisis = switched(world)
    assert "1 waits to be." in karin.get("/manager/").content.decode()

    with as_role("worker"):
        tasks.carry_out(world.tenant.pk, crisis.pk, NOW)

    page = karin.get("/manager/").content.decode()
    assert "The whole house holds its meetings by phone" in page
    assert "1 meeting is turned." in page
    assert (
        "The weather makes it hard to get here." in karin.get("/manager/crisis/").content.decode()
    )


def test_the_picture_has_its_table_and_says_how_it_is_counted(karin: Client) -> None:
    page = karin.get("/manager/slots/").content.decode()

    assert 'role="img"' in page
    assert "Times in Jobteam Nord, week by week" in page
    assert "how is it counted?" in page


def test_the_switch_first_shows_what_it_touches(karin: Client, world: World) -> None:
    book(world)

    page = karin.post("/manager/crisis/", CRISIS).content.decode()

    assert "1 meeting in person." in page
    assert "Turn 1 meeting and tell the citizen" in page
    assert crises(world) == 0


def test_a_second_click_switches_once(karin: Client, world: World) -> None:
    for _ in range(2):
        answer = karin.post("/manager/crisis/", {**CRISIS, "switch": "1"})
        assert answer.headers["Location"] == "/manager/crisis/"

    assert crises(world) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"first_day": "2026-11-20"}, "Choose today or a later day."),
        ({"last_day": "2026-11-23"}, "Choose a last day that is not before the first."),
        ({"last_day": "2027-06-01"}, "Choose at most three months."),
        ({"last_day": ""}, "Choose the last day."),
        ({"way": "home"}, "home"),
        ({"unit": "00000000-0000-0000-0000-000000000007"}, "00000000"),
        ({"why": ""}, "Choose why. Citizens are told."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(
    karin: Client, world: World, wrong: dict[str, str], words: str
) -> None:
    answer = karin.post("/manager/crisis/", {**CRISIS, **wrong, "switch": "1"})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert crises(world) == 0


def test_it_is_undone_in_one_action(karin: Client, world: World) -> None:
    crisis = switched(world)

    for _ in range(2):
        answer = karin.post(f"/manager/crisis/{crisis.pk}/end/")
        assert answer.status_code == 302

    page = karin.get("/manager/crisis/").content.decode()
    assert "That is over." in page
    assert "Meet in person again" not in page


def test_a_caseworker_finds_no_switch(world: World) -> None:
    tine = Client()
    tine.post("/session/", {"persona": "tine"})

    assert tine.post("/manager/crisis/", {**CRISIS, "switch": "1"}).status_code == 404


def happened(world: World, many: int, missed: int) -> None:
    with world.building():
        for number in range(many):
            citizen = CitizenFactory(tenant=world.tenant)
            CaseFactory(citizen=citizen, unit=world.team)
            meeting = Meeting.objects.create(
                tenant_id=world.tenant.pk, citizen=citizen, type="interview", way="office",
                text_set="summons", starts_at=at(5, 10), ends_at=at(5, 11), unit=world.team,
                caseworker=world.tine, booked_at=LONG_AGO,
            )  # fmt: skip
            Outcome.objects.create(
                tenant_id=world.tenant.pk, citizen=citizen, meeting=meeting, said_at=NOW,
                result="missed" if number < missed else "held",
            )  # fmt: skip


def test_no_shows_are_told_with_their_share(karin: Client, world: World) -> None:
    happened(world, 20, 5)

    page = karin.get("/manager/meetings/").content.decode()
    assert "Citizens did not come to 25% of the meetings" in page
    assert "Summons" in page
    assert "fewer than 5" not in page


def test_the_running_week_is_not_counted_so_that_no_outcome_shows_at_once() -> None:
    monday = period(at(23, 0))

    assert monday == (at(31, 0, month=8), at(23, 0))
    assert period(at(29, 23, 59)) == monday


def test_small_numbers_are_left_out_and_it_says_so(karin: Client, world: World) -> None:
    happened(world, 20, 3)

    page = karin.get("/manager/meetings/").content.decode()
    assert "too few to tell" in page
    assert "fewer than 5" in page


def test_citizens_answers_are_told_by_form() -> None:
    row = {"form": Form.PHONE, "helpful": "yes", "own_choice": "", "count": 12}

    context = {"rows": [row], "begins": at(1, 0), "ends": at(23, 0)}
    with override("en"):
        page = render_to_string("manager/answers.html", context)
    assert ">12<" in page
    assert "from 1 November 2026 to 22 November 2026" in page
    assert "fewer than 5" in page


@pytest.mark.parametrize(
    ("path", "questions"), [("/manager/", 15), ("/manager/slots/", 12), ("/manager/crisis/", 10)]
)
def test_a_page_asks_a_fixed_number_of_questions(
    karin: Client, django_assert_num_queries: DjangoAssertNumQueries, path: str, questions: int
) -> None:
    with django_assert_num_queries(questions):
        assert karin.get(path).status_code == 200


def test_the_caseworker_sees_their_own_unit_and_what_a_crisis_left(
    karin: Client, world: World
) -> None:
    with world.building():
        from tests.world.factories import EntryFactory, SpellFactory

        SpellFactory(citizen=world.joern, starts_on=at(23, 0).date())
        EntryFactory(
            citizen=world.joern, kind="first_contact", on=at(23, 0).date(), actor="citizen", form=""
        )
        services.book(
            citizen=world.joern, wanted=wanted(world), starts_at=at(25, 10),
            permitted=frozenset(Way), hand=services.Hand(None, NOW, is_staff=True),
        )  # fmt: skip
    switched(world)
    tine = Client(headers={"accept-language": "en"})
    tine.post("/session/", {"persona": "tine"})

    assert "In person all the same" in tine.get("/caseworker/").content.decode()
    page = tine.get("/caseworker/slots/").content.decode()
    assert "Jobteam Nord" in page
    assert "Jobteam Syd" not in page
    assert world.joern.name in page
