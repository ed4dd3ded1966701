"""An interview is recorded from where the caseworker stands, and a wrong one is taken back."""

import re

from django.test import Client

from tests.world.factories import LONG_AGO
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties.services import recompute

TOKEN = re.compile(r"csrfmiddlewaretoken\" value=\"\w+\"|entry=[\w-]+")
HELD = {"how": "in_person", "on": "2026-11-23", "page": "worklist"}


def record(tine: Client, monday: World, **changes: str) -> object:
    return tine.post(f"/caseworker/citizens/{monday.joern.pk}/interviews/", HELD | changes)


def without_tokens(html: str) -> str:
    return TOKEN.sub("", html).strip()


def interviews_with_joern(monday: World) -> list[Entry]:
    with monday.as_tine():
        return list(Entry.objects.standing().filter(citizen=monday.joern, kind="interview"))


def test_a_recorded_interview_stands_in_the_journal_and_the_line_is_gone(
    tine: Client, monday: World
) -> None:
    answer = record(tine, monday)

    page = tine.get(answer.headers["Location"]).content.decode()
    (entry,) = interviews_with_joern(monday)
    assert (entry.form, str(entry.on), entry.recorded_by_id) == (
        "in_person",
        "2026-11-23",
        monday.tine.pk,
    )
    assert "Recorded: an interview with Jørn" in page
    assert "Nothing is late" in page


def test_htmx_is_given_the_part_that_a_reload_would_show(tine: Client, monday: World) -> None:
    path = f"/caseworker/citizens/{monday.joern.pk}/interviews/"
    part = tine.post(path, HELD, headers={"HX-Request": "true"}).content.decode()

    (entry,) = interviews_with_joern(monday)
    page = tine.get(f"/caseworker/?entry={entry.pk}").content.decode()
    assert part.strip().startswith('<div id="work">')
    assert without_tokens(part) in without_tokens(page)


def test_an_interview_can_not_be_recorded_before_it_is_held(tine: Client, monday: World) -> None:
    answer = record(tine, monday, on="2026-11-24")

    assert answer.status_code == 422
    assert "has not been held yet" in answer.content.decode()
    assert interviews_with_joern(monday) == []


def test_the_first_interview_is_recorded_in_a_permitted_form_only(
    tine: Client, monday: World
) -> None:
    assert record(tine, monday, how="phone").status_code == 422
    assert interviews_with_joern(monday) == []


def test_a_wrong_interview_is_taken_back_and_both_entries_stay(tine: Client, monday: World) -> None:
    record(tine, monday)
    (entry,) = interviews_with_joern(monday)

    answer = tine.post(f"/caseworker/entries/{entry.pk}/withdrawal/", {"page": "worklist"})

    page = tine.get(answer.headers["Location"]).content.decode()
    assert interviews_with_joern(monday) == []
    assert "Taken back" in page
    assert "Monday 30 November 2026" in page
    with monday.as_tine():
        assert Entry.objects.filter(citizen=monday.joern, kind="interview").count() == 2


def test_taking_back_twice_is_said_plainly(tine: Client, monday: World) -> None:
    record(tine, monday)
    (entry,) = interviews_with_joern(monday)
    path = f"/caseworker/entries/{entry.pk}/withdrawal/"

    tine.post(path, {"page": "worklist"})
    answer = tine.post(path, {"page": "worklist"})

    assert answer.status_code == 422
    assert "has been corrected already" in answer.content.decode()


def test_nobody_records_on_a_citizen_they_cannot_see(tine: Client, monday: World) -> None:
    path = f"/caseworker/citizens/{monday.elsewhere.pk}/interviews/"

    assert tine.post(path, HELD).status_code == 404


def test_the_ledger_moves_when_the_last_interview_owed_is_held(tine: Client, monday: World) -> None:
    with as_role("worker"):
        recompute(tenant=monday.tenant, on=monday.tenant.frozen_on, at=LONG_AGO)
    before = tine.get("/caseworker/").content.decode()

    tine.post(f"/caseworker/citizens/{monday.amalie.pk}/interviews/", HELD)

    after = tine.get("/caseworker/").content.decode()
    august = 'id="municipality_interviews-2026-08-title"'
    assert (august in before, august in after) == (True, False)
