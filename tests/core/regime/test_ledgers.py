"""The ledgers: what is met, owed and left of the room, by cohort."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from tests.core.regime.lives import DEMO_DAY, insured, interview, job_ready, life, rows_of
from velvalgt.core.regime import LawBook, load
from velvalgt.core.regime.examples import Frames
from velvalgt.core.regime.files import LAWS
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


@pytest.mark.parametrize(
    ("cohort_by", "cohorts"),
    [
        ("start_month", {"2026-06": 1, "2026-07": 1, "2026-08": 1}),
        ("due_half_year", {"2026-H2": 1, "2027-H1": 2}),
    ],
)
def test_people_are_measured_by_their_start_or_by_their_last_day_as_the_reading_says(
    book: LawBook, cohort_by: str, cohorts: dict[str, int]
) -> None:
    starts = ("2026-06-15", "2026-07-15", "2026-08-17")
    frames = life([{**job_ready(start), "person_id": n} for n, start in enumerate(starts)])
    rule = book.ledger_rules["municipality_interviews"].model_copy(update={"cohort": cohort_by})

    found = ledgers_of(book.duties(*frames, DEMO_DAY), DEMO_DAY, book.rules, {rule.id: rule})

    assert dict(found.select("cohort", "population").iter_rows()) == cohorts


@pytest.mark.parametrize(("lifts", "status"), [("false", "upcoming"), ("true", "left_out")])
def test_a_leave_out_lifts_the_first_interview_only_if_the_reading_says_so(
    tmp_path: Path, lifts: str, status: str
) -> None:
    text = (LAWS / "lov-1750-2025.yaml").read_text(encoding="utf-8")
    read = text.replace("lifts_first_interview: false", f"lifts_first_interview: {lifts}")
    (tmp_path / "lov-1750-2025.yaml").write_text(read, encoding="utf-8")
    frames = life([job_ready("2026-11-23")], [{"kind": "leave_out", "on": "2026-11-23"}])

    (row,) = rows_of(load(tmp_path), frames, DEMO_DAY, "k3_first_for_all")

    assert row["status"] == status


def test_whoever_left_is_outside_the_ledger_also_when_left_out_before(book: LawBook) -> None:
    with_leave_outs = ledger(book, cohort(left_out=0, held=5, gone=2))
    people, spells, events = cohort(left_out=0, held=5, gone=2)
    more = [{"kind": "leave_out", "on": "2026-09-10", "person_id": person} for person in (7, 8)]
    left_out_first = (people, spells, pl.concat([events, life([], more)[2]]))

    assert ledger(book, left_out_first) == with_leave_outs


def test_a_closed_cohort_stays_with_the_municipality_it_was_met_in(book: LawBook) -> None:
    spells = [
        job_ready("2026-07-06", end="2027-03-01"),
        job_ready("2027-03-01", municipality="851"),
    ]

    row = ledger(book, life(spells), date(2027, 3, 2))

    assert (row["cohort"], row["municipality"]) == ("2026-07", "099")
