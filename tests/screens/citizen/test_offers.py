"""The citizen's catalogue: few with reasons, a search, one form to apply, and the way back."""

import re
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import signed_in
from tests.world.factories import MONDAY
from tests.world.municipality import World
from tests.world.offers import (
    a_start,
    an_offer,
    answered,
    application_of,
    applied,
    asked_for,
    some_citizens,
)
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.services import give_receipt
from velvalgt.apps.offers.choices import OfferKind, Outcome
from velvalgt.apps.offers.models import Application, Texts
from velvalgt.apps.offers.queries import open_applications


def applications(world: World) -> list[Application]:
    with world.building():
        return list(Application.objects.select_related("offer", "start"))


def text_of(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_page_says_that_the_order_is_no_number_about_anybody(
    monday: World, amalie: Client
) -> None:
    an_offer(monday)

    assert "The order is not a number about you." in text_of(amalie, "/citizen/offers/")


def test_what_the_citizen_says_they_want_moves_the_order_and_is_the_reason(
    monday: World, amalie: Client
) -> None:
    for number in range(3):
        an_offer(monday, key=f"other{number}")
    an_offer(monday, key="mentor", kind=OfferKind.MENTOR, needs=("support",))

    first = amalie.get("/citizen/offers/?need=support").context["chosen"][0]

    assert first.line.offer.key == "mentor"
    assert first.reasons == ("You want to: have somebody by my side.",)


def test_a_search_for_something_else_is_no_place_for_advice(monday: World, amalie: Client) -> None:
    an_offer(monday)

    assert amalie.get("/citizen/offers/?words=data").context["chosen"] == []


def test_an_empty_catalogue_leads_to_the_phone(amalie: Client) -> None:
    assert "Call us and hear what we can do." in text_of(amalie, "/citizen/offers/")


def test_the_demand_has_its_area_day_and_source(monday: World, amalie: Client) -> None:
    asked_for(monday, "svejser", "shortage")
    offer = an_offer(monday, leads_to="svejser")

    told = text_of(amalie, f"/citizen/offers/{offer.pk}/")
    assert "Shortage of people: Svejser in Nordjylland, as of 1 July 2026." in told
    assert "star" in told


def test_the_price_is_the_municipalitys_and_has_a_source(monday: World, amalie: Client) -> None:
    offer = an_offer(monday, price_oere=1840000, price_source="demo")

    assert "A place costs the municipality 18,400 kr." in text_of(
        amalie, f"/citizen/offers/{offer.pk}/"
    )


def test_a_study_stands_with_method_doubt_and_source(monday: World, amalie: Client) -> None:
    offer = an_offer(monday, key="mentor", kind=OfferKind.MENTOR)

    told = text_of(amalie, f"/citizen/offers/{offer.pk}/")
    assert "Drawn by lot in Denmark" in told
    assert "How sure is it?" in told
    assert "JAMA Psychiatry" in told


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("words=weld", {"Welding"}),
        ("kind=course", {"Welding", "Data"}),
        ("kind=mentor", {"Mentor"}),
        ("need=support", {"Mentor"}),
        ("has_seat=on", {"Data", "Mentor"}),
        ("weeks=4", {"Welding", "Mentor"}),
        ("words=nothing", set()),
    ],
)
def test_the_search_finds_by_word_kind_need_start_and_seat(
    monday: World, amalie: Client, query: str, keys: set[str]
) -> None:
    welding = an_offer(monday, key="welding", title=Texts("Svejsning", "Welding"))
    data = an_offer(monday, key="data", title=Texts("Data", "Data"))
    an_offer(
        monday,
        key="mentor",
        kind=OfferKind.MENTOR,
        title=Texts("Mentor", "Mentor"),
        needs=("support",),
    )
    full = a_start(monday, welding, starts_on=date(2026, 12, 7), apply_by=MONDAY, seats=1)
    a_start(monday, data)
    applied(monday, monday.joern, welding, full)
    answered(monday, application_of(monday, monday.joern))

    page = amalie.get(f"/citizen/offers/?{query}").context["page"]
    assert {line.offer.title_en for line in page.lines} == keys


