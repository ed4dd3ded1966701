"""The lists of municipalities and a-kasser, as a reader of the official lists would check them."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import velvalgt.core

CORE = Path(velvalgt.core.__file__).parent
MUNICIPALITIES: dict[str, Any] = yaml.safe_load((CORE / "municipalities.yaml").read_text("utf-8"))
A_KASSER: dict[str, Any] = yaml.safe_load((CORE / "a_kasser.yaml").read_text("utf-8"))
REAL = [row for row in MUNICIPALITIES["municipalities"] if not row["fictitious"]]


def region_on(row: dict[str, Any], day: date) -> list[str]:
    """The regions of a municipality on a day; exactly one is right."""
    return [
        period["region"]
        for period in row["regions"]
        if period["start"] <= day and (period["end"] is None or day < period["end"])
    ]


def test_denmark_has_98_municipalities_with_codes_of_three_digits() -> None:
    codes = {row["code"] for row in REAL}

    assert len(codes) == len(REAL) == 98
    assert all(isinstance(code, str) and len(code) == 3 and code.isdigit() for code in codes)


def test_velby_and_lilleby_alone_are_fictitious_and_outside_the_official_codes() -> None:
    made_up = [row for row in MUNICIPALITIES["municipalities"] if row["fictitious"]]

    assert [(row["code"], row["name"], row["status"]) for row in made_up] == [
        ("096", "Lilleby", "fictitious"),
        ("099", "Velby", "fictitious"),
    ]
    assert min(row["code"] for row in REAL) > "099"


def test_the_five_regions_have_the_municipalities_that_the_reform_of_2007_gave_them() -> None:
    on = date(2026, 11, 23)

    counts = Counter(region for row in REAL for region in region_on(row, on))

    assert counts == {
        "Hovedstaden": 29,
        "Sjælland": 17,
        "Syddanmark": 22,
        "Midtjylland": 19,
        "Nordjylland": 11,
    }


@pytest.mark.parametrize("day", [date(2007, 1, 1), date(2026, 12, 31), date(2027, 1, 1)])
def test_every_municipality_lies_in_exactly_one_region_on_any_day_since_2007(day: date) -> None:
    regions = [region_on(row, day) for row in MUNICIPALITIES["municipalities"]]

    assert all(len(of_one) == 1 for of_one in regions)


def test_hovedstaden_and_sjaelland_become_oestdanmark_on_the_first_of_january_2027() -> None:
    koebenhavn = next(row for row in REAL if row["code"] == "101")

    assert region_on(koebenhavn, date(2026, 12, 31)) == ["Hovedstaden"]
    assert region_on(koebenhavn, date(2027, 1, 1)) == ["Østdanmark"]


def test_every_row_names_a_source_that_the_file_describes() -> None:
    for data, rows in ((MUNICIPALITIES, "municipalities"), (A_KASSER, "a_kasser")):
        assert {row["source"] for row in data[rows]} <= set(data["sources"])
        assert {row["status"] for row in data[rows]} <= {"confirmed", "fictitious"}


def test_a_kasser_have_unique_slugs_and_no_invented_number() -> None:
    ids = [row["id"] for row in A_KASSER["a_kasser"]]

    assert len(ids) == len(set(ids))
    assert sum(row["end"] is None for row in A_KASSER["a_kasser"]) == 21
    assert all(row["code"] is None for row in A_KASSER["a_kasser"])
