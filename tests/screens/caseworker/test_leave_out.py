"""Leaving somebody out takes own words and a citizen who is heard, and ends in a click."""

from django.test import Client

from tests.world.factories import LONG_AGO
from tests.world.municipality import World
from velvalgt.apps.duties.models import LeaveOut
from velvalgt.apps.people.models import Citizen

ASSESSED = {
    "reason": "job_agreed",
    "words": "Begynder hos en tidligere arbejdsgiver.",
    "heard_on": "2026-11-19",
    "until": "2027-02-01",
}


def leave_out(tine: Client, citizen: Citizen, **changes: str) -> object:
    return tine.post(f"/caseworker/citizens/{citizen.pk}/leave-out/", ASSESSED | changes)


def left_out(monday: World) -> int:
    with monday.as_tine():
        return LeaveOut.objects.count()


def test_amalie_is_left_out_with_the_caseworkers_words(tine: Client, monday: World) -> None:
    answer = leave_out(tine, monday.amalie)

    page = tine.get(answer.headers["Location"]).content.decode()
    assert "Left out of interviews until 1 February 2027" in page
    assert "Begynder hos en tidligere arbejdsgiver." in page


def test_the_day_she_was_heard_is_that_of_the_latest_interview(tine: Client, monday: World) -> None:
    page = tine.get(f"/caseworker/citizens/{monday.amalie.pk}/leave-out/").content.decode()

    assert 'value="2026-11-19"' in page


def test_own_words_are_required(tine: Client, monday: World) -> None:
    assert leave_out(tine, monday.amalie, words=" ").status_code == 422
    assert left_out(monday) == 0


def test_a_leave_out_ends_after_today(tine: Client, monday: World) -> None:
    assert leave_out(tine, monday.amalie, until="2026-11-23").status_code == 422
    assert left_out(monday) == 0


def test_nobody_is_left_out_before_the_first_interview(tine: Client, monday: World) -> None:
    form = tine.get(f"/caseworker/citizens/{monday.joern.pk}/leave-out/").content.decode()

    assert "Hold the first interview first" in form
    assert leave_out(tine, monday.joern).status_code == 422
    assert left_out(monday) == 0


def test_the_room_is_shown_before_and_after(tine: Client, monday: World) -> None:
    tine.get("/caseworker/")
    follow_the_law(monday)

    page = tine.get(f"/caseworker/citizens/{monday.amalie.pk}/leave-out/").content.decode()

    assert "Began in August 2026" in page
    assert page.index("<td>100%</td>") < page.index("<td>0%</td>")
    assert "There is no room left" in page


def test_a_leave_out_is_ended_in_one_click(tine: Client, monday: World) -> None:
    leave_out(tine, monday.amalie)

    answer = tine.post(f"/caseworker/citizens/{monday.amalie.pk}/leave-out/end/")

    page = tine.get(answer.headers["Location"]).content.decode()
    assert "Will the citizen find work alone?" in page


def follow_the_law(monday: World) -> None:
    from tests.world.roles import as_role
    from velvalgt.apps.duties.services import recompute

    with as_role("worker"):
        recompute(tenant=monday.tenant, on=monday.tenant.frozen_on, at=LONG_AGO)
