"""Invitations for the caseworker: who sees them, what is refused, and how little is asked."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.apps.meetings.test_inviting import expired, invited
from tests.apps.meetings.test_missing import missed
from tests.screens.citizen.conftest import signed_in
from tests.world.factories import EntryFactory
from tests.world.meetings import at, build_office
from tests.world.municipality import World
from velvalgt.apps.meetings.asking import LegalLetter
from velvalgt.apps.meetings.models import AfterMissed, Invitation, InvitationStep, Meeting
from velvalgt.apps.messages.queries import letter_goes_by
from velvalgt.apps.people.models import Citizen


@pytest.fixture(autouse=True)
def office(monday: World) -> None:
    with monday.building():
        build_office(monday.tenant, monday.team, monday.tine)


def page_of(citizen: Citizen) -> str:
    return f"/caseworker/citizens/{citizen.pk}/invitations/"


def summons_of(invitation: Invitation) -> str:
    return f"/caseworker/citizens/{invitation.citizen_id}/invitations/{invitation.pk}/summons/"


def test_the_ways_are_chosen_beforehand_and_one_click_invites(tine: Client, monday: World) -> None:
    page = tine.get(page_of(monday.joern)).content.decode()
    assert (
        'value="office" class="form-checkbox" id="id_ways_0" checked' in page or "checked" in page
    )

    sent = tine.post(page_of(monday.joern), {"type": "first_interview", "ways": ["office"]})

    assert sent.status_code == 302
    with monday.as_tine():
        invitation = Invitation.objects.get(citizen=monday.joern)
        assert (invitation.rule_id, invitation.ways) == ("k3_first_for_all", ["office"])


def test_without_a_way_the_form_comes_back_with_what_was_chosen(
    tine: Client, monday: World
) -> None:
    answer = tine.post(page_of(monday.joern), {"type": "first_interview"})

    assert answer.status_code == 422
    assert "Choose at least one way." in answer.content.decode()


def test_who_is_sick_is_not_invited_and_the_page_says_so(tine: Client, monday: World) -> None:
    with monday.building():
        EntryFactory(citizen=monday.joern, kind="sick_report", on=at(20, 9).date(), form="")

    answer = tine.post(page_of(monday.joern), {"type": "first_interview", "ways": ["office"]})

    assert answer.status_code == 422
    assert "The citizen is reported sick." in answer.content.decode()


def test_another_units_citizen_is_not_found(tine: Client, monday: World) -> None:
    for citizen in (monday.elsewhere, monday.stranger):
        assert tine.get(page_of(citizen)).status_code == 404


def test_nobody_is_summoned_who_was_just_invited(tine: Client, monday: World) -> None:
    tine.post(page_of(monday.joern), {"type": "first_interview", "ways": ["phone", "office"]})
    with monday.as_tine():
        invitation = Invitation.objects.get(citizen=monday.joern)

    said = {"starts_at": at(30, 10).isoformat()}
    answer = tine.post(summons_of(invitation), said)

    assert answer.status_code == 422
    assert "another step" in answer.content.decode()


def test_a_time_that_somebody_took_comes_back_with_the_nearest(tine: Client, monday: World) -> None:
    with monday.as_tine():
        invitation = expired(monday)

    said = {"starts_at": at(30, 7).isoformat()}  # before anybody is there
    answer = tine.post(summons_of(invitation), said)

    assert answer.status_code == 409
    assert answer.content.decode().count('name="starts_at"') == 3


def test_the_list_of_letters_shows_ones_own_citizens_alone(tine: Client, monday: World) -> None:
    tine.post(page_of(monday.joern), {"type": "first_interview", "ways": ["office"]})

    page = tine.get("/caseworker/letters/").content.decode()

    assert "Jørn" in page
    assert "On paper, by post" in page


def test_a_missed_meeting_is_followed_up_one_step_at_a_time(tine: Client, monday: World) -> None:
    with monday.as_tine():
        meeting = missed(monday)
    path = f"/caseworker/meetings/{meeting.uid}/missed/"

    assert tine.post(f"{path}?step=contacted", {"words": ""}).status_code == 422
    assert tine.post(f"{path}?step=contacted", {"words": "Ringede."}).status_code == 302
    assert tine.post(f"{path}?step=handed_over", {"words": "Hør nu."}).status_code == 302
    with monday.as_tine():
        taken = AfterMissed.objects.filter(meeting=meeting).values_list("step", flat=True)
        assert sorted(taken) == ["contacted", "heard"], "the step that comes next was taken"


def test_the_citizen_tells_why_on_their_own_page_and_others_do_not(
    tine: Client, monday: World
) -> None:
    with monday.as_tine():
        meeting = missed(monday)
    path = f"/citizen/meetings/{meeting.uid}/missed/"
    joern = signed_in("joern")

    assert joern.post(path, {"words": ""}).status_code == 422
    assert joern.post(path, {"words": "Jeg var syg."}).status_code == 302
    assert "Jeg var syg." in joern.get(path).content.decode()
    assert signed_in("amalie").get(path).status_code == 404
    assert (
        "Jeg var syg." in tine.get(f"/caseworker/meetings/{meeting.uid}/missed/").content.decode()
    )


def test_who_tells_why_just_as_the_talk_is_noted_as_held_reads_the_meeting(
    tine: Client, monday: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monday.as_tine():
        meeting = missed(monday)
    path = f"/citizen/meetings/{meeting.uid}/missed/"
    monkeypatch.setattr("velvalgt.apps.meetings.missing.was_missed", lambda meeting: False)

    answer = signed_in("joern").post(path, {"words": "Jeg var der."})

    assert answer["Location"] == f"/citizen/meetings/{meeting.uid}/"


def test_a_summons_not_to_be_posted_says_why_and_gives_no_letter(
    tine: Client, monday: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monday.as_tine():
        step = InvitationStep.objects.get(invitation=invited(monday))
        letters = [LegalLetter(step, letter_goes_by(step.citizen), "Is ill.")]
    monkeypatch.setattr("velvalgt.screens.caseworker.letters.legal_letters", lambda moment: letters)

    page = tine.get("/caseworker/letters/").content.decode()

    assert "Do not post: Is ill." in page
    assert str(step.document_id) not in page


def test_a_meeting_that_was_not_missed_has_no_such_page(tine: Client, monday: World) -> None:
    with monday.as_tine():
        meeting = missed(monday)
    with monday.building():
        other = Meeting.objects.create(
            tenant_id=monday.tenant.pk,
            citizen=monday.joern,
            type="interview",
            starts_at=at(27, 9),
            ends_at=at(27, 10),
            way="phone",
            unit=monday.team,
            caseworker=monday.tine,
            booked_at=at(23, 9),
        )

    assert tine.get(f"/caseworker/meetings/{meeting.uid}/missed/").status_code == 200
    assert tine.get(f"/caseworker/meetings/{other.uid}/missed/").status_code == 404


def test_the_page_asks_the_database_few_questions(
    tine: Client, monday: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tine.post(page_of(monday.joern), {"type": "first_interview", "ways": ["office"]})
    tine.get(page_of(monday.joern))

    with django_assert_max_num_queries(16):
        tine.get(page_of(monday.joern))
