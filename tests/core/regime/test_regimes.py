"""The same lives under the laws of their day: regimes follow each other, clocks run as they say."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from tests.core.regime.lives import Frames, insured, interview, job_ready, life, rows_of
from velvalgt.core.regime import LawBook

MAY = date(2024, 5, 15)


def held_by_the_a_kasse() -> Frames:
    """Insured from 1 February 2024, three interviews with the a-kasse in the first three months."""
    return life(
        [insured("2024-02-01")],
        [
            {"kind": "registration", "on": "2024-02-01", "actor": "citizen"},
            *(interview(f"2024-{day}", actor="a_kasse") for day in ("02-10", "03-05", "04-02")),
        ],
    )


def answers(book: LawBook, frames: Frames, on: date, **asked: str) -> dict[str, tuple[object, ...]]:
    """Rule to status, last day, done and required."""
    rows = book.duties(*frames, on, **asked).select("rule_id", "status", "due", "done", "required")
    return {rule: tuple(rest) for rule, *rest in rows.iter_rows()}


def test_in_2024_the_a_kasse_holds_three_and_three_are_owed_by_the_municipality(
    book: LawBook,
) -> None:
    found = answers(book, held_by_the_a_kasse(), MAY)

    assert found == {
        "k2_akasse_min3_in_3mt": ("met", date(2024, 5, 1), 3, 3),
        "k2_first_within_2w": ("met", date(2024, 2, 15), 1, 1),
        "k2_jobcentre_min3_mt4_6": ("upcoming", date(2024, 8, 1), 0, 3),
        "k2_16mt_joint": ("upcoming", date(2025, 6, 1), 0, 1),
        "offer_by_6mt": ("upcoming", date(2024, 8, 1), 0, 1),
    }


def test_under_the_rules_before_the_municipality_would_owe_four_of_them(book: LawBook) -> None:
    found = answers(book, held_by_the_a_kasse(), MAY, regime="K1")

    assert found["k1_min4_in_6mt"] == ("upcoming", date(2024, 8, 1), 0, 4)
    assert found["k1_akasse_joint_2"] == ("upcoming", date(2024, 8, 1), 0, 1)
    assert found["k1_akasse_cv_and_availability"] == ("met", date(2024, 8, 1), 3, 3)


def test_under_the_rules_after_two_are_owed_and_only_a_ledger_can_fail(book: LawBook) -> None:
    found = answers(book, held_by_the_a_kasse(), MAY, regime="K3")

    assert found["k3_akasse_min2_in_3mt_quota75"] == ("met", date(2024, 5, 1), 3, 2)
    assert found["k3_municipality_min2_mt4_6_quota75"] == ("upcoming", date(2024, 8, 1), 0, 2)


def test_by_need_nothing_is_owed_until_the_citizen_asks(book: LawBook) -> None:
    people, spells, events = held_by_the_a_kasse()
    asks = life([], [{"kind": "request", "on": "2024-05-10", "actor": "citizen"}])[2]

    nothing = book.duties(people, spells, events, MAY, regime="needs-based")
    asked = answers(book, (people, spells, pl.concat([events, asks])), MAY, regime="needs-based")

    assert nothing.height == 0
    assert asked == {"nb_right_on_request": ("upcoming", None, 0, 1)}


@pytest.mark.parametrize(
    ("start", "on", "rules"),
    [
        ("2023-12-31", "2024-03-01", {"k1_min4_in_6mt", "k1_first_within_1w", "offer_by_6mt"}),
        ("2024-01-01", "2024-03-01", {"k2_min4_in_6mt", "k2_first_within_1w", "offer_by_6mt"}),
        ("2026-03-02", "2026-06-30", {"k2_min4_in_6mt", "k2_first_within_1w", "offer_by_6mt"}),
        ("2026-03-02", "2026-07-01", {"k3_min4_in_6mt_quota75", "offer_by_6mt_quota75"}),
    ],
)
def test_one_regime_governs_each_duty_of_a_case_that_crosses(
    book: LawBook, start: str, on: str, rules: set[str]
) -> None:
    found = book.duties(*life([job_ready(start)]), date.fromisoformat(on))

    assert set(found["rule_id"]) == rules


def test_what_was_asked_for_under_the_rules_before_is_still_asked_for(book: LawBook) -> None:
    third = {"benefit": "kontanthjaelp", "group": "G3", "start": "2026-03-02"}
    asks = {"kind": "request", "on": "2026-06-29", "actor": "citizen"}

    (row,) = rows_of(book, life([third], [asks]), date(2026, 7, 3), "k2_right_on_request")

    assert (row["status"], row["since"]) == ("upcoming", date(2026, 6, 29))


@pytest.mark.parametrize(
    ("before", "after", "since"),
    [
        (("kontanthjaelp", "G2"), ("ressourceforloeb", "G8"), "2024-05-06"),
        (("kontanthjaelp", "G2"), ("kontanthjaelp", "G3"), "2024-03-04"),
        (("kontanthjaelp", "G4"), ("kontanthjaelp", "G2"), "2024-05-06"),
    ],
)
def test_a_change_of_group_or_benefit_restarts_the_clock_as_par_9_says(
    book: LawBook, before: tuple[str, str], after: tuple[str, str], since: str
) -> None:
    (benefit, group), (benefit_after, group_after) = before, after
    spells = [
        {"benefit": benefit, "group": group, "start": "2024-03-04", "end": "2024-05-06"},
        {"benefit": benefit_after, "group": group_after, "start": "2024-05-06"},
    ]

    rows = rows_of(book, life(spells), MAY, "k2_min4_in_6mt")

    open_rows = [row["since"] for row in rows if row["status"] != "lapsed"]
    assert open_rows == [date.fromisoformat(since)]


def test_dagpenge_adds_up_across_a_gap_and_the_last_day_moves_with_it(book: LawBook) -> None:
    gap_of_three_weeks = [
        insured("2024-02-01", end="2024-03-04"),
        insured("2024-03-25"),
    ]

    (row,) = rows_of(book, life(gap_of_three_weeks), MAY, "k2_akasse_min3_in_3mt")

    assert (row["since"], row["due"]) == (date(2024, 2, 1), date(2024, 5, 22))


@pytest.mark.parametrize(
    ("on", "status", "due"),
    [
        ("2024-05-05", "exempt", date(2024, 8, 1)),
        ("2024-05-06", "upcoming", date(2024, 8, 1)),
        ("2024-08-02", "overdue", date(2024, 8, 1)),
    ],
)
def test_work_that_did_not_start_brings_the_duty_back_with_its_last_day(
    book: LawBook, on: str, status: str, due: date
) -> None:
    work_in_five_weeks = {
        "kind": "exemption",
        "on": "2024-04-01",
        "until": "2024-05-06",
        "detail": "exempt_leaving_within_6w",
    }

    frames = life([job_ready("2024-02-01")], [work_in_five_weeks])

    (row,) = rows_of(book, frames, date.fromisoformat(on), "k2_min4_in_6mt")
    assert (row["status"], row["due"]) == (status, due)


def test_after_an_exemption_over_its_last_day_an_offer_has_a_month_more(book: LawBook) -> None:
    over_the_day = {
        "kind": "exemption",
        "on": "2024-07-22",
        "until": "2024-08-26",
        "detail": "exempt_leaving_within_6w",
    }
    frames = life([job_ready("2024-02-01")], [over_the_day])

    (row,) = rows_of(book, frames, date(2024, 8, 26), "offer_by_6mt")

    assert (row["status"], row["due"]) == ("upcoming", date(2024, 9, 26))


@pytest.mark.parametrize(
    ("offer", "done"),
    [
        ({"detail": "company_placement"}, 1),
        ({"detail": "company_placement", "until": "2024-03-17"}, 0),
        ({"detail": "company_placement", "until": "2024-03-18"}, 1),
        ({"detail": "basic_skills"}, 0),
        ({"detail": "other_guidance"}, 0),
    ],
)
def test_an_offer_counts_by_its_length_and_type(
    book: LawBook, offer: dict[str, object], done: int
) -> None:
    begun = {"kind": "offer_start", "on": "2024-03-04", **offer}

    (row,) = rows_of(book, life([job_ready("2024-02-01")], [begun]), MAY, "offer_by_6mt")

    assert row["done"] == done


def test_an_offer_that_ended_within_two_weeks_did_not_count(book: LawBook) -> None:
    short = [
        {"kind": "offer_start", "on": "2024-03-04", "detail": "company_placement"},
        {"kind": "offer_end", "on": "2024-03-11", "detail": "company_placement"},
    ]

    (row,) = rows_of(book, life([job_ready("2024-02-01")], short), MAY, "offer_by_6mt")

    assert row["done"] == 0


@pytest.mark.parametrize(
    ("begun", "detail", "status"),
    [
        ("2024-08-22", "wage_subsidy", "met"),
        ("2024-08-23", "wage_subsidy", "lapsed"),
        ("2024-08-22", "company_placement", "lapsed"),
    ],
)
def test_a_wage_subsidy_given_in_time_may_begin_three_weeks_after(
    book: LawBook, begun: str, detail: str, status: str
) -> None:
    events = [
        {"kind": "offer_given", "on": "2024-07-29", "detail": "wage_subsidy"},
        {"kind": "offer_start", "on": begun, "detail": detail},
    ]

    frames = life([job_ready("2024-02-01")], events)

    (row,) = rows_of(book, frames, date(2024, 9, 2), "offer_by_6mt")
    assert (row["status"], row["due"]) == (status, date(2024, 8, 22))


@pytest.mark.parametrize(("asked", "rows"), [(False, 0), (True, 1)])
def test_a_conditional_duty_is_owed_only_once_somebody_has_asked(
    book: LawBook, asked: bool, rows: int
) -> None:
    request = {"kind": "request", "on": "2021-03-01", "detail": "joint_interview"}

    frames = life([insured("2021-02-01")], [request] if asked else [])

    assert len(rows_of(book, frames, date(2021, 3, 8), "k1_akasse_joint_1")) == rows


def test_who_declines_the_a_kasse_is_free_of_the_joint_interview(book: LawBook) -> None:
    no = {
        "kind": "objection",
        "on": "2021-03-01",
        "actor": "citizen",
        "detail": "a_kasse_declined",
    }

    (row,) = rows_of(
        book, life([insured("2021-02-01")], [no]), date(2021, 5, 17), "k1_akasse_joint_2"
    )

    assert (row["status"], row["reason"]) == ("exempt", "a_kasse_declined")


@pytest.mark.parametrize(
    ("form", "held_on", "done"),
    [
        ("phone", "2022-06-01", 0),
        ("phone", "2022-08-02", 1),
        ("in_person", "2022-06-01", 1),
    ],
)
def test_in_2022_the_citizen_chose_the_form_only_after_six_months(
    book: LawBook, form: str, held_on: str, done: int
) -> None:
    asked = {"kind": "request", "on": "2022-05-30", "actor": "citizen"}
    held = interview(held_on, form=form)

    frames = life([job_ready("2022-02-01")], [asked, held])

    (row,) = rows_of(book, frames, date(2022, 9, 1), "k1_right_on_request")
    assert row["done"] == done


@pytest.mark.parametrize(
    ("on", "status"), [("2024-06-02", "overdue"), ("2024-06-03", "lapsed"), ("2026-08-03", None)]
)
def test_at_thirty_the_groups_of_the_young_end(book: LawBook, on: str, status: str | None) -> None:
    young = {"benefit": "kontanthjaelp", "group": "G5", "start": "2024-02-01"}
    frames = life([young], people=[{"born": "1994-06-03"}])

    rows = rows_of(book, frames, date.fromisoformat(on), "k2_first_within_1w")

    assert [row["status"] for row in rows] == ([status] if status else [])


def test_turning_thirty_takes_no_right_away(book: LawBook) -> None:
    young = {"benefit": "kontanthjaelp", "group": "G5", "start": "2024-02-01"}
    asks = {"kind": "request", "on": "2024-06-10", "actor": "citizen"}
    frames = life([young], [asks], [{"born": "1994-06-03"}])

    (row,) = rows_of(book, frames, date(2024, 6, 12), "k2_right_on_request")

    assert row["status"] == "upcoming"


@pytest.mark.parametrize(("born", "status"), [("1957-11-23", "lapsed"), ("1959-11-24", "upcoming")])
def test_duties_end_at_the_pension_age_of_ones_year(book: LawBook, born: str, status: str) -> None:
    frames = life([insured("2026-11-16")], people=[{"born": born}])

    rows = book.duties(*frames, date(2026, 11, 23))

    assert set(rows["status"]) == {status}


def test_a_move_between_municipalities_keeps_the_start_and_moves_the_duty(book: LawBook) -> None:
    moved = [
        job_ready("2024-02-01", end="2024-04-15", municipality="101"),
        job_ready("2024-04-15", municipality="851"),
    ]

    (row,) = rows_of(book, life(moved), MAY, "k2_min4_in_6mt")

    assert (row["since"], row["municipality"]) == (date(2024, 2, 1), "851")


@pytest.mark.parametrize(
    ("on", "rule", "status"),
    [
        ("2026-10-01", "k3_first_for_all", None),
        ("2027-03-01", "k3_min4_in_6mt_quota75", "lapsed"),
        ("2027-03-01", "offer_by_6mt_further_away", None),
    ],
)
def test_the_group_of_the_last_day_decides_what_was_owed(
    book: LawBook, on: str, rule: str, status: str | None
) -> None:
    third_then_second_then_third = [
        {**job_ready("2026-07-06", end="2026-10-01"), "group": "G3"},
        job_ready("2026-10-01", end="2027-03-01"),
        {**job_ready("2027-03-01"), "group": "G3"},
    ]

    rows = rows_of(book, life(third_then_second_then_third), date.fromisoformat(on), rule)

    assert [row["status"] for row in rows] == ([status] if status else [])


def test_an_old_contact_starts_no_new_case_on_another_benefit(book: LawBook) -> None:
    spells = [insured("2022-02-07", end="2026-10-31"), job_ready("2026-11-02")]
    contact = {"kind": "first_contact", "on": "2021-05-03", "actor": "citizen"}

    (row,) = rows_of(book, life(spells, [contact]), date(2026, 11, 5), "k3_first_for_all")

    assert (row["since"], row["due"]) == (date(2026, 11, 2), date(2026, 11, 9))


def test_a_right_is_found_among_two_benefits_at_once(book: LawBook) -> None:
    spells = [
        job_ready("2026-07-06"),
        {"benefit": "ressourceforloeb", "group": "G8", "start": "2026-08-03"},
    ]
    asks = {"kind": "request", "on": "2026-10-01", "actor": "citizen"}

    (row,) = rows_of(book, life(spells, [asks]), date(2026, 10, 2), "k3_right_on_request")

    assert (row["group"], row["status"]) == ("G2", "upcoming")


def test_of_two_cases_from_one_day_the_one_that_runs_is_told(book: LawBook) -> None:
    spells = [job_ready("2026-08-03", end="2026-08-05"), insured("2026-08-03")]

    (row,) = rows_of(book, life(spells), date(2026, 8, 20), "k3_first_for_all")

    assert (row["group"], row["status"]) == ("G1", "overdue")


def test_each_new_benefit_period_inside_a_spell_starts_the_clock_again(book: LawBook) -> None:
    periods = [
        {"kind": "benefit_period", "on": on, "actor": "a_kasse"}
        for on in ("2024-01-08", "2025-01-06")
    ]

    rows = rows_of(
        book, life([insured("2023-02-06")], periods), date(2025, 2, 3), "k2_akasse_min3_in_3mt"
    )

    assert [(row["since"], row["status"]) for row in rows] == [
        (date(2024, 1, 8), "lapsed"),
        (date(2025, 1, 6), "upcoming"),
    ]


def test_an_end_of_another_offer_does_not_end_this_one(book: LawBook) -> None:
    events = [
        {"kind": "offer_start", "on": "2024-03-04", "detail": "company_placement"},
        {"kind": "offer_end", "on": "2024-03-11", "detail": "basic_skills"},
    ]

    (row,) = rows_of(book, life([job_ready("2024-02-01")], events), MAY, "offer_by_6mt")

    assert row["done"] == 1


def test_a_second_exemption_over_the_new_last_day_moves_it_again(book: LawBook) -> None:
    leaving = [
        {
            "kind": "exemption",
            "on": on,
            "until": until,
            "detail": "exempt_layoff_weather",
        }
        for on, until in (("2024-07-29", "2024-08-12"), ("2024-09-02", "2024-09-23"))
    ]

    (row,) = rows_of(
        book, life([job_ready("2024-02-01")], leaving), date(2024, 9, 24), "offer_by_6mt"
    )

    assert (row["status"], row["due"]) == ("upcoming", date(2024, 10, 23))


def test_who_was_exempt_on_the_last_day_is_not_late_afterwards(book: LawBook) -> None:
    exempt = {
        "kind": "exemption",
        "on": "2026-11-27",
        "until": "2026-12-07",
        "detail": "exempt_layoff_weather",
    }
    frames = life([job_ready("2026-11-23")], [exempt, interview("2026-12-08")])

    (row,) = rows_of(book, frames, date(2026, 12, 9), "k3_first_for_all")

    assert (row["status"], row["due"], row["done"]) == ("met", None, 1)


def test_a_case_follows_its_clock_and_not_its_registration(book: LawBook) -> None:
    registered = {"kind": "registration", "on": "2023-12-28", "actor": "citizen"}
    frames = life([insured("2024-01-02")], [registered])

    found = set(book.duties(*frames, date(2024, 1, 20))["rule_id"])

    assert "k2_first_within_2w" in found
    assert not any(rule.startswith("k1_") for rule in found)


def test_a_count_that_was_delivered_later_is_not_known_before(book: LawBook) -> None:
    counted = [{"clock_weeks": 10, "clock_as_of": "2026-11-23"}]
    frames = life([insured("2026-08-18")], people=counted)

    (row,) = rows_of(book, frames, date(2026, 9, 1), "k3_akasse_min2_in_3mt_quota75")

    assert row["due"] == date(2026, 11, 18)


def test_only_the_citizens_own_request_opens_the_right(book: LawBook) -> None:
    asked = {"kind": "request", "on": "2026-11-20", "actor": "municipality"}

    assert (
        rows_of(
            book,
            life([job_ready("2026-11-02")], [asked]),
            date(2026, 11, 23),
            "k3_right_on_request",
        )
        == []
    )


def test_who_had_done_it_before_the_exemption_keeps_the_last_day(book: LawBook) -> None:
    exempt = {
        "kind": "exemption",
        "on": "2026-11-27",
        "until": "2026-12-07",
        "detail": "exempt_layoff_weather",
    }
    frames = life([job_ready("2026-11-23")], [interview("2026-11-25"), exempt])

    (row,) = rows_of(book, frames, date(2026, 12, 9), "k3_first_for_all")

    assert (row["status"], row["due"]) == ("met", date(2026, 11, 30))


def test_a_contact_before_a_study_grant_starts_no_case_after_it(book: LawBook) -> None:
    spells = [
        {"benefit": "su", "start": "2023-08-01", "end": "2026-08-03"},
        job_ready("2026-08-03"),
    ]
    contact = {"kind": "first_contact", "on": "2024-02-01", "actor": "citizen"}

    (row,) = rows_of(book, life(spells, [contact]), date(2026, 8, 5), "k3_first_for_all")

    assert (row["since"], row["due"]) == (date(2026, 8, 3), date(2026, 8, 10))


@pytest.mark.parametrize("turned", [False, True])
def test_neither_a_stranger_nor_the_order_of_rows_decides_who_answers(
    book: LawBook, turned: bool
) -> None:
    spells = [
        insured("2025-01-06", municipality="101"),
        insured("2025-09-01", end="2026-12-31", municipality="851"),
        {**job_ready("2026-08-03"), "person_id": 2},
        {**insured("2026-08-03"), "person_id": 2},
    ]
    period = {"kind": "benefit_period", "on": "2026-08-03", "actor": "a_kasse"}
    people, rows, events = life(spells, [period], [{"person_id": 1}, {"person_id": 2}])
    beside = people, rows.reverse() if turned else rows, events
    alone = tuple(frame.filter(pl.col("person_id") == 1) for frame in beside)

    told = [
        rows_of(book, frames, date(2026, 8, 20), "k3_akasse_min2_in_3mt_quota75")
        for frames in (beside, alone)
    ]

    mine = [[row["municipality"] for row in each if row["person_id"] == 1] for each in told]
    assert mine[0] == mine[1]
    assert "851" in mine[0]


def test_a_leave_out_from_before_the_rule_lifts_nothing(book: LawBook) -> None:
    early = {"kind": "leave_out", "on": "2026-06-01"}

    (row,) = rows_of(
        book, life([job_ready("2026-05-04")], [early]), date(2026, 7, 1), "k3_min4_in_6mt_quota75"
    )

    assert row["status"] == "upcoming"


def test_a_late_call_is_no_first_interview_though_calls_were_open_by_then(book: LawBook) -> None:
    frames = life([job_ready("2022-01-10")], [interview("2022-09-01", form="phone")])

    (row,) = rows_of(book, frames, date(2022, 9, 2), "k1_first_within_1w")

    assert (row["status"], row["forms"]) == ("overdue", ["in_person"])


def test_a_spell_that_has_ended_gives_the_word_back_to_the_one_around_it(book: LawBook) -> None:
    spells = [
        job_ready("2026-08-03"),
        {**job_ready("2026-09-01", end="2026-10-01"), "group": "G3"},
    ]

    (row,) = rows_of(book, life(spells), date(2026, 11, 23), "k3_min4_in_6mt_quota75")

    assert row["group"] == "G2"


def test_a_second_departure_does_not_rewrite_the_first(book: LawBook) -> None:
    gone = [{"kind": "emigrated", "on": on} for on in ("2026-09-01", "2027-03-01")]

    (row,) = rows_of(
        book, life([job_ready("2026-08-03")], gone), date(2027, 3, 2), "k3_min4_in_6mt_quota75"
    )

    assert row["reason"] == "emigrated"


def test_an_offer_that_broke_off_does_not_count_for_its_planned_length(book: LawBook) -> None:
    events = [
        {
            "kind": "offer_start",
            "on": "2024-03-04",
            "until": "2024-05-06",
            "detail": "company_placement",
        },
        {"kind": "offer_end", "on": "2024-03-08", "detail": "company_placement"},
    ]

    (row,) = rows_of(book, life([job_ready("2024-02-01")], events), MAY, "offer_by_6mt")

    assert row["done"] == 0


def test_of_two_rows_with_one_key_the_explanation_tells_the_one_that_is_given(
    book: LawBook,
) -> None:
    spells = [insured("2026-08-03", end="2026-08-17"), job_ready("2026-08-03")]
    frames, on = life(spells), date(2026, 8, 25)

    (row,) = rows_of(book, frames, on, "offer_by_6mt_quota75")
    told = book.explain(*frames, on, person_id=1, rule_id="offer_by_6mt_quota75").finding

    assert told is not None
    assert (told.group, told.status) == (row["group"], row["status"]) == ("G2", "upcoming")
