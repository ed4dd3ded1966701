"""What is proposed, as the citizen reads it, and the no that nobody passes over."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import signed_in
from tests.world.factories import EntryFactory
from tests.world.municipality import World
from tests.world.priorities import suggested_for_joern
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.priorities.models import OwnNo, Suggestion

NEED, NO = "/citizen/data/need/", "/citizen/data/need/no/"


@pytest.fixture
def suggested(monday: World) -> Suggestion:
    """What the plan that holds suggests for Jørn."""
    return suggested_for_joern(monday)


def page_of(client: Client, address: str = NEED) -> str:
    return client.get(address).content.decode().split("<main")[1]


def test_the_citizen_reads_what_is_proposed_and_from_whom_the_weeks_are(
    joern: Client, suggested: Suggestion
) -> None:
    page = page_of(joern)

    assert "What we propose for you" in page
    assert "+3 weeks in work over two years" in page
    assert "studies of other people" in page
    assert "guidance" in page.lower()
    assert "weeks in work" not in page_of(joern, "/citizen/")


def test_a_no_said_twice_is_one_and_the_proposal_is_gone(
    joern: Client, monday: World, suggested: Suggestion
) -> None:
    for _click in range(2):
        joern.post(NO, {"choice": "mentor", "words": "Jeg vil hellere selv"})

    page = page_of(joern)
    assert "What we propose for you" not in page
    assert "Jeg vil hellere selv" in page
    with monday.as_tine():
        assert OwnNo.objects.get().side == Side.CITIZEN
        assert Receipt.objects.count() == 1


def test_a_no_is_taken_back_and_the_proposal_is_there_again(
    joern: Client, monday: World, suggested: Suggestion
) -> None:
    joern.post(NO, {"choice": "mentor"})
    with monday.as_tine():
        key = OwnNo.objects.get().pk
    assert signed_in("amalie").post(f"{NO}{key}/end/").status_code == 404

    joern.post(f"{NO}{key}/end/")

    assert "What we propose for you" in page_of(joern)


def test_without_a_choice_nothing_is_said_and_no_word_is_lost(joern: Client) -> None:
    page = joern.post(NO, {"choice": "", "words": "Jeg vil selv"})

    assert page.status_code == 422
    assert "Jeg vil selv" in page.content.decode()


def test_whoever_objects_is_shown_no_proposal(
    joern: Client, monday: World, suggested: Suggestion
) -> None:
    with monday.building():
        EntryFactory(
            citizen=monday.joern, kind="objection", detail="profiling", actor="citizen", form=""
        )

    assert "What we propose for you" not in page_of(joern)
    assert "weeks in work" not in page_of(joern)


def test_another_citizen_reads_nothing_of_it(suggested: Suggestion) -> None:
    assert "What we propose for you" not in page_of(signed_in("amalie"))


def test_the_page_asks_few_questions(
    joern: Client, suggested: Suggestion, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    page_of(joern)

    with django_assert_max_num_queries(30):
        page_of(joern)
