"""My plan in the citizen's browser: write, agree, finish, and be told kindly what is missing."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.cases.conftest import MONDAY, NOW, step
from tests.screens.citizen.conftest import signed_in
from tests.world.municipality import World
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.models import PlanChange, PlanVisit
from velvalgt.apps.cases.plans import Plan, plan_of
from velvalgt.apps.cases.services import Hand, NewGoal

GOAL = {
    "goal": "Et job i lageret",
    "why": "",
    "step": "Ring til lageret",
    "due_on": "2026-11-30",
    "owner": "citizen",
    "owner_name": "",
}


def the_plan(world: World) -> Plan:
    with world.as_tine():
        return plan_of(world.joern)


def written_by_tine(world: World, owner: Owner = Owner.CITIZEN) -> None:
    with world.as_tine():
        services.add_goal(
            citizen=world.joern,
            goal=NewGoal("Arbejd med ryg"),
            first=step("Tal med Tine", owner),
            hand=Hand(Side.MUNICIPALITY, world.tine, NOW, MONDAY),
        )


def test_a_goal_and_its_first_step_are_written_together(joern: Client, monday: World) -> None:
    answer = joern.post("/citizen/plan/goals/", GOAL, follow=True)

    page = answer.content.decode()
    assert "Et job i lageret" in page
    assert "Ring til lageret" in page
    assert "A suggestion: it waits for a yes." in page
    assert [goal.now.words for goal in the_plan(monday).goals] == ["Et job i lageret"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"step": ""}, "The first step"),
        ({"due_on": "2026-11-01"}, "This day is over."),
        ({"owner": "somebody"}, "Write who it is."),
        ({"goal": "Mit nummer er 010180-1234"}, "CPR number"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_nothing_typed_is_lost(
    joern: Client, changes: dict[str, str], told: str
) -> None:
    answer = joern.post("/citizen/plan/goals/", GOAL | changes)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert "error-summary" in page
    if "step" not in changes:
        assert "Ring til lageret" in page


def test_a_yes_makes_the_other_sides_suggestion_hold(joern: Client, monday: World) -> None:
    written_by_tine(monday)
    page = joern.get("/citizen/plan/").content.decode()
    assert "Tine suggests this goal:" in page

    (change,) = re.findall(r"/citizen/plan/changes/([0-9a-f-]+)/reply/", page)[:1]
    joern.post(f"/citizen/plan/changes/{change}/reply/", {"how": "yes"})

    (goal,) = the_plan(monday).goals
    assert not goal.is_proposed
    assert not goal.steps[0].is_proposed


def test_after_the_last_step_the_next_one_is_asked_for(joern: Client, monday: World) -> None:
    joern.post("/citizen/plan/goals/", GOAL)
    key = the_plan(monday).goals[0].steps[0].key
    address = f"/citizen/plan/steps/{key}/done/"

    page = joern.get(address).content.decode()
    assert "Well done: Ring til lageret" in page
    refused = joern.post(address, {"reaches_goal": "no"})
    assert refused.status_code == 422
    then = GOAL | {"reaches_goal": "no", "step": "Send en ansøgning"}
    answer = joern.post(address, then, follow=True)

    assert "Well done: Ring til lageret" in answer.content.decode()
    (goal,) = the_plan(monday).goals
    assert [s.now.words for s in goal.open_steps] == ["Send en ansøgning"]


def test_the_last_step_may_reach_the_goal(joern: Client, monday: World) -> None:
    joern.post("/citizen/plan/goals/", GOAL)
    key = the_plan(monday).goals[0].steps[0].key

    answer = joern.post(f"/citizen/plan/steps/{key}/done/", {"reaches_goal": "yes"}, follow=True)

    assert "Reached" in answer.content.decode()
    assert the_plan(monday).goals[0].is_done


def test_a_step_that_is_not_the_last_is_done_with_one_click(joern: Client, monday: World) -> None:
    joern.post("/citizen/plan/goals/", GOAL)
    goal = the_plan(monday).goals[0]
    joern.post(f"/citizen/plan/goals/{goal.key}/steps/", GOAL | {"step": "Skriv CV"})
    key = goal.steps[0].key

    answer = joern.post(f"/citizen/plan/steps/{key}/done/", follow=True)

    assert "Well done: Ring til lageret" in answer.content.decode()


def test_the_last_step_is_not_taken_out_and_the_page_says_why(joern: Client, monday: World) -> None:
    joern.post("/citizen/plan/goals/", GOAL)
    key = the_plan(monday).goals[0].steps[0].key

    answer = joern.post(f"/citizen/plan/steps/{key}/removal/")

    assert answer.status_code == 422
    assert "A goal has a next step." in answer.content.decode()
    assert the_plan(monday).goals[0].open_steps


def test_ready_words_stand_in_the_form(joern: Client) -> None:
    page = joern.get("/citizen/plan/goals/?ready=try_a_trade").content.decode()

    assert "I want to try whether the trade is for me" in page
    assert "Choose two trades to look at" in page


def test_what_another_did_since_the_last_visit_is_marked(joern: Client, monday: World) -> None:
    with monday.building():
        PlanVisit.objects.create(
            tenant_id=monday.tenant.pk,
            citizen=monday.joern,
            visitor=monday.joern.user,
            on="2026-11-20",
            visited_at="2026-11-20T09:00Z",
        )
    written_by_tine(monday)

    page = joern.get("/citizen/plan/").content.decode()

    assert "Something is new since you were here last." in page
    assert '<span class="badge badge-info">New</span>' in page


def test_another_citizens_plan_is_not_found(joern: Client, monday: World) -> None:
    joern.post("/citizen/plan/goals/", GOAL)
    with monday.as_tine():
        change = PlanChange.objects.get(what="goal")
    amalie = signed_in("amalie")

    assert amalie.post(f"/citizen/plan/changes/{change.pk}/reply/").status_code == 404
    page = amalie.get(f"/citizen/plan/goals/{change.goal}/")
    assert "Et job i lageret" not in page.content.decode()


def test_the_sheet_prints_the_plan(joern: Client) -> None:
    joern.post("/citizen/plan/goals/", GOAL)

    assert "Ring til lageret" in joern.get("/citizen/plan/sheet/").content.decode()


def test_the_plan_takes_the_same_few_questions_however_long(
    joern: Client, monday: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(5):
        joern.post("/citizen/plan/goals/", GOAL | {"goal": f"Mål {number}"})
    joern.get("/citizen/plan/")

    with django_assert_max_num_queries(13):
        joern.get("/citizen/plan/")


def test_tine_does_it_on_jorns_behalf_for_his_side(monday: World) -> None:
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")
    tine.post("/citizen/plan/goals/", GOAL)

    with monday.as_tine():
        goal = PlanChange.objects.get(what="goal")
    assert (goal.side, goal.proposed_by_id) == ("citizen", monday.tine.pk)
