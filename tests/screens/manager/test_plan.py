"""Karin sees where hours and seats help most, tries other figures, and sees what weights give."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world.municipality import World, steering
from tests.world.offers import a_start, an_offer
from tests.world.plans import NOW, PLAIN, a_capacity, a_plan, an_attempt, hours, reckoned
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import queries
from velvalgt.apps.priorities.models import CapacityPlan, Forecast, NeedWeights, ProfilingBasis
from velvalgt.apps.staff.models import Unit

PLACES = ["/manager/plan/", "/manager/capacity/", "/manager/weights/"]
DECIDED = {
    "weights-close": "1", "weights-some_help": "1.5", "weights-at_risk": "2", "weights-far": "3",
    "decided_on": "2026-11-18", "decision": "Item 12", "starts_on": "2026-11-23",
}  # fmt: skip


def figures(world: World, **changes: str) -> dict[str, str]:
    """The form as it is sent: 24 hours a week in the team, and half an hour for a group meeting."""
    efforts = {f"effort_hours-{effort}": "0" for effort in queries.effort_names()}
    return {
        "starts_on": "2026-11-23", "weeks": "26", f"unit_hours-{world.team.pk}": "24",
        **efforts, "effort_hours-group_meetings": "0.5", "budget": "", "words": "", **changes,
    }  # fmt: skip


def by_gain(world: World) -> None:
    """A ground, a capacity and a plan by gain."""
    with world.building():
        ProfilingBasis.objects.create(
            tenant_id=world.tenant.pk, legal_ground="LAB § 1", assessment="DPIA 1",
            assessed_on="2026-10-01", starts_on="2026-11-01", ends_on="2027-11-01",
            recorded_by=world.mette, recorded_at=NOW,
        )  # fmt: skip
        a_capacity(world.tenant, world.team)
        a_plan(world.tenant, hours(world.team))


def read(karin: Client, path: str) -> str:
    return karin.get(path).content.decode()


def asked(world: World) -> Forecast:
    with steering(world):
        return Forecast.objects.get()


def reckon(world: World) -> None:
    forecast = asked(world)
    with world.building(), acting(world.tenant.pk, SYSTEM, Purpose.STEERING):
        reckoned(forecast, world.team)


@pytest.mark.parametrize("path", PLACES)
def test_no_citizen_can_be_told(karin: Client, world: World, path: str) -> None:
    by_gain(world)

    page = read(karin, path)

    for citizen in (world.amalie, world.joern, world.elsewhere):
        assert str(citizen.pk) not in page
    assert world.elsewhere.name not in page


def test_before_the_first_plan_it_says_what_to_do_first(karin: Client) -> None:
    page = read(karin, "/manager/plan/")

    assert "There is no plan yet." in page
    assert "Write first what there is of hours." in page
    assert 'href="/manager/capacity/"' in page


def test_one_sentence_says_what_two_more_hours_a_week_would_give(
    karin: Client, world: World
) -> None:
    by_gain(world)

    page = " ".join(read(karin, "/manager/plan/").split())

    assert (
        "2 more hours a week in Jobteam Nord are expected to give 5 weeks in work"
        " (2 to 8; from studies, not from your data)." in page
    )
    assert "It is at most 0.01 percent from the best possible; that is proved." in page
    assert "LAB § 1" in page


def test_a_plain_plan_tells_hours_by_group_and_no_gain(karin: Client, world: World) -> None:
    lacking = hours(world.team, lacking=30.0, price=None, price_low=None, price_high=None)
    with world.building():
        a_plan(world.tenant, lacking, **PLAIN, gap=None, frontier=[], less=[], value=None)

    page = read(karin, "/manager/plan/")

    assert "Jobteam Nord lacks 30 hours for the talks that the law asks for." in " ".join(
        page.split()
    )
    assert "Nobody is weighed by expected gain." in page
    assert "weeks in work" not in page.lower()


def test_a_plan_that_could_not_be_made_says_why(karin: Client, world: World) -> None:
    with world.building():
        an_attempt(world.tenant, ended_at=NOW, ended="refused", words="At least 5 cannot be met.")

    page = read(karin, "/manager/plan/")

    assert "it could not be made; the plan before stands" in page
    assert "At least 5 cannot be met." in page


def test_a_plan_asked_for_is_followed_until_it_is_made(karin: Client) -> None:
    answer = karin.post("/manager/plan/")
    address = answer.headers["Location"]

    waiting = karin.get(address, headers={"hx-request": "true"})
    assert "A plan is asked for." in waiting.content.decode()
    assert 'hx-trigger="every 3s"' in waiting.content.decode()
    done = karin.get("/manager/plan/?asked=12", headers={"hx-request": "true"})
    assert done.headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("asked_at", ["x", "²", "-1", "99999999999999999999"])
def test_an_address_that_says_no_moment_is_read_without(karin: Client, asked_at: str) -> None:
    assert karin.get("/manager/plan/", {"asked": asked_at}).status_code == 200


def test_figures_are_tried_before_they_are_saved(karin: Client, world: World) -> None:
    by_gain(world)

    address = karin.post("/manager/capacity/", {**figures(world), "try": "1"}).headers["Location"]
    assert "It is being reckoned." in read(karin, address)
    reckon(world)
    page = " ".join(read(karin, address).split())

    assert "12 weeks more in work are expected." in page
    assert "Those who risk getting stuck get 12 weeks more." in page
    assert "272 hours left by the law, 270 used" in page
    assert 'value="24"' in page
    with steering(world):
        assert CapacityPlan.objects.count() == 1


def test_the_part_that_is_fetched_is_the_page_s_own(karin: Client, world: World) -> None:
    address = karin.post("/manager/capacity/", {**figures(world), "try": "1"}).headers["Location"]

    part = karin.get(address, headers={"hx-request": "true"}).content.decode()

    assert part.strip().startswith("<section")
    assert 'hx-trigger="every 2s"' in part


def test_a_second_click_saves_once(karin: Client, world: World) -> None:
    floor = {"floors-0-who": "far", "floors-0-efforts": "course", "floors-0-at_least": "5"}
    for _ in range(2):
        answer = karin.post("/manager/capacity/", {**figures(world, **floor), "save": "1"})
        assert answer.headers["Location"] == "/manager/capacity/"

    with steering(world):
        plan = CapacityPlan.objects.get()
    assert plan.unit_hours == {str(world.team.pk): 24.0}
    assert plan.effort_hours == {"group_meetings": 0.5}
    assert plan.floors == [{"level": "far", "group": None, "efforts": ["course"], "at_least": 5}]
    assert plan.recorded_by_id == world.karin.pk


def test_a_unit_that_lacks_hours_has_its_field_and_nothing_planned_is_dropped(
    karin: Client, world: World
) -> None:
    offer = an_offer(world)
    a_start(world, offer)
    with world.building():
        law, south = Unit.objects.get(code="JURA"), Unit.objects.get(code="SYD")
        planned = {str(world.team.pk): 20.0, str(law.pk): 3.0}
        a_capacity(world.tenant, world.team, unit_hours=planned, seats={offer.key: 9})
        a_plan(world.tenant, hours(world.team), hours(south, amount=0.0, lacking=12.0))

    page = read(karin, "/manager/capacity/")

    for name in (f"unit_hours-{law.pk}", f"unit_hours-{south.pk}", f"seats-{offer.key}"):
        assert f'name="{name}"' in page


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"weeks": "0"}, "weeks", "Plan for 1 to 52 weeks."),
        ({"weeks": "many"}, "weeks", "Write a number."),
        ({"starts_on": "2026-11-22"}, "starts_on", "Choose today or a later day."),
        ({"effort_hours-course": "-1"}, "effort_hours-course", "Hours are 0 or more."),
        ({"effort_hours-course": ""}, "effort_hours-course", "0 where there is none"),
        ({"budget": "-5"}, "budget", "Money is 0 or more."),
        ({"floors-1-at_least": "3"}, "floors-1-who", "Choose whom it is for."),
        ({"floors-1-who": "far"}, "floors-1-who", "Write how many at least"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    karin: Client, world: World, wrong: dict[str, str], field: str, words: str
) -> None:
    said = figures(world, **{"words": "Ny kollega", **wrong})
    answer = karin.post("/manager/capacity/", {**said, "save": "1"})
    page = answer.content.decode()

    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in page
    assert words in page
    assert "Ny kollega" in page


def test_the_weights_say_who_decided_and_who_gets_less(karin: Client, world: World) -> None:
    by_gain(world)
    before = read(karin, "/manager/weights/")
    karin.post("/manager/weights/", {**DECIDED, "save": "1"})
    after = " ".join(read(karin, "/manager/weights/").split())

    assert "It is no figure from a study." in before
    assert "The council decided it 18 November 2026: Item 12." in after
    assert "Close to work: 16 people, 21 weeks less together" in after
    assert "Needs some help: fewer than 5 people" in after


def test_the_picture_is_told_in_words_and_in_a_table(karin: Client, world: World) -> None:
    by_gain(world)

    page = " ".join(read(karin, "/manager/weights/").split())

    assert page.count('role="img"') == 2
    assert page.count("<title id=") == page.count("<desc id=") == 2
    assert "Point 3 is the weights of the plan that holds." in page
    assert "55%, 0.3 weeks each" in page
    assert "Jørn and Amalie are made up." in page


def test_weights_are_tried_without_a_decision(karin: Client, world: World) -> None:
    by_gain(world)
    tried = {name: value for name, value in DECIDED.items() if name.startswith("weights")}

    answer = karin.post("/manager/weights/", {**tried, "try": "1"})

    assert asked(world).draft["weights"]["far"] == 3
    assert 'value="3' in read(karin, answer.headers["Location"])
    with steering(world):
        assert not NeedWeights.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"weights-far": "0"}, "weights-far", "A weight is above 0 and at most 100."),
        ({"decision": ""}, "decision", "Write where the decision stands."),
        ({"decided_on": "2026-11-24"}, "decided_on", "Choose a day that has been."),
        ({"starts_on": "2026-11-01"}, "starts_on", "Choose today or a later day."),
    ],
)
def test_a_decision_that_cannot_be_is_said_beside_the_field(
    karin: Client, world: World, wrong: dict[str, str], field: str, words: str
) -> None:
    answer = karin.post("/manager/weights/", {**DECIDED, **wrong, "save": "1"})

    assert answer.status_code == 422
    assert f'id="id_{field}-error"' in answer.content.decode()
    assert words in answer.content.decode()


def test_weights_wait_for_the_first_capacity(karin: Client) -> None:
    answer = karin.post("/manager/weights/", {**DECIDED, "try": "1"})

    assert answer.status_code == 422
    assert "Write first what there is of hours" in answer.content.decode()


@pytest.mark.parametrize(("path", "questions"), [(PLACES[0], 15), (PLACES[1], 13), (PLACES[2], 10)])
def test_a_page_asks_a_fixed_number_of_questions(
    karin: Client,
    world: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    questions: int,
) -> None:
    by_gain(world)

    with django_assert_num_queries(questions):
        assert karin.get(path).status_code == 200
