"""What the law asks of one citizen, on the first and the last day of each window."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.core.regime.lives import DEMO_DAY, insured, interview, job_ready, life, rows_of
from velvalgt.core.frames import enum
from velvalgt.core.regime import STATUSES, LawBook, LawError

AKASSE = "k3_akasse_min2_in_3mt_quota75"
MUNICIPALITY = "k3_municipality_min2_mt4_6_quota75"
MIN4 = "k3_min4_in_6mt_quota75"
FIRST = "k3_first_for_all"
OFFER = "offer_by_6mt_quota75"


def test_the_columns_and_types_are_those_of_the_contract(book: LawBook) -> None:
    duties = book.duties(*life([job_ready("2026-11-23")]), DEMO_DAY)

    assert duties.schema == pl.Schema(
        {
            "person_id": pl.Int32(),
            "rule_id": pl.Enum([rule.id for rule in book.rules]),
            "since": pl.Date(),
            "municipality": enum("municipality"),
            "group": enum("group"),
            "status": pl.Enum(STATUSES),
            "due": pl.Date(),
            "required": pl.Int32(),
            "done": pl.Int32(),
            "actor": enum("actor"),
            "forms": pl.List(enum("form")),
            "reason": pl.Enum(book.reasons),
            "source": pl.String(),
        }
    )


def test_nobody_known_gives_an_empty_frame_of_the_same_kind(book: LawBook) -> None:
    nobody = book.duties(*life([]), DEMO_DAY)

    assert nobody.height == 0
    assert nobody.schema == book.duties(*life([job_ready("2026-11-23")]), DEMO_DAY).schema


@pytest.mark.parametrize(
    ("held_on", "done"),
    [("2026-11-22", 0), ("2026-11-23", 1), ("2026-11-30", 1), ("2026-12-01", 0)],
)
def test_the_first_interview_counts_from_the_first_day_to_the_due_day(
    book: LawBook, held_on: str, done: int
) -> None:
    frames = life([job_ready("2026-11-23")], [interview(held_on)])

    (row,) = rows_of(book, frames, date(2026, 12, 10), FIRST)

    assert (row["due"], row["done"]) == (date(2026, 11, 30), done)


@pytest.mark.parametrize(
    ("held_on", "rule"), [("2026-11-18", AKASSE), ("2026-11-19", MUNICIPALITY)]
)
def test_one_day_belongs_to_one_of_two_windows_that_follow_each_other(
    book: LawBook, held_on: str, rule: str
) -> None:
    frames = life([insured("2026-08-18")], [interview(held_on, actor="joint")])

    done = {
        name: rows_of(book, frames, date(2026, 12, 1), name)[0]["done"]
        for name in (AKASSE, MUNICIPALITY)
    }

    assert done == {AKASSE: int(rule == AKASSE), MUNICIPALITY: int(rule == MUNICIPALITY)}


def test_a_window_that_starts_on_the_31st_ends_on_the_months_last_day(book: LawBook) -> None:
    frames = life([job_ready("2026-08-31")])

    (row,) = rows_of(book, frames, DEMO_DAY, MIN4)

    assert row["due"] == date(2027, 2, 28)


def test_a_switch_from_g2_to_g3_does_not_restart_but_the_other_way_keeps_the_start(
    book: LawBook,
) -> None:
    there_and_back = [
        job_ready("2026-07-06", end="2026-09-01"),
        {**job_ready("2026-09-01", end="2026-11-02"), "group": "G3"},
        job_ready("2026-11-02"),
    ]

    (row,) = rows_of(book, life(there_and_back), DEMO_DAY, MIN4)

    assert row["since"] == date(2026, 7, 6)


def test_a_break_on_cash_benefit_starts_a_new_row(book: LawBook) -> None:
    broken = [job_ready("2026-07-06", end="2026-09-01"), job_ready("2026-09-02")]

    found = rows_of(book, life(broken), DEMO_DAY, MIN4)

    assert [(row["since"], row["status"]) for row in found] == [
        (date(2026, 7, 6), "lapsed"),
        (date(2026, 9, 2), "upcoming"),
    ]


def test_a_move_to_another_municipality_keeps_the_clock_and_the_new_one_answers(
    book: LawBook,
) -> None:
    moved = [
        job_ready("2026-07-06", end="2026-09-01"),
        job_ready("2026-09-01", municipality="101"),
    ]

    (row,) = rows_of(book, life(moved), DEMO_DAY, MIN4)

    assert (row["since"], row["municipality"]) == (date(2026, 7, 6), "101")


def test_the_first_contact_starts_the_clock_before_the_benefit_does(book: LawBook) -> None:
    frames = life([job_ready("2026-12-01")], [{"kind": "first_contact", "on": "2026-11-23"}])

    (row,) = rows_of(book, frames, date(2026, 12, 1), FIRST)

    assert (row["since"], row["due"], row["status"]) == (
        date(2026, 11, 23),
        date(2026, 11, 30),
        "overdue",
    )


def test_a_contact_before_an_earlier_spell_does_not_start_the_later_one(book: LawBook) -> None:
    frames = life(
        [job_ready("2026-02-02", end="2026-03-02"), job_ready("2026-11-16")],
        [{"kind": "first_contact", "on": "2026-02-01"}],
    )

    (row,) = rows_of(book, frames, DEMO_DAY, FIRST)

    assert row["since"] == date(2026, 11, 16)


def test_a_new_benefit_period_starts_the_insured_clock_again(book: LawBook) -> None:
    frames = life(
        [insured("2023-01-02", end="2023-06-05"), insured("2026-09-07")],
        [{"kind": "benefit_period", "on": "2026-09-07", "actor": "a_kasse"}],
    )

    (row,) = rows_of(book, frames, DEMO_DAY, AKASSE)

    assert (row["since"], row["due"]) == (date(2026, 9, 7), date(2026, 12, 7))


def test_a_new_benefit_period_inside_a_spell_cuts_the_clock_there(book: LawBook) -> None:
    frames = life(
        [insured("2025-01-06")],
        [{"kind": "benefit_period", "on": "2026-10-05", "actor": "a_kasse"}],
    )

    (row,) = rows_of(book, frames, DEMO_DAY, AKASSE)

    assert (row["since"], row["due"]) == (date(2026, 10, 5), date(2027, 1, 5))


@pytest.mark.parametrize(
    ("stopped", "due"), [("2026-11-18", date(2026, 11, 23)), ("2026-11-19", date(2026, 11, 18))]
)
def test_a_gap_moves_the_due_day_when_it_begins_no_later(
    book: LawBook, stopped: str, due: date
) -> None:
    spells = [insured("2026-08-18", end=stopped), insured("2026-11-23")]

    (row,) = rows_of(book, life(spells), DEMO_DAY, AKASSE)

    assert row["due"] == due


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ({"kind": "leave_out"}, "left_out"),
        ({"kind": "exemption", "detail": "exempt_work_sharing"}, "exempt"),
    ],
)
def test_what_held_on_a_quotas_last_day_still_tells_when_it_has_ended(
    book: LawBook, event: dict[str, object], status: str
) -> None:
    to_the_last_day = {**event, "on": "2026-11-01", "until": "2026-11-19"}
    frames = life([insured("2026-08-18")], [to_the_last_day])

    (row,) = rows_of(book, frames, DEMO_DAY, AKASSE)

    assert row["status"] == status


def test_a_spell_that_begins_after_the_day_is_not_seen(book: LawBook) -> None:
    duties = book.duties(*life([job_ready("2026-11-24")]), DEMO_DAY)

    assert duties.height == 0


def test_two_benefits_from_one_day_give_one_row_for_a_rule_they_share(book: LawBook) -> None:
    both = life([insured("2026-11-02"), job_ready("2026-11-02")])

    assert len(rows_of(book, both, DEMO_DAY, OFFER)) == 1


@pytest.mark.parametrize(
    ("weeks", "since", "due"),
    [
        (14, date(2026, 8, 17), date(2026, 11, 17)),
        (10, date(2026, 8, 18), date(2026, 12, 15)),
        (0, date(2026, 8, 18), date(2027, 2, 23)),
    ],
)
def test_the_a_kasses_count_wins_over_ours(
    book: LawBook, weeks: float, since: date, due: date
) -> None:
    counted = [{"clock_weeks": weeks, "clock_as_of": "2026-11-23"}]

    (row,) = rows_of(book, life([insured("2026-08-18")], people=counted), DEMO_DAY, AKASSE)

    assert (row["since"], row["due"]) == (since, due)


def test_a_quota_is_never_overdue_for_one_person(book: LawBook) -> None:
    frames = life([insured("2026-07-01"), {**job_ready("2026-07-01"), "person_id": 2}])

    duties = book.duties(*frames, date(2027, 6, 1))

    quotas = [rule.id for rule in book.rules if rule.is_quota]
    late = duties.filter(pl.col("rule_id").is_in(quotas) & (pl.col("status") == "overdue"))
    assert late.height == 0


@pytest.mark.parametrize("kind", ["died", "emigrated"])
def test_a_citizen_who_is_gone_owes_nothing(book: LawBook, kind: str) -> None:
    frames = life([job_ready("2026-11-02")], [{"kind": kind, "on": "2026-11-20"}])

    duties = book.duties(*frames, DEMO_DAY)

    assert duties.select("status", "reason").unique().rows() == [("lapsed", kind)]


def test_study_does_not_exempt_the_education_ready(book: LawBook) -> None:
    event = {"kind": "exemption", "on": "2026-11-20", "detail": "exempt_study_within_6w"}
    ready = {"benefit": "kontanthjaelp", "group": "G4", "start": "2026-11-02"}

    (row,) = rows_of(book, life([ready], [event]), DEMO_DAY, OFFER)

    assert row["status"] == "upcoming"


@pytest.mark.parametrize(("on", "status"), [("2027-01-04", "exempt"), ("2027-01-05", "upcoming")])
def test_leaving_within_6_weeks_exempts_for_6_weeks_and_no_longer(
    book: LawBook, on: str, status: str
) -> None:
    event = {"kind": "exemption", "on": "2026-11-23", "detail": "exempt_leaving_within_6w"}
    frames = life([job_ready("2026-11-02")], [event])

    (row,) = rows_of(book, frames, date.fromisoformat(on), MIN4)

    assert row["status"] == status


def test_the_forms_are_in_person_first_and_then_the_citizens_choice(book: LawBook) -> None:
    spell = job_ready("2026-11-02")

    (before,) = rows_of(book, life([spell]), DEMO_DAY, MIN4)
    (after,) = rows_of(book, life([spell], [interview("2026-11-09")]), DEMO_DAY, MIN4)

    assert before["forms"] == ["in_person"]
    assert after["forms"] == ["in_person", "phone", "video"]


def test_an_exception_under_par_33_lets_a_first_interview_by_phone_count(book: LawBook) -> None:
    held = interview("2026-11-24", form="phone", detail="form_exception")

    (row,) = rows_of(book, life([job_ready("2026-11-23")], [held]), date(2026, 11, 25), FIRST)

    assert row["status"] == "met"


@pytest.mark.parametrize(
    ("flagged", "due", "actor"),
    [(False, date(2026, 9, 1), "a_kasse"), (True, None, "municipality")],
)
def test_a_citizen_visited_early_has_a_first_interview_without_a_known_deadline(
    book: LawBook, flagged: bool, due: date | None, actor: str
) -> None:
    flag = {"kind": "flag", "on": "2026-08-20", "detail": "visited_to_municipality_early"}
    frames = life([insured("2026-08-18")], [flag] if flagged else [])

    (row,) = rows_of(book, frames, date(2026, 8, 25), FIRST)

    assert (row["due"], row["actor"]) == (due, actor)


def test_what_happens_after_the_day_is_not_seen(book: LawBook) -> None:
    later = life([job_ready("2026-11-23")], [interview("2026-11-24")])

    duties = book.duties(*later, DEMO_DAY)

    assert duties.equals(book.duties(*life([job_ready("2026-11-23")]), DEMO_DAY))


def test_a_regime_can_be_asked_for_before_its_day(book: LawBook) -> None:
    frames = life([job_ready("2026-01-05")])

    today = book.duties(*frames, date(2026, 2, 2))
    asked = book.duties(*frames, date(2026, 2, 2), regime="K3")

    assert set(today["rule_id"]) == {"k2_min4_in_6mt", "k2_first_within_1w", "offer_by_6mt"}
    assert set(asked["rule_id"]) == {MIN4, FIRST, OFFER}


def test_a_case_that_ended_before_the_act_is_not_its_concern(book: LawBook) -> None:
    ended_on_the_eve = life([insured("2026-05-04", end="2026-07-01")])
    ended_a_day_later = life([insured("2026-05-04", end="2026-07-02")])

    assert rows_of(book, ended_on_the_eve, DEMO_DAY, AKASSE) == []
    assert rows_of(book, ended_a_day_later, DEMO_DAY, AKASSE)[0]["reason"] == "spell_ended"


def test_an_unknown_regime_is_named_with_those_that_exist(book: LawBook) -> None:
    with pytest.raises(LawError, match="'K9'; allowed: K1, K2, K3, needs-based"):
        book.duties(*life([]), DEMO_DAY, regime="K9")
