"""Meetings for many and of several on the caseworker's pages."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.screens.citizen.conftest import signed_in
from tests.world.groups import a_group
from tests.world.meetings import Office, at, build_office
from tests.world.municipality import World
from velvalgt.apps.meetings.models import GroupMeeting, Meeting, Party
from velvalgt.apps.staff.models import Unit

HERE = "/caseworker/groups/"
ASKED = {
    "type": "network_meeting", "day": "2026-12-03", "begins": "10:00", "where": "video",
    "seats": "4",
}  # fmt: skip


@pytest.fixture
def office(world: World) -> Office:
    with world.building():
        return build_office(world.tenant, world.team, world.tine)


@pytest.fixture
def tine(office: Office) -> Client:
    return signed_in("tine")


def test_a_meeting_is_arranged_with_few_words(tine: Client, office: Office, world: World) -> None:
    assert tine.post(HERE, ASKED).status_code == 422
    many = tine.post(HERE, ASKED | {"where": office.large.pk, "seats": "40"})
    assert (many.status_code, many.context["form"].errors.keys()) == (422, {"seats"})
    for _twice in range(2):
        answer = tine.post(HERE, ASKED | {"where": office.large.pk}, follow=True)

    assert "Network meeting" in answer.text
    with world.building():
        (group,) = GroupMeeting.objects.all()
        assert (group.starts_at, group.enrol_until) == (at(3, 10, month=12),) * 2
    taken = ASKED | {"type": "info_meeting", "where": office.large.pk, "title_da": "Info"}
    answer = tine.post(HERE, taken)
    assert (answer.status_code, 'value="Info"' in answer.text) == (409, True)


def test_another_units_meeting_is_not_tines_to_change(tine: Client, world: World) -> None:
    with world.building():
        south = Unit.objects.get(code="SYD")
        theirs = GroupMeeting.objects.get(pk=a_group(world, unit=south).pk)

    assert tine.get(f"{HERE}{theirs.pk}/").status_code == 404
    assert tine.post(f"{HERE}{theirs.pk}/cancellation/").status_code == 404


def test_a_conference_is_called_and_moved_and_its_people_with_it(
    tine: Client, office: Office, world: World
) -> None:
    here = f"/caseworker/citizens/{world.joern.pk}/conferences/"
    ask = {
        "type": "team_conference", "way": "office", "since": "2026-11-30",
        "also": str(office.hans.pk),
    }  # fmt: skip
    assert "Times when all can" in tine.get(here, ask).text
    answer = tine.post(here, ask | {"starts_at": at(30, 10).isoformat()})
    assert answer.status_code == 302
    page = answer.headers["location"]

    assert "Hans" in tine.get(page).text
    assert "Hans" in tine.get(f"{page}?print").text
    assert tine.get(f"{page}times/").status_code == 200
    assert tine.post(f"{page}times/", {"starts_at": "in a moment"}).status_code == 404
    assert tine.post(f"{page}times/", {"starts_at": at(30, 12).isoformat()}).status_code == 302
    with world.building():
        assert Meeting.objects.standing().get().starts_at == at(30, 12)
        (party,) = Party.objects.all()

    again = ask | {"starts_at": at(30, 12).isoformat(), "type": "rehabilitation_conference"}
    answer = tine.post(here, again)
    assert (answer.status_code, "Hans" in answer.text) == (409, True)
    assert tine.post(f"{page}guests/", {"name": ""}).status_code == 422
    assert tine.post(f"{page}colleagues/", {"colleague": "nobody"}).status_code == 422
    tine.post(f"{page}parties/{party.pk}/end/")
    tine.post(f"{page}colleagues/", {"colleague": str(office.hans.pk)})
    assert "You take part in" not in tine.get("/caseworker/").text
    tine.post(f"{page}cancellation/")
    assert tine.get(page).status_code == 404


def test_a_conference_that_is_not_there_is_not_found(tine: Client) -> None:
    assert tine.get(f"/caseworker/conferences/{uuid4()}/").status_code == 404
