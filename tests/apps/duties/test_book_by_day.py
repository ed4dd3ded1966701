"""The book of a day, and what a dispensation may change in its days, by the core's own word."""

from datetime import date

import pytest

from tests.apps.duties.conftest import Law
from tests.world.dispensations import NOW
from tests.world.factories import MONDAY, CitizenFactory, EntryFactory, SpellFactory
from velvalgt.apps.duties import queries
from velvalgt.apps.duties.choices import Effect
from velvalgt.core.regime.places import regions_on

OLD = "k1_first_within_1w"
NEW_YEAR, LAST_OF_K2 = date(2024, 1, 1), date(2026, 6, 30)


@pytest.fixture
def from_2023(law: Law) -> Law:
    """Somebody whose case began in 2023 and goes on by the rules of then."""
    with law.world.building():
        citizen = CitizenFactory(tenant=law.world.tenant)
        SpellFactory(citizen=citizen, starts_on=date(2023, 12, 20))
        EntryFactory(citizen=citizen, kind="first_contact", on=date(2023, 12, 20), form="")
        EntryFactory(
            citizen=law.world.joern, kind="request", detail="interview", on=date(2024, 3, 1),
            actor="citizen", form="",
        )  # fmt: skip
    return law


def offered(first_day: date, last_day: date | None = None) -> set[str]:
    choices = queries.rules_to_change(Effect.DUTY_SUSPENDED, first_day, last_day)
    return {key for choice in choices for key in choice.ids}


@pytest.mark.parametrize("on", [NEW_YEAR, date(2025, 5, 1), LAST_OF_K2])
def test_the_book_has_the_rules_under_which_older_cases_stay(law: Law, on: date) -> None:
    with law.as_jurist(law.mette):
        assert OLD in {rule.id for rule in queries.rules_in_force(on)}


def test_the_older_rules_are_over_once_a_law_begins_for_everybody(law: Law) -> None:
    with law.as_jurist(law.mette):
        assert OLD not in {rule.id for rule in queries.rules_in_force(date(2026, 7, 1))}


@pytest.mark.parametrize(
    "on", [date(2021, 5, 3), date(2023, 12, 31), NEW_YEAR, LAST_OF_K2, date(2026, 7, 1), MONDAY]
)
def test_the_book_of_a_day_lists_every_rule_that_touches_somebody(from_2023: Law, on: date) -> None:
    with from_2023.as_jurist(from_2023.mette):
        touched = queries.touched_then(on, None, at=NOW)
        listed = {rule.id for rule in queries.rules_of_day(on, touched)}

    assert {rule for rule, citizens in touched.items() if citizens} <= listed


def test_a_case_begun_before_is_counted_in_the_book_of_a_later_day(from_2023: Law) -> None:
    with from_2023.as_jurist(from_2023.mette):
        assert queries.touched_then(date(2024, 1, 2), None, at=NOW)[OLD] == 1


@pytest.mark.parametrize(
    ("first_day", "last_day", "is_there"),
    [
        (date(2025, 5, 1), date(2025, 5, 31), True),
        (LAST_OF_K2, None, True),
        (date(2026, 7, 1), None, False),
        (date(2019, 11, 1), date(2019, 12, 31), False),
        (date(2019, 11, 1), date(2020, 1, 1), True),
        (date(2019, 11, 1), None, True),
    ],
)
def test_what_older_cases_stay_under_may_be_paused(
    law: Law, first_day: date, last_day: date | None, is_there: bool
) -> None:
    with law.as_jurist(law.mette):
        assert (OLD in offered(first_day, last_day)) == is_there


def test_what_older_cases_stay_under_is_recorded(law: Law) -> None:
    assert law.recorded(rules=(OLD,), first_day=date(2025, 5, 1), last_day=LAST_OF_K2)


def test_two_rules_of_one_name_and_regime_are_two_lines_told_apart_by_group(law: Law) -> None:
    with law.as_jurist(law.mette):
        choices = queries.rules_to_change(Effect.DUTY_SUSPENDED, MONDAY, None)

    groups = {each.ids: each.groups for each in choices if "offer_by_6mt" in each.ids[0]}
    assert groups == {
        ("offer_by_6mt_quota75",): ("G1", "G2", "G4"),
        ("offer_by_6mt_further_away",): ("G3", "G5"),
    }


def test_rules_of_one_name_in_two_regimes_go_together(law: Law) -> None:
    with law.as_jurist(law.mette):
        choices = queries.rules_to_change(Effect.DUTY_SUSPENDED, NEW_YEAR, LAST_OF_K2)

    together = next(each for each in choices if OLD in each.ids)
    assert together.ids == (OLD, "k2_first_within_1w")
    assert together.paragraph == "LAB § 31(3) · LAB § 31(5)"


def test_sjaelland_is_a_region_until_the_year_ends() -> None:
    assert "Sjælland" in regions_on(date(2026, 12, 31))
    assert "Sjælland" not in regions_on(date(2027, 1, 1))