def test_the_catalogue_is_read_page_by_page_to_its_end(monday: World, amalie: Client) -> None:
    for number in range(23):
        an_offer(monday, key=f"o{number}", title=Texts("Ens", "Same"))

    seen, after = [], ""
    while after is not None:
        page = amalie.get(f"/citizen/offers/?after={after}").context["page"]
        seen += [line.offer.key for line in page.lines]
        after = page.after
    assert len(seen) == len(set(seen)) == 23


def test_what_is_asked_wrongly_is_said_and_not_guessed(amalie: Client) -> None:
    assert amalie.get("/citizen/offers/?kind=sanction").status_code == 422


def test_amalie_applies_and_gets_her_receipt(monday: World, amalie: Client) -> None:
    offer = an_offer(monday)
    start = a_start(monday, offer)

    answer = amalie.post(
        f"/citizen/offers/{offer.pk}/applications/", {"start": start.pk, "words": "Fordi."}
    )

    (application,) = applications(monday)
    assert answer.headers["Location"] == f"/citizen/receipts/{application.receipt_id}/"
    assert (application.start, application.words) == (start, "Fordi.")


def test_without_a_start_nothing_typed_is_lost(monday: World, amalie: Client) -> None:
    offer = an_offer(monday)
    a_start(monday, offer)
    a_start(monday, offer, starts_on=date(2027, 3, 1))

    answer = amalie.post(f"/citizen/offers/{offer.pk}/applications/", {"words": "Mine ord."})

    assert answer.status_code == 422
    assert "Choose a start." in answer.content.decode()
    assert "Mine ord." in answer.content.decode()
    assert applications(monday) == []


