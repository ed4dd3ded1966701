"""A safety note is written, looked at again and ended in case work; nobody else finds it."""

import json
import re

import pytest
from django.test import Client

from tests.screens.caseworker.conftest import signed_in
from tests.world.meetings import Office, build_office
from tests.world.municipality import World
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.meetings.models import Relation, SafetyNote

WHY = "Har slået i bordet den 20. november."
NOTE = {
    "needs_two": "on",
    "needs_alarm": "on",
    "why": WHY,
    "review_on": "2026-12-14",
    "last_day": "2027-01-31",
}


@pytest.fixture
def office(monday: World) -> Office:
    with monday.building():
        return build_office(monday.tenant, monday.team, monday.tine)


@pytest.fixture
def tine(office: Office) -> Client:
    return signed_in("tine")


def address(world: World, more: str = "") -> str:
    return f"/caseworker/citizens/{world.joern.pk}/safety/{more}"


def page_of(client: Client, where: str) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(where).content.decode().split("<main")[1])
    return re.sub(r"\s+", " ", text)


def test_the_note_says_what_meetings_need_why_and_until_when(tine: Client, monday: World) -> None:
    assert tine.post(address(monday), NOTE).status_code == 302

    page = page_of(tine, address(monday))
    assert "two of us, when we meet in person" in page
    assert "a room with an alarm; not at home and not on a walk" in page
    assert WHY in page
    assert "Look again on 14 December 2026. It ends by itself after 31 January 2027." in page
    assert "two of us" in page_of(tine, f"/caseworker/citizens/{monday.joern.pk}/")
    assert WHY not in page_of(tine, f"/caseworker/citizens/{monday.joern.pk}/")


def test_every_reading_is_in_the_citizens_log(tine: Client, monday: World) -> None:
    tine.get(address(monday))

    with monday.building():
        assert Trace.objects.filter(citizen_id=monday.joern.pk, user_id=monday.tine.pk).exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"needs_two": "", "needs_alarm": ""}, "Choose at least one of the two."),
        ({"why": ""}, "Write a sentence."),
        ({"why": "Det var 010170-1234"}, "CPR"),
        ({"review_on": "2027-02-01"}, "that is before the note ends"),
        ({"last_day": "2028-01-01"}, "within 12 months"),
    ],
)
def test_a_note_that_cannot_be_is_refused_and_its_words_are_kept(
    tine: Client, monday: World, changes: dict[str, str], words: str
) -> None:
    sent = {name: value for name, value in (NOTE | changes).items() if value}
    answer = tine.post(address(monday), sent)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "2026-12-14" in answer.content.decode() or "review_on" in changes
    with monday.as_tine():
        assert not SafetyNote.objects.exists()


def test_a_review_that_is_due_stands_on_the_worklist(tine: Client, monday: World) -> None:
    tine.post(address(monday), NOTE | {"review_on": "2026-11-24"})
    assert "look again" not in page_of(tine, "/caseworker/")

    with monday.building():
        monday.tenant.frozen_on = monday.tenant.frozen_on.replace(day=24)
        monday.tenant.save()

    assert "Jørn should be looked at again since 24 November 2026" in page_of(tine, "/caseworker/")
    assert "It is time to look again" in page_of(tine, address(monday))


def test_it_is_ended_in_one_click(tine: Client, monday: World) -> None:
    tine.post(address(monday), NOTE)
    with monday.as_tine():
        key = SafetyNote.objects.get().pk

    for _ in range(2):
        assert tine.post(address(monday, f"{key}/end/")).status_code == 302

    assert WHY not in page_of(tine, address(monday))


def test_neither_another_unit_nor_another_role_nor_the_citizen_finds_it(
    tine: Client, monday: World
) -> None:
    tine.post(address(monday), NOTE)

    elsewhere = f"/caseworker/citizens/{monday.elsewhere.pk}/safety/"
    assert tine.get(elsewhere).status_code == 404
    assert tine.post(elsewhere, NOTE).status_code == 404
    for persona in ("joern", "mette", "ib"):
        assert signed_in(persona).get(address(monday)).status_code == 404


def test_the_copy_holds_no_note_by_whomever_it_is_fetched(tine: Client, monday: World) -> None:
    tine.post(address(monday), NOTE)

    own = signed_in("joern").get("/citizen/data/download/json/")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")
    by_staff = tine.get("/citizen/data/download/json/")

    for copy in (own, by_staff):
        assert copy.status_code == 200
        assert not [name for name in json.loads(copy.content)["records"] if "safety" in name]


def test_an_interpreter_who_is_close_is_told_of_once(
    tine: Client, monday: World, office: Office
) -> None:
    for _ in range(2):
        said = {"interpreter": str(office.interpreter.pk)}
        assert tine.post(address(monday, "relations/"), said).status_code == 302
    assert tine.post(address(monday, "relations/"), {"interpreter": "x"}).status_code == 404

    assert "Close to the citizen: Tolk" in page_of(tine, address(monday))
    with monday.as_tine():
        assert Relation.objects.count() == 1
