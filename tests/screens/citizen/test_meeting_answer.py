"""Two questions after a contact, in the citizen's browser."""

import pytest
from django.test import Client

from tests.screens.citizen.conftest import signed_in
from tests.world.meetings import at, build_office, wanted
from tests.world.municipality import World
from tests.world.waiting import ALL, as_citizen
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.models import ContactAnswer, Meeting, Outcome


@pytest.fixture
def met(monday: World) -> Meeting:
    """Amalie and Tine met on Thursday."""
    with monday.building():
        build_office(monday.tenant, monday.team, monday.tine)
    with monday.as_tine():
        meeting = services.book(
            citizen=monday.amalie,
            wanted=wanted(monday),
            starts_at=at(19, 10),
            permitted=ALL,
            hand=services.Hand(monday.tine, at(16, 9), is_staff=True),
        )
        Outcome.objects.create(
            tenant_id=monday.tenant.pk,
            citizen=monday.amalie,
            meeting=meeting,
            result="held",
            said_by=monday.tine,
            said_at=at(19, 11),
        )
    return meeting


def address(meeting: Meeting) -> str:
    return f"/citizen/meetings/{meeting.uid}/answer/"


def test_one_answer_is_enough_and_a_second_changes_nothing(
    monday: World, amalie: Client, met: Meeting
) -> None:
    assert "You decide if you answer." in amalie.get(address(met)).content.decode()
    for helpful in ("partly", "no"):
        page = amalie.post(address(met), {"helpful": helpful}, follow=True).content.decode()
        assert "We have what you said" in page

    with as_citizen(monday, monday.amalie):
        said = ContactAnswer.objects.get()
    assert (said.helpful, said.own_choice, said.form) == ("partly", "", "in_person")


def test_both_skipped_is_told_and_nothing_is_written(amalie: Client, met: Meeting) -> None:
    answer = amalie.post(address(met), {})

    assert answer.status_code == 422
    assert "Answer one of the questions, or leave the page." in answer.content.decode()


def test_nobody_answers_about_anothers_contact(joern: Client, met: Meeting) -> None:
    assert joern.get(address(met)).status_code == 404


def test_staff_do_not_answer_for_the_citizen(monday: World, met: Meeting) -> None:
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.amalie.pk}/on-behalf/")

    assert tine.get(address(met)).status_code == 404
    assert tine.post(address(met), {"helpful": "yes"}).status_code == 404