def test_when_the_database_fails_nothing_is_half_done_and_the_words_come_back(
    monday: World, amalie: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = an_offer(monday)

    def broken(**said: Any) -> Any:
        give_receipt(**said)
        raise DatabaseError("the disk is full")

    monkeypatch.setattr("velvalgt.apps.offers.applying.give_receipt", broken)
    answer = amalie.post(f"/citizen/offers/{offer.pk}/applications/", {"words": "Mine ord."})

    assert answer.status_code == 503
    assert "Mine ord." in answer.content.decode()
    assert applications(monday) == []


def test_when_the_receipt_cannot_be_shown_the_application_stands(
    monday: World, amalie: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = an_offer(monday)
    amalie.raise_request_exception = False
    sent = amalie.post(f"/citizen/offers/{offer.pk}/applications/", {"words": "Fordi."})

    def broken(*_: object) -> None:
        raise RuntimeError("the page broke")

    monkeypatch.setattr("velvalgt.screens.citizen.receipts.receipt_of", broken)

    assert amalie.get(sent.headers["Location"]).status_code == 500
    assert len(applications(monday)) == 1


def test_amalie_reads_her_place_and_takes_it_back(monday: World, amalie: Client) -> None:
    offer = an_offer(monday)
    start = a_start(monday, offer, seats=1)
    for citizen in some_citizens(monday, 3):
        applied(monday, citizen, offer, start)
    amalie.post(f"/citizen/offers/{offer.pk}/applications/", {"start": start.pk})
    mine = application_of(monday, monday.amalie)
    address = f"/citizen/applications/{mine.pk}/"
    assert "You are number 3 on the waiting list." in text_of(amalie, "/citizen/applications/")
    assert "You are number 3 on the waiting list." in text_of(amalie, address)

    answer = amalie.post(f"{address}withdrawal/")

    assert "/citizen/receipts/" in answer.headers["Location"]
    assert "You took this application back." in text_of(amalie, address)


def test_a_no_is_read_with_its_reasons_law_and_how_to_complain(
    monday: World, amalie: Client
) -> None:
    applied(monday, monday.amalie, an_offer(monday))
    mine = application_of(monday, monday.amalie)
    answered(monday, mine, Outcome.REFUSED, reasons="Du har et kursus i forvejen.")

    told = text_of(amalie, f"/citizen/applications/{mine.pk}/")
    assert "We say no." in told
    assert "Du har et kursus i forvejen." in told
    assert "LAB § 91" in told
    assert "You can complain" in told


def test_the_citizen_answers_a_question(monday: World, amalie: Client) -> None:
    applied(monday, monday.amalie, an_offer(monday))
    mine = application_of(monday, monday.amalie)
    answered(monday, mine, Outcome.MORE_NEEDED, reasons="Hvad vil du bruge det til?")
    address = f"/citizen/applications/{mine.pk}/"
    assert "Hvad vil du bruge det til?" in text_of(amalie, address)

    assert amalie.post(f"{address}additions/", {"words": " "}).status_code == 422
    amalie.post(f"{address}additions/", {"words": "Til et job."})

    told = text_of(amalie, address)
    assert "Waits for an answer" in told
    assert "Til et job." in told


def test_a_granted_offer_of_the_law_is_not_given_up_without_a_word(
    monday: World, amalie: Client
) -> None:
    applied(monday, monday.amalie, an_offer(monday, law_word="mentor"))
    mine = application_of(monday, monday.amalie)
    answered(monday, mine)

    assert "Call us first." in text_of(amalie, f"/citizen/applications/{mine.pk}/")


def test_somebody_elses_application_is_not_found(monday: World, amalie: Client) -> None:
    applied(monday, monday.joern, an_offer(monday))
    theirs = application_of(monday, monday.joern)

    for place in ("", "additions/", "withdrawal/"):
        address = f"/citizen/applications/{theirs.pk}/{place}"
        assert amalie.post(address, {"words": "x"}).status_code in {404, 405}
    assert amalie.get(f"/citizen/applications/{theirs.pk}/").status_code == 404


def test_amalie_orders_her_wishes(monday: World, amalie: Client) -> None:
    first, second = (an_offer(monday, key=key, title=Texts(key, key)) for key in ("En", "To"))
    for offer in (first, second):
        amalie.post(f"/citizen/wishes/{offer.pk}/")
    amalie.post(f"/citizen/wishes/{second.pk}/place/", {"places": "-1"})
    assert [each.key for each in amalie.get("/citizen/wishes/").context["wished"]] == ["To", "En"]

    amalie.post(f"/citizen/wishes/{second.pk}/removal/")

    assert [each.key for each in amalie.get("/citizen/wishes/").context["wished"]] == ["En"]


def test_staff_apply_on_a_citizens_behalf_on_the_same_page(monday: World) -> None:
    tine, offer = signed_in("tine"), an_offer(monday)
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")

    tine.post(f"/citizen/offers/{offer.pk}/applications/", {"words": "Jørn ringede."})

    mine = application_of(monday, monday.joern)
    with monday.building():
        assert (mine.receipt.done_by, mine.receipt.is_on_behalf) == (monday.tine, True)


@pytest.fixture
def full(monday: World) -> World:
    """Twenty offers with a start each; Amalie has applied for five and wishes for three."""
    for number in range(20):
        offer = an_offer(monday, key=f"o{number}", leads_to=f"job{number}")
        start = a_start(monday, offer)
        if number < 5:
            applied(monday, monday.amalie, offer, start)
    return monday


@pytest.mark.parametrize(
    ("address", "questions"),
    [
        ("/citizen/offers/", 17),
        ("/citizen/offers/?words=data", 11),
        ("/citizen/applications/", 9),
        ("/citizen/wishes/", 8),
    ],
)
def test_a_page_asks_a_fixed_number_of_questions(
    full: World,
    amalie: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
    questions: int,
) -> None:
    with django_assert_num_queries(questions):
        amalie.get(address)


def test_the_first_page_asks_one_question_about_applications(
    full: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with (
        acting(full.tenant.pk, full.amalie.user_id, Purpose.OWN_CASE),
        django_assert_num_queries(1),
    ):
        lines = open_applications(full.amalie, on=MONDAY)

    assert len(lines) == 5
