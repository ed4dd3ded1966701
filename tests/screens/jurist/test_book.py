"""The jurist reads what is in force, how well it is known, and whom it touches."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world.municipality import World
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.duties.queries import rules_in_force


def test_the_book_names_every_rule_in_force_with_its_source(mette: Client, reckoned: World) -> None:
    page = mette.get("/jurist/").content.decode()

    rules = rules_in_force(reckoned.tenant.frozen_on)
    assert rules
    for rule in rules:
        assert f"/jurist/rules/{rule.id}/" in page
        assert str(rule.source) in page


def test_the_three_ledgers_stand_with_definition_and_doubt(mette: Client) -> None:
    page = mette.get("/jurist/").content.decode()

    assert "The municipality&#x27;s interviews" in page
    assert "At least 75 per cent of the job-ready have their interviews" in page
    assert "Denominator and measuring window were not read" in page
    assert "November 2026" in page


def test_the_book_of_another_day_has_the_rules_of_that_day(mette: Client) -> None:
    page = mette.get("/jurist/?on=2021-05-03").content.decode()

    assert "What the law asks on 3 May 2021" in page
    assert "/jurist/rules/k1_first_within_1w/" in page
    assert "/jurist/rules/k3_first_for_all/" not in page


def test_the_book_of_a_day_has_the_rules_of_cases_begun_before(mette: Client) -> None:
    page = mette.get("/jurist/?on=2025-05-01").content.decode()

    assert "/jurist/rules/k1_first_within_1w/" in page
    assert "/jurist/rules/k2_first_within_1w/" in page


def test_the_book_of_another_regime_counts_whom_it_would_touch(mette: Client) -> None:
    page = mette.get("/jurist/?regime=K1").content.decode()

    row = page.partition("/jurist/rules/k1_first_within_1w/")[2].partition("</tr>")[0]
    assert "Would touch" in page
    assert row.split("<td")[3].partition(">")[2].partition("<")[0].strip() == "1"


def test_a_frame_says_that_it_is_no_law(mette: Client) -> None:
    page = mette.get("/jurist/?regime=needs-based").content.decode()

    assert "This is not law." in page
    assert "/jurist/rules/nb_right_on_request/" in page


def test_the_regime_in_force_is_the_law_of_the_day(mette: Client) -> None:
    page = mette.get("/jurist/?regime=K3").content.decode()

    assert "What the law asks today" in page


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("on=snow", "That is no day."),
        ("on=", "Choose a day."),
        ("on=0001-01-01", "Look at the year."),
        ("regime=K9", "no such rules"),
    ],
)
def test_what_is_no_day_or_no_regime_is_said_kindly(mette: Client, query: str, told: str) -> None:
    answer = mette.get(f"/jurist/?{query}")

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert "What the law asks today" in answer.content.decode()


def test_a_rule_names_its_rules_of_form_with_their_days(mette: Client) -> None:
    page = mette.get("/jurist/rules/k1_first_within_1w/").content.decode()

    assert "The rules of 2020-2023" in page
    assert page.count("/jurist/rules/form_") > 1
    assert "from 22 March 2023" in page


def test_a_rule_that_was_not_read_in_full_says_so_first(mette: Client) -> None:
    page = mette.get("/jurist/rules/k3_first_for_all/").content.decode()

    assert "Not verified" in page
    assert "They were not read in the new act." in page
    assert "planned to be replaced after 31 December 2026" in page


@pytest.mark.parametrize(
    "said",
    [
        "job-ready on cash benefit",
        "1 week",
        "first contact",
        "The day after",
        "last day 30 November 2026",
        "time on one benefit",
        "within 6 weeks you start work",
    ],
)
def test_a_rule_is_spelled_out(mette: Client, said: str) -> None:
    page = mette.get("/jurist/rules/k3_first_for_all/").content.decode()

    assert said in page


def test_every_rule_of_the_book_has_a_page(mette: Client, reckoned: World) -> None:
    for rule in rules_in_force(reckoned.tenant.frozen_on):
        assert mette.get(f"/jurist/rules/{rule.id}/").status_code == 200
    assert mette.get("/jurist/rules/no_such_rule/").status_code == 404


def test_a_duty_leads_to_its_explanation_rule_and_source(mette: Client, reckoned: World) -> None:
    path = f"/jurist/rules/k3_first_for_all/citizens/{reckoned.joern.pk}/"
    rule = mette.get("/jurist/rules/k3_first_for_all/").content.decode()

    page = mette.get(path).content.decode()

    assert path in rule
    assert "30 November 2026" in page
    assert 'href="https://star.dk/da/implementering/beskaeftigelsesreform/' in page


def test_the_jurist_sees_nobody_elses_citizens(mette: Client, reckoned: World) -> None:
    path = f"/jurist/rules/k3_first_for_all/citizens/{reckoned.stranger.pk}/"

    assert mette.get(path).status_code == 404


def test_each_name_that_the_jurist_sees_is_in_the_log(mette: Client, reckoned: World) -> None:
    mette.get("/jurist/rules/k3_first_for_all/")

    with reckoned.as_tine():
        seen = Trace.objects.of_citizen(reckoned.joern.pk).filter(purpose="legal_oversight")
        assert [trace.what for trace in seen.looks()] == ["jurist:rule"]


@pytest.mark.parametrize(
    ("path", "questions"),
    [
        ("/jurist/", 10),
        ("/jurist/?on=2021-05-03", 13),
        ("/jurist/rules/k3_first_for_all/", 12),
        ("/jurist/rules/k3_first_for_all/citizens/{joern}/", 14),
    ],
)
def test_a_page_asks_a_fixed_number_of_questions(
    mette: Client,
    reckoned: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    path: str,
    questions: int,
) -> None:
    with django_assert_num_queries(questions):
        assert mette.get(path.format(joern=reckoned.joern.pk)).status_code == 200
