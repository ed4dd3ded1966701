"""The synthetic municipality seen through the law: its ledgers live, and they hold."""

from datetime import date
from functools import cache

import polars as pl
import pytest

from velvalgt.core import regime
from velvalgt.core.lab import Municipality, synthesize

ON = date(2026, 11, 23)


@cache
def velby(seed: int) -> Municipality:
    return synthesize("099", 5_000, seed, ON)


@cache
def duties(seed: int) -> pl.DataFrame:
    town = velby(seed)
    return regime.load().duties(town.people, town.spells, town.events, ON)


@cache
def ledgers(seed: int) -> pl.DataFrame:
    return regime.load().ledgers(duties(seed), ON)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_cohort_of_any_ledger_fails_or_is_about_to(seed: int) -> None:
    assert ledgers(seed)["forecast"].min() >= 0.75
    assert ledgers(seed)["room"].min() >= 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_ledger_has_covered_between_the_quota_and_nine_in_ten_where_time_is_up(
    seed: int,
) -> None:
    over = ledgers(seed).filter(pl.col("forecast") - pl.col("share") < 0.005)

    pooled = over.group_by("ledger").agg(share=pl.col("covered").sum() / pl.col("population").sum())

    assert pooled.height == 3
    assert pooled["share"].is_between(0.78, 0.91).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_ledger_still_owes_somebody_something(seed: int) -> None:
    owed = ledgers(seed).group_by("ledger").agg(pl.col("owed").sum())

    assert (owed["owed"] > 0).all()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_only_a_handful_of_duties_is_overdue(seed: int) -> None:
    overdue = duties(seed).filter(pl.col("status") == "overdue")

    assert 5 <= overdue.height <= 20
    assert "k3_first_for_all" in overdue["rule_id"].to_list()


@pytest.mark.parametrize("status", ["overdue", "upcoming", "left_out", "exempt", "met"])
def test_tine_has_somebody_in_every_state(status: str) -> None:
    hers = duties(1).filter(pl.col("person_id").is_in(list(velby(1).caseload)))

    assert status in hers["status"].to_list()


def test_the_law_says_of_ali_that_his_first_interview_is_due_tomorrow() -> None:
    ali = velby(1).named["Ali"]

    first = (
        duties(1)
        .filter(pl.col("person_id") == ali, pl.col("rule_id") == "k3_first_for_all")
        .row(0, named=True)
    )

    assert (first["status"], first["due"]) == ("upcoming", date(2026, 11, 24))
