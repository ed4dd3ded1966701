"""The ledgers: what is met, owed and left of the room, by cohort."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.core.regime.lives import DEMO_DAY, Frames, insured, interview, job_ready, life
from velvalgt.core.regime import LawBook
from velvalgt.core.regime.ledgers import ledgers_of


def cohort(left_out: int = 0, held: int = 0, gone: int = 0) -> Frames:
    """Eight job-ready people from August: some left out, some with four interviews, some gone."""
    everyone = range(1, 9)
    ends = {person: "2026-10-05" for person in everyone if person > 8 - gone}
    spells = [
        {**job_ready("2026-08-03", end=ends.get(person)), "person_id": person}
        for person in everyone
    ]
    leave_outs = [
        {"kind": "leave_out", "on": "2026-09-01", "person_id": p} for p in range(1, left_out + 1)
    ]
    interviews = [
        {**interview(f"2026-09-0{day}"), "person_id": person}
        for person in range(left_out + 1, left_out + held + 1)
        for day in (1, 2, 3, 4)
    ]
    return life(spells, leave_outs + interviews)


def ledger(book: LawBook, frames: Frames, on: date = DEMO_DAY) -> dict[str, object]:
    duties = book.duties(*frames, on)
    (row,) = (
        book.ledgers(duties, on).filter(pl.col("ledger") == "municipality_interviews").to_dicts()
    )
    return row


def test_a_cohort_shows_what_is_met_owed_and_left_of_the_room(book: LawBook) -> None:
    row = ledger(book, cohort(left_out=1, held=3))

    assert row == {
        "ledger": "municipality_interviews",
        "municipality": "099",
        "a_kasse": None,
        "cohort": "2026-08",
        "population": 8,
        "covered": 3,
        "share": 3 / 8,
        "min_share": 0.75,
        "room": 1,
        "owed": 3,
        "forecast": 7 / 8,
    }


def test_one_more_leave_out_takes_one_of_the_room(book: LawBook) -> None:
    before, after = (ledger(book, cohort(left_out=n)) for n in (1, 2))

    assert (before["room"], after["room"]) == (1, 0)
    assert (before["forecast"], after["forecast"]) == (7 / 8, 6 / 8)


def test_a_leave_out_too_many_fails_the_forecast_and_never_the_room(book: LawBook) -> None:
    row = ledger(book, cohort(left_out=3))

    assert (row["room"], row["forecast"]) == (0, 5 / 8)


def test_when_the_window_is_over_what_was_not_held_is_lost(book: LawBook) -> None:
    row = ledger(book, cohort(held=5), date(2027, 2, 4))

    assert (row["covered"], row["owed"], row["room"], row["forecast"]) == (5, 1, 0, 5 / 8)


@pytest.mark.parametrize(("leavers", "population"), [("excluded", 6), ("counted", 8)])
def test_those_who_left_before_the_end_count_as_the_reading_says(
    book: LawBook, leavers: str, population: int
) -> None:
    duties = book.duties(*cohort(gone=2), DEMO_DAY)
    rule = book.ledger_rules["municipality_interviews"].model_copy(update={"leavers": leavers})

    found = ledgers_of(duties, DEMO_DAY, book.rules, {rule.id: rule})

    assert found["population"].to_list() == [population]


@pytest.mark.parametrize(
    ("denominator", "names"),
    [
        ("pooled", ["municipality_interviews"]),
        ("per_group", ["municipality_interviews:G1", "municipality_interviews:G2"]),
    ],
)
def test_groups_are_pooled_or_apart_as_the_reading_says(
    book: LawBook, denominator: str, names: list[str]
) -> None:
    frames = life([job_ready("2026-08-03"), {**insured("2026-08-10"), "person_id": 2}])
    rule = book.ledger_rules["municipality_interviews"]
    rule = rule.model_copy(update={"denominator": denominator})

    found = ledgers_of(book.duties(*frames, DEMO_DAY), DEMO_DAY, book.rules, {rule.id: rule})

    assert found["ledger"].to_list() == names


def test_the_three_ledgers_have_populations_of_their_own(book: LawBook) -> None:
    spells = [
        insured("2026-08-03"),
        job_ready("2026-08-03"),
        {"benefit": "kontanthjaelp", "group": "G4", "start": "2026-08-03"},
        {"benefit": "ledighedsydelse", "group": "G9", "start": "2026-08-03"},
    ]
    frames = life([{**spell, "person_id": number} for number, spell in enumerate(spells)])

    found = book.ledgers(book.duties(*frames, DEMO_DAY), DEMO_DAY)

    populations = dict(found.select("ledger", "population").iter_rows())
    assert populations == {"a_kasse_interviews": 1, "municipality_interviews": 3, "offers": 3}


def test_people_under_work_duty_and_exempt_people_are_outside_the_ledger(book: LawBook) -> None:
    spells = [{**job_ready("2026-08-03"), "person_id": number} for number in (1, 2, 3)]
    events = [
        {"person_id": 1, "kind": "flag", "on": "2026-08-03", "detail": "work_duty"},
        {"person_id": 2, "kind": "exemption", "on": "2026-08-03", "detail": "exempt_work_sharing"},
    ]

    found = book.ledgers(book.duties(*life(spells, events), DEMO_DAY), DEMO_DAY)

    assert dict(found.select("ledger", "population").iter_rows()) == {
        "municipality_interviews": 2,
        "offers": 1,
    }


def test_the_a_kasses_ledger_is_kept_for_each_a_kasse_when_it_is_known(book: LawBook) -> None:
    frames = life([insured("2026-09-07"), {**insured("2026-09-07"), "person_id": 2}])
    duties = book.duties(*frames, DEMO_DAY).with_columns(
        a_kasse=pl.when(pl.col("person_id") == 1).then(pl.lit("A")).otherwise(pl.lit("B"))
    )

    found = book.ledgers(duties, DEMO_DAY).filter(pl.col("ledger") == "a_kasse_interviews")

    assert found.select("municipality", "a_kasse", "population").rows() == [
        (None, "A", 1),
        (None, "B", 1),
    ]
