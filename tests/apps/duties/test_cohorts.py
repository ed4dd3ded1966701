"""A ledger is kept by the month of the start, or by the half-year of the last day."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from tests.apps.duties.conftest import Law
from tests.world.factories import LONG_AGO, MONDAY
from tests.world.roles import as_role
from velvalgt.apps.duties import law as law_in_force
from velvalgt.apps.duties import queries, services
from velvalgt.apps.duties.models import Ledger
from velvalgt.apps.duties.queries import LedgerLine
from velvalgt.core.regime import load
from velvalgt.core.regime.files import LAWS


@pytest.fixture
def by_half_years(law: Law, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Law]:
    """The municipality, where the ledgers are kept by half-years."""
    name = "lov-1750-2025.yaml"
    text = (LAWS / name).read_text(encoding="utf-8").replace("start_month", "due_half_year")
    (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(law_in_force, "load", lambda: load(tmp_path))
    law_in_force._amended.cache_clear()
    with as_role("worker"):
        services.recompute(tenant=law.world.tenant, on=MONDAY, at=LONG_AGO)
    yield law
    law_in_force._amended.cache_clear()


def line(cohort: str) -> LedgerLine:
    return LedgerLine(Ledger(ledger="municipality_interviews", cohort=cohort))


@pytest.mark.parametrize(
    ("cohort", "danish", "english"),
    [
        ("2026-11", "Begyndt i november 2026", "Began in November 2026"),
        ("2027-H1", "Sidste dag i 1. halvår 2027", "Last day in first half of 2027"),
        ("2027-H2", "Sidste dag i 2. halvår 2027", "Last day in second half of 2027"),
    ],
)
def test_a_cohort_says_who_is_in_it(cohort: str, danish: str, english: str) -> None:
    assert line(cohort).told_apart_by == danish
    with translation.override("en"):
        assert line(cohort).told_apart_by == english


def test_a_half_year_closes_with_its_last_day() -> None:
    assert line("2027-H1").closes_on == date(2027, 6, 30)
    assert line("2027-H2").closes_on == date(2027, 12, 31)


def test_those_whose_last_day_lies_in_a_half_year_are_counted_together(by_half_years: Law) -> None:
    with by_half_years.world.as_tine():
        ledgers = queries.ledgers(by_half_years.world.tenant)

    counted = {each.rule_key: each.ledger.cohort for each in ledgers}
    assert counted["municipality_interviews"] == "2027-H1"


def test_a_leave_out_takes_room_from_the_half_year_of_its_last_day(by_half_years: Law) -> None:
    with by_half_years.world.as_tine():
        rooms = queries.room_for(by_half_years.world.joern, by_half_years.world.tenant)

    assert {room.ledger.cohort for room in rooms} == {"2027-H1"}
