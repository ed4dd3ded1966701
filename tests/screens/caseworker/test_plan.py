"""The caseworker's side of preparation, plan and agreement, and what of them is on the worklist."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.apps.cases.conftest import MONDAY, NOW, step
from tests.world.municipality import World
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Answer, SelfSteering
from velvalgt.apps.cases.plans import plan_of
from velvalgt.apps.cases.questions import profile
from velvalgt.apps.cases.services import Hand, NewGoal, Terms


@pytest.fixture
def joern_wrote(monday: World) -> World:
    """Jørn has written a goal with a step of his own."""
    with monday.as_tine():
        services.add_goal(
            citizen=monday.joern,
            goal=NewGoal("Et job på lageret"),
            first=step(),
            hand=Hand(Side.CITIZEN, monday.joern.user, NOW, MONDAY),
        )
    return monday


def place(world: World, what: str) -> str:
    return f"/caseworker/citizens/{world.joern.pk}/{what}/"


def test_what_the_citizen_suggests_is_on_the_worklist_until_it_is_answered(
    tine: Client, joern_wrote: World
) -> None:
    assert "suggests: Et job på lageret" in tine.get("/caseworker/").content.decode()
    page = tine.get(place(joern_wrote, "plan")).content.decode()
    (address,) = set(re.findall(r'action="(\S+/reply/)"', page))

    answer = tine.post(address, {"how": "yes"}, follow=True)

    assert answer.status_code == 200
    assert "Plans that wait for you" not in tine.get("/caseworker/").content.decode()
    with joern_wrote.as_tine():
        assert not plan_of(joern_wrote.joern).goals[0].is_proposed


def test_what_tine_asks_of_joern_waits_and_what_she_promises_holds(
    tine: Client, joern_wrote: World
) -> None:
    with joern_wrote.as_tine():
        goal = plan_of(joern_wrote.joern).goals[0].key
    for words, owner in (("Kom på besøg", "citizen"), ("Ring til lageret", "municipality")):
        said = {"step": words, "due_on": "2026-12-01", "owner": owner}
        tine.post(place(joern_wrote, "plan") + f"goals/{goal}/steps/", said)

    with joern_wrote.as_tine():
        steps = {s.now.words: s for s in plan_of(joern_wrote.joern).goals[0].steps}
    assert steps["Kom på besøg"].is_proposed
    assert not steps["Ring til lageret"].is_proposed


def test_the_profile_is_filled_in_together_and_no_question_comes_twice(
    tine: Client, monday: World
) -> None:
    address = place(monday, "profile")
    tine.post(address, {"direction": "some", "care": "Korte dage", "then": "later"})

    page = tine.get(address).content.decode()
    assert "Korte dage" in page
    assert "Written by Tine" in page
    assert 'name="direction"' not in page
    tine.post(address, {"then": "on"})
    assert '<form method="post" novalidate>' not in tine.get(address).content.decode()
    with monday.as_tine():
        assert Answer.objects.count() == len(profile())


def test_an_answer_of_the_profile_is_changed_and_taken_out(tine: Client, monday: World) -> None:
    address = place(monday, "profile")
    tine.post(address, {"care": "Korte dage", "then": "later"})
    tine.post(f"{address}care/", {"care": "Pauser"})
    assert "Pauser" in tine.get(address).content.decode()
    tine.post(f"{address}care/", {"care": "Pauser", "how": "out"})

    with monday.as_tine():
        assert list(Answer.objects.order_by("pk").values_list("words", flat=True)) == [
            "Korte dage",
            "Pauser",
            "",
        ]


def test_the_sheet_shows_what_the_citizen_said(tine: Client, monday: World) -> None:
    assert "has not prepared yet" in tine.get(place(monday, "preparation")).content.decode()
    tine.post(place(monday, "profile"), {"care": "Korte dage", "then": "later"})

    page = tine.get(place(monday, "preparation")).content.decode()
    assert "Korte dage" in page
    assert "has not prepared yet" not in page


def test_an_agreement_is_proposed_by_tine_and_waits_for_the_citizen(
    tine: Client, monday: World
) -> None:
    address = place(monday, "plan/agreement")
    terms = {
        "goal": "Et job",
        "words": "Jørn søger selv.",
        "check_in_on": "2026-12-10",
        "ends_on": "2027-02-01",
    }
    refused = tine.post(address, terms | {"ends_on": "2028-01-01"})
    assert refused.status_code == 422
    assert "Jørn søger selv." in refused.content.decode()
    page = tine.post(address, terms, follow=True).content.decode()

    assert "It waits for the citizen" in page
    assert "21 December 2026" in page


def test_an_expired_agreement_is_an_alarm_on_the_worklist(tine: Client, monday: World) -> None:
    joern = Hand(Side.CITIZEN, monday.joern.user, NOW, date(2026, 10, 1))
    with monday.as_tine():
        made = services.propose_self_steering(
            citizen=monday.joern,
            terms=Terms("Et job", "Jeg søger selv.", date(2026, 10, 20), date(2026, 11, 16)),
            hand=joern,
        )
        services.answer_self_steering(
            citizen=monday.joern,
            agreement=made,
            is_yes=True,
            hand=Hand(Side.MUNICIPALITY, monday.tine, NOW, date(2026, 10, 1)),
        )

    page = tine.get("/caseworker/").content.decode()
    assert "Still on benefit" in page
    assert "steered alone until 16 November 2026." in page


@pytest.mark.parametrize("what", ["preparation", "profile", "plan", "plan/agreement"])
def test_a_citizen_of_another_unit_is_not_found(tine: Client, monday: World, what: str) -> None:
    assert tine.get(f"/caseworker/citizens/{monday.elsewhere.pk}/{what}/").status_code == 404


def test_an_agreement_of_another_citizen_is_not_found(tine: Client, monday: World) -> None:
    key = SelfSteering().pk

    assert tine.post(place(monday, "plan/agreement") + f"{key}/reply/").status_code == 404
