"""The self-steered agreement in the citizen's browser: propose, wait, run, and come back."""

from datetime import date

from django.test import Client

from tests.apps.cases.conftest import MONDAY, NOW
from tests.world.municipality import World
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Receipt, SelfSteering
from velvalgt.apps.cases.queries import open_request
from velvalgt.apps.cases.services import Hand, Terms

ADDRESS = "/citizen/plan/agreement/"
TERMS = {
    "goal": "Et job i kommunikation",
    "words": "Jeg søger selv.",
    "check_in_on": "2026-12-10",
    "ends_on": "2027-02-01",
}


def proposed_by_tine(world: World) -> SelfSteering:
    with world.as_tine():
        return services.propose_self_steering(
            citizen=world.amalie,
            terms=Terms("Et job", "Du søger selv.", date(2026, 12, 10), date(2027, 2, 1)),
            hand=Hand(Side.MUNICIPALITY, world.tine, NOW, MONDAY),
        )


def test_the_page_says_that_the_laws_talks_still_hold(amalie: Client) -> None:
    page = amalie.get(ADDRESS).content.decode()

    assert "The law still holds" in page


def test_a_proposal_waits_and_can_be_taken_back(amalie: Client, monday: World) -> None:
    page = amalie.post(ADDRESS, TERMS, follow=True).content.decode()
    assert "It waits for the municipality" in page
    with monday.as_tine():
        made = SelfSteering.objects.get()

    page = amalie.post(f"{ADDRESS}{made.pk}/reply/", {"how": "no"}, follow=True).content.decode()
    assert "Make an agreement" in page


def test_nobody_says_yes_for_the_other_side(amalie: Client, monday: World) -> None:
    amalie.post(ADDRESS, TERMS)
    with monday.as_tine():
        made = SelfSteering.objects.get()

    answer = amalie.post(f"{ADDRESS}{made.pk}/reply/", {"how": "yes"})
    assert answer.status_code == 422


def test_a_running_agreement_shows_its_days_and_one_click_ends_it(
    amalie: Client, monday: World
) -> None:
    made = proposed_by_tine(monday)
    page = amalie.post(f"{ADDRESS}{made.pk}/reply/", {"how": "yes"}, follow=True).content.decode()
    for day in ("10 December 2026", "21 December 2026", "18 January 2027"):
        assert day in page
    assert "22 February 2027" not in page

    page = amalie.post(f"{ADDRESS}{made.pk}/end/", follow=True).content.decode()

    assert "Make an agreement" in page
    with monday.as_tine():
        assert open_request(monday.amalie) is not None
        assert set(Receipt.objects.values_list("deed", flat=True)) == {
            "agreement", "return", "request",
        }  # fmt: skip


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(amalie: Client) -> None:
    answer = amalie.post(ADDRESS, TERMS | {"check_in_on": "2027-05-01"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a day before the agreement ends." in page
    assert "Jeg søger selv." in page
