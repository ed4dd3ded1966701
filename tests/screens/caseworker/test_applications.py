"""Tine answers applications: on the worklist, one page, yes, no with reasons, or a question."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader
from pytest_django import DjangoAssertNumQueries

from tests.screens.caseworker.conftest import signed_in
from tests.world.municipality import World
from tests.world.offers import (
    a_start,
    an_offer,
    answered,
    application_of,
    applied,
    some_citizens,
)
from velvalgt.apps.cases.models import Document, Entry
from velvalgt.apps.cases.queries import content_of
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.offers.models import Answer, Application

NO = {"outcome": "refused", "reasons": "Du har et kursus i forvejen.", "law": "LAB § 91"}
YES = {"outcome": "granted", "reasons": "Det passer til din plan.", "law": "LAB § 91"}


@pytest.fixture
def waiting(monday: World) -> Application:
    """Amalie waits for an answer."""
    applied(monday, monday.amalie, an_offer(monday, law="LAB § 91"), words="Jeg vil gerne.")
    return application_of(monday, monday.amalie)


def address_of(application: Application, place: str = "") -> str:
    return f"/caseworker/applications/{application.pk}/{place}"


def answers(world: World) -> list[Answer]:
    with world.building():
        return list(Answer.objects.select_related("document"))


def test_what_waits_stands_on_the_worklist(tine: Client, waiting: Application) -> None:
    page = tine.get("/caseworker/").content.decode()

    assert address_of(waiting) in page


def test_the_oldest_stands_first_and_what_we_asked_about_last(
    tine: Client, monday: World, waiting: Application
) -> None:
    applied(monday, monday.joern, an_offer(monday, key="mentor"))
    answered(monday, waiting, "more_needed", reasons="Hvornår?")

    lines = tine.get("/caseworker/applications/").context["lines"]

    assert [line.application.citizen.name for line in lines] == ["Jørn", "Amalie"]


def test_the_paragraph_of_the_offer_is_filled_in(tine: Client, waiting: Application) -> None:
    page = tine.get(address_of(waiting))

    assert page.context["form"]["law"].value() == "LAB § 91"
    assert "Jeg vil gerne." in page.content.decode()


def test_a_no_is_a_letter_with_reasons_and_a_guide_and_the_citizen_is_told(
    tine: Client, monday: World, waiting: Application
) -> None:
    tine.post(address_of(waiting, "answers/"), NO)

    (answer,) = answers(monday)
    with monday.building():
        letter = Document.objects.get()
        text = PdfReader(BytesIO(content_of(letter))).pages[0].extract_text()
        notice = Notice.objects.get()
    assert (answer.document, letter.kind) == (letter, "decision")
    assert NO["reasons"] in text
    assert NO["law"] in text
    assert "Ankestyrelsen" in text
    assert (notice.citizen_id, notice.occasion) == (monday.amalie.pk, "decision")


@pytest.mark.parametrize(
    ("missing", "field"), [("reasons", "reasons"), ("law", "law"), ("outcome", "outcome")]
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    tine: Client, monday: World, waiting: Application, missing: str, field: str
) -> None:
    page = tine.post(address_of(waiting, "answers/"), NO | {missing: ""})

    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert all(words in page.content.decode() for key, words in NO.items() if key != missing)
    assert answers(monday) == []


def test_the_second_click_answers_once(tine: Client, monday: World, waiting: Application) -> None:
    for _ in range(2):
        assert tine.post(address_of(waiting, "answers/"), NO).status_code == 302

    with monday.building():
        assert (Answer.objects.count(), Document.objects.count()) == (1, 1)


def test_when_no_seat_is_left_the_form_says_so(tine: Client, monday: World) -> None:
    offer = an_offer(monday)
    start = a_start(monday, offer, seats=1)
    first, second = some_citizens(monday, 2)
    for citizen in (first, second):
        applied(monday, citizen, offer, start)
    tine.post(address_of(application_of(monday, first), "answers/"), YES)

    page = tine.post(address_of(application_of(monday, second), "answers/"), YES)

    assert page.status_code == 422
    assert "outcome" in page.context["form"].errors


def test_a_yes_to_what_the_law_calls_an_offer_is_in_the_journal_at_once(
    tine: Client, monday: World
) -> None:
    applied(monday, monday.joern, an_offer(monday, key="m", law_word="mentor"))

    tine.post(address_of(application_of(monday, monday.joern), "answers/"), YES)

    with monday.as_tine():
        entry = Entry.objects.get(kind="offer_given")
        assert (entry.detail, entry.actor) == ("mentor", "municipality")
        assert duties_of(monday.joern, entry.on)


def test_an_application_in_another_unit_is_not_found(
    tine: Client, monday: World, waiting: Application
) -> None:
    with monday.building():
        monday.amalie.access.filter(unit=monday.team).update(ends_at="2021-01-01T00:00Z")

    assert tine.get(address_of(waiting)).status_code == 404
    assert tine.post(address_of(waiting, "answers/"), NO).status_code == 404


def test_what_one_citizen_applied_for_and_wishes_is_on_one_page(
    tine: Client, monday: World, waiting: Application
) -> None:
    amalie = signed_in("amalie")
    amalie.post(f"/citizen/wishes/{waiting.offer_id}/")

    page = tine.get(f"/caseworker/citizens/{monday.amalie.pk}/applications/")

    assert (len(page.context["lines"]), len(page.context["wished"])) == (1, 1)


@pytest.mark.parametrize(
    ("address", "questions"),
    [("/caseworker/applications/", 10), ("/caseworker/applications/?scope=unit", 10)],
)
def test_the_list_asks_no_more_with_thirty(
    tine: Client,
    monday: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    questions: int,
) -> None:
    offer = an_offer(monday)
    start = a_start(monday, offer)
    for citizen in some_citizens(monday, 30):
        applied(monday, citizen, offer, start)

    with django_assert_num_queries(questions):
        page = tine.get(address)

    assert len(page.context["lines"]) == 30


def test_a_question_needs_no_paragraph(tine: Client, monday: World, waiting: Application) -> None:
    asked = {"outcome": "more_needed", "reasons": "Hvad vil du bruge det til?", "law": ""}

    answer = tine.post(f"/caseworker/applications/{waiting.pk}/answers/", asked)

    assert answer.status_code == 302
