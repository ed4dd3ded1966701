"""The jurist writes down what the State gave, sees what it changes, and another confirms it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.world.factories import LONG_AGO
from tests.world.municipality import World, overseeing
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.duties.models import Dispensation
from velvalgt.apps.people.models import Access

PAGE = "/jurist/dispensations/"
DRAFT = f"{PAGE}draft/"
FIRST = "k3_first_for_all"
WRITTEN = {
    "effect": "duty_suspended",
    "first_day": "2026-11-23",
    "last_day": "2026-12-31",
    "rules": FIRST,
    "shown": "duty_suspended",
    "instrument": "BEK nr. 1234 af 20/11/2026",
    "paragraph": "§ 1",
    "url": "https://www.retsinformation.dk/eli/lta/2026/1234",
    "words_da": "Din samtale er sat på pause på grund af sne.",
    "words_en": "Your interview is paused because of snow.",
}


def shown(client: Client, **changes: Any) -> str:
    """The page as it is while one chooses."""
    return client.post(DRAFT, {**WRITTEN, **changes, "show": "yes"}).content.decode()


def recorded(client: Client, **changes: Any) -> str:
    """Record one, and give the address of its page."""
    answer = client.post(DRAFT, {**WRITTEN, **changes, "save": "yes"})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def test_what_waits_for_a_second_person_stands_first_on_the_list(mette: Client) -> None:
    address = recorded(mette)

    page = mette.get(PAGE).content.decode()
    assert address in page
    assert page.index("Waits for a second person") < page.index("Holds here")
    assert "BEK nr. 1234 af 20/11/2026" in page


def test_the_windows_of_the_law_files_have_a_place_and_pages(mette: Client) -> None:
    page = mette.get(f"{PAGE}law/cov_stop_1/").content.decode()

    assert f"{PAGE}law/cov_stop_1/" in mette.get(PAGE).content.decode()
    assert "from 12 March 2020" in page
    assert "not verified" in page
    assert mette.get(f"{PAGE}law/no_such/").status_code == 404


def test_the_form_offers_the_rules_in_force_in_the_window_and_no_right(mette: Client) -> None:
    page = mette.get(DRAFT).content.decode()

    assert f'value="{FIRST}"' in page
    assert "k3_right_on_request" not in page
    assert "k1_first_within_1w" not in page


def test_another_window_offers_other_rules(mette: Client) -> None:
    page = shown(mette, first_day="2021-01-01", last_day="2021-03-01", rules=[])

    assert "k1_first_within_1w" in page
    assert f'value="{FIRST}"' not in page


def test_more_forms_may_be_given_for_a_right_too(mette: Client) -> None:
    page = shown(mette, effect="form_relaxed")

    assert "k3_right_on_request" in page
    assert "may be held in more ways" in page, "phone and video are what such orders allow"


def test_what_changes_is_shown_before_anything_is_written(mette: Client) -> None:
    page = shown(mette, instrument="", words_da="")

    assert "<strong>1</strong> duty pauses" in page
    assert "Something is missing or wrong" not in page
    assert "Write the order" not in page


@pytest.mark.parametrize("number", ["B", "BE", "x" * 200])
def test_a_number_that_is_half_written_stops_no_preview(mette: Client, number: str) -> None:
    answer = mette.post(DRAFT, {**WRITTEN, "instrument": number}, headers={"hx-request": "true"})

    assert answer.status_code == 200
    assert "<strong>1</strong> duty pauses" in answer.content.decode()


def test_a_region_that_is_not_there_on_the_first_day_is_kept_in_sight_and_said(
    mette: Client,
) -> None:
    chosen = {**WRITTEN, "regions": "Sjælland", "last_day": "2027-03-01"}
    part = mette.post(
        DRAFT, {**chosen, "first_day": "2027-01-01"}, headers={"hx-request": "true"}
    ).content.decode()

    assert "There is no Sjælland on the first day." in part
    assert 'value="Sjælland"' in part
    assert "v-totals" not in part


def test_a_region_that_is_not_there_is_not_recorded(mette: Client) -> None:
    answer = mette.post(DRAFT, {**WRITTEN, "regions": "Atlantis", "save": "yes"})

    assert answer.status_code == 422
    assert "There is no Atlantis on the first day." in answer.content.decode()


def test_while_nothing_is_chosen_the_page_says_what_to_choose(mette: Client) -> None:
    page = shown(mette, rules=[])

    assert "at least one line of the list" in page


def test_the_part_that_htmx_gets_is_the_pages_own(mette: Client) -> None:
    part = mette.post(DRAFT, WRITTEN, headers={"hx-request": "true"}).content.decode()

    assert part.strip().startswith('<div id="answer">')
    assert " ".join(part.split()) in " ".join(shown(mette).split())


def test_a_day_that_is_none_is_said_beside_what_changes(mette: Client) -> None:
    answer = mette.post(DRAFT, {**WRITTEN, "last_day": "x"}, headers={"hx-request": "true"})

    assert answer.status_code == 200, "one is still choosing"
    assert "That is no day." in answer.content.decode()


def test_the_page_shows_nobody_elses_figures(mette: Client) -> None:
    assert "changes nothing for anybody" in shown(mette, municipalities="Aalborg")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"instrument": ""}, "Write the order’s number and day."),
        ({"instrument": "BE"}, "too short to be an order’s number and day"),
        ({"words_en": ""}, "Write a sentence."),
        ({"rules": []}, "Choose at least one rule."),
        ({"last_day": "2026-11-01"}, "Choose a last day that is not before the first."),
        ({"first_day": "snow"}, "That is no day."),
        ({"last_day": "9999-12-31"}, "Look at the year."),
        ({"municipalities": "Velby, Atlantis"}, "There is no municipality called Atlantis."),
        ({"rules": "k1_first_within_1w"}, "is not in force in these days"),
        ({"url": "no page"}, "That is no address of a page."),
    ],
)
def test_what_is_missing_is_said_where_it_belongs(
    mette: Client, changes: dict[str, Any], told: str
) -> None:
    answer = mette.post(DRAFT, {**WRITTEN, **changes, "save": "yes"})

    assert answer.status_code == 422
    assert told in answer.content.decode()


def test_places_are_recorded_by_name_and_code(mette: Client, reckoned: World) -> None:
    address = recorded(mette, regions="Nordjylland", municipalities="velby, Aalborg")

    page = mette.get(address).content.decode()
    assert "Nordjylland, Velby, Aalborg" in page
    with overseeing(reckoned, reckoned.mette):
        assert Dispensation.objects.get().municipalities == ["099", "851"]


def test_whoever_recorded_it_finds_no_button_to_confirm(mette: Client) -> None:
    address = recorded(mette)

    page = mette.get(address).content.decode()
    refused = mette.post(f"{address}confirmation/")
    assert f"{address}confirmation/" not in page
    assert (refused.status_code, "You recorded it yourself." in refused.content.decode()) == (
        422,
        True,
    )


def test_another_person_confirms_and_the_duty_is_paused(mette: Client, lone: Client) -> None:
    address = recorded(mette)
    before = lone.get(address).content.decode()

    assert f"{address}confirmation/" in before
    assert "What changes when it is confirmed" in before
    lone.post(f"{address}confirmation/")

    page = mette.get(address).content.decode()
    assert "What it changes now" in page
    assert "by Lone" in page
    assert "<strong>1</strong> duty pauses" in page


def test_the_rule_names_what_bears_on_it(mette: Client, lone: Client) -> None:
    address = recorded(mette)
    lone.post(f"{address}confirmation/")

    assert address in mette.get(f"/jurist/rules/{FIRST}/").content.decode()


def test_a_withdrawal_asks_for_a_reason_and_shows_it(mette: Client) -> None:
    address = recorded(mette)

    refused = mette.post(f"{address}withdrawal/", {"reason": " "})
    mette.post(f"{address}withdrawal/", {"reason": "Wrong number"})

    page = mette.get(address).content.decode()
    assert refused.status_code == 422
    assert "Write why." in refused.content.decode()
    assert "Wrong number" in page
    assert f"{address}withdrawal/" not in page


def test_what_two_have_confirmed_is_withdrawn_by_two(mette: Client, lone: Client) -> None:
    address = recorded(mette)
    lone.post(f"{address}confirmation/")
    before = mette.get(address).content.decode()
    mette.post(f"{address}withdrawal/", {"reason": "Wrong number"})

    mine, hers = (client.get(address).content.decode() for client in (mette, lone))
    confirm = f"{address}withdrawal/confirmation/"
    waiting = lone.get(PAGE).content.decode().partition("Holds here")[0]
    assert (address in waiting, "withdrawal waits" in waiting) == (True, True)
    assert "<strong>1</strong> duty that is on pause will be owed again." in before
    assert "Mette has asked for it to be withdrawn" in mine
    assert "Wrong number" in hers
    assert (confirm in mine, confirm in hers) == (False, True)
    assert "in force" in hers
    refused = mette.post(confirm)
    assert (refused.status_code, "You asked for it yourself." in refused.content.decode()) == (
        422,
        True,
    )
    assert lone.post(confirm).status_code == 302
    page = mette.get(address).content.decode()
    assert "confirmed by Lone" in page
    assert "What it changes now" not in page


def test_what_is_recorded_twice_is_refused_beside_the_number(mette: Client) -> None:
    recorded(mette)

    answer = mette.post(DRAFT, {**WRITTEN, "save": "yes"})

    assert answer.status_code == 422
    assert "stands here already with these days and places: Mette recorded it." in (
        answer.content.decode()
    )


@pytest.fixture
def without_oversight(mette: Client, lone: Client, reckoned: World) -> tuple[str, str]:
    """What waits and what holds, after the grant to see everybody has run out."""
    waits, holds = recorded(mette), recorded(mette, last_day="")
    lone.post(f"{holds}confirmation/")
    with reckoned.building():
        grants = Access.objects.filter(purpose=Purpose.LEGAL_OVERSIGHT)
        grants.update(ends_at=timezone.now() - timedelta(minutes=1))
    return waits, holds


def test_without_oversight_there_are_no_buttons(
    lone: Client, without_oversight: tuple[str, str]
) -> None:
    waits, holds = without_oversight

    assert f"{waits}confirmation/" not in lone.get(waits).content.decode()
    assert f"{holds}withdrawal/" not in lone.get(holds).content.decode()
    assert DRAFT not in lone.get(PAGE).content.decode()
    assert 'name="save"' not in lone.get(DRAFT).content.decode()


def test_without_oversight_one_is_told_kindly(
    lone: Client, without_oversight: tuple[str, str]
) -> None:
    waits, holds = without_oversight

    answers = [
        lone.post(DRAFT, {**WRITTEN, "instrument": "BEK nr. 2", "save": "yes"}),
        lone.post(f"{waits}confirmation/"),
        lone.post(f"{holds}withdrawal/", {"reason": "Wrong number"}),
        lone.post(f"{holds}withdrawal/confirmation/"),
    ]

    assert [answer.status_code for answer in answers] == [422] * 4
    told = "Only those who check the law for the whole municipality do this."
    assert all(told in answer.content.decode() for answer in answers)


def test_rules_of_one_name_are_told_apart_where_one_chooses(mette: Client) -> None:
    page = mette.get(DRAFT).content.decode()

    assert "(LAB § 102: G1 " in page
    assert "(LAB § 102: G3 " in page


def test_a_line_of_what_changes_names_paragraph_and_groups(mette: Client) -> None:
    page = shown(mette)

    assert "LAB § 31 · G" in page.partition("What changes, rule by rule")[2]


def test_what_is_withdrawn_is_not_confirmed(mette: Client, lone: Client) -> None:
    address = recorded(mette)
    mette.post(f"{address}withdrawal/", {"reason": "Wrong number"})

    refused = lone.post(f"{address}confirmation/")

    assert refused.status_code == 422
    assert "It has been withdrawn." in refused.content.decode()


def test_its_page_says_what_the_book_no_longer_has(mette: Client, reckoned: World) -> None:
    with overseeing(reckoned, reckoned.mette):
        old = Dispensation.objects.create(
            tenant_id=reckoned.tenant.pk, instrument="BEK 1", paragraph="§ 1", words_da="x",
            words_en="x", effect="duty_suspended", rules=["k0_gone"], first_day="2026-01-01",
            recorded_by=reckoned.mette, recorded_at=LONG_AGO,
        )  # fmt: skip

    page = mette.get(f"{PAGE}{old.pk}/").content.decode()

    assert "The book no longer has what this names: k0_gone." in page


def test_another_municipalitys_dispensation_is_not_found(mette: Client, reckoned: World) -> None:
    assert mette.get(f"{PAGE}{reckoned.stranger.pk}/").status_code == 404
    assert mette.post(f"{PAGE}{reckoned.stranger.pk}/confirmation/").status_code == 404


@pytest.mark.parametrize(("asked", "questions"), [("list", 9), ("form", 9), ("shown", 14)])
def test_a_page_asks_a_fixed_number_of_questions(
    mette: Client, django_assert_num_queries: DjangoAssertNumQueries, asked: str, questions: int
) -> None:
    recorded(mette)

    with django_assert_num_queries(questions):
        if asked == "list":
            mette.get(PAGE)
        elif asked == "form":
            mette.get(DRAFT)
        else:
            shown(mette)


def test_the_page_of_one_asks_a_fixed_number_of_questions(
    mette: Client, lone: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    address = recorded(mette)

    with django_assert_num_queries(16):
        lone.get(address)
