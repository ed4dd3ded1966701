"""Dispensations: a duty is suspended, a form is opened, a clock stands still; never two at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.core.regime.lives import Answer, Frames, insured, interview, job_ready, life, rows_of
from velvalgt.core.regime import Dispensation, LawBook, LawError

FIRST = "k3_first_for_all"
JOERN = [job_ready("2026-11-23")]


def dispensation(**told: Any) -> Dispensation:
    """A dispensation of the State, as the jurist records it."""
    return Dispensation.model_validate(
        {
            "id": "storm",
            "instrument": "BEK 999 af 20/11/2026",
            "effect": "duty_suspended",
            "rules": [FIRST],
            "valid": ("2026-11-24", "2026-12-04"),
            "text": {"da": "Det er sat på pause i stormen.", "en": "It is paused in the storm."},
            "source": {"paragraph": "§ 1", "act": "BEK 999/2026"},
            "confidence": "CONFIRMED-LAW",
            **told,
        }
    )


def first(book: LawBook, on: str, frames: Frames | None = None, rule: str = FIRST) -> Answer:
    return rows_of(book, frames or life(JOERN), date.fromisoformat(on), rule)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("2026-11-23", "upcoming"),
        ("2026-11-24", "suspended"),
        ("2026-12-04", "suspended"),
        ("2026-12-05", "suspended"),
    ],
)
def test_what_falls_due_in_the_window_is_suspended_from_its_first_day_and_stays_so(
    book: LawBook, on: str, status: str
) -> None:
    (row,) = first(book.amended([dispensation()]), on)

    assert row["status"] == status


@pytest.mark.parametrize(
    ("on", "status"), [("2026-11-27", "suspended"), ("2026-11-28", "upcoming")]
)
def test_what_falls_due_after_the_window_is_back_when_it_is_over(
    book: LawBook, on: str, status: str
) -> None:
    (row,) = first(book.amended([dispensation(valid=("2026-11-24", "2026-11-27"))]), on)

    assert (row["status"], row["due"]) == (status, date(2026, 11, 30))


def test_an_interview_held_all_the_same_is_held(book: LawBook) -> None:
    held = life(JOERN, [interview("2026-11-26")])

    (row,) = first(book.amended([dispensation()]), "2026-11-30", held)

    assert row["status"] == "met"


@pytest.mark.parametrize(
    ("scope", "status"),
    [
        ({}, "suspended"),
        ({"regions": ("Nordjylland",)}, "suspended"),
        ({"regions": ("Sjælland",)}, "upcoming"),
        ({"municipalities": ("099",)}, "suspended"),
        ({"municipalities": ("101",)}, "upcoming"),
        ({"a_kasser": ("hk",)}, "upcoming"),
    ],
)
def test_a_dispensation_holds_in_its_places_and_nowhere_else(
    book: LawBook, scope: dict[str, Any], status: str
) -> None:
    (row,) = first(book.amended([dispensation(**scope)]), "2026-11-30")

    assert row["status"] == status


def test_whoever_lived_there_on_the_last_day_is_suspended_wherever_they_live_now(
    book: LawBook,
) -> None:
    moved = [
        job_ready("2026-11-23", end="2026-12-02", municipality="101"),
        job_ready("2026-12-02"),
    ]
    there = book.amended([dispensation(municipalities=("101",))])

    (row,) = first(there, "2026-12-10", life(moved))

    assert row["status"] == "suspended"


def test_an_opened_form_counts_on_its_days_and_no_others(book: LawBook) -> None:
    by_phone = dispensation(effect="form_relaxed", forms=("phone",))
    amended = book.amended([by_phone])

    (inside,) = first(amended, "2026-11-27", life(JOERN, [interview("2026-11-24", form="phone")]))
    (before,) = first(amended, "2026-11-27", life(JOERN, [interview("2026-11-23", form="phone")]))
    (video,) = first(amended, "2026-11-27", life(JOERN, [interview("2026-11-24", form="video")]))

    assert [row["status"] for row in (inside, before, video)] == ["met", "upcoming", "upcoming"]
    assert before["forms"] == ["in_person", "phone"]


def test_where_only_some_forms_are_left_the_special_decides(book: LawBook) -> None:
    everywhere = dispensation(id="all", effect="form_relaxed", forms=("phone", "video"))
    here = dispensation(
        id="here", effect="form_relaxed", forms=("video",), only=True, municipalities=("099",)
    )

    (row,) = first(book.amended([everywhere, here]), "2026-11-25")

    assert row["forms"] == ["video"]


def test_days_on_which_a_clock_stands_still_move_the_last_day(book: LawBook) -> None:
    stopped = dispensation(
        effect="clock_excluded", rules=(), clocks=("clock_accumulated_unemployment",)
    )
    frames = life([insured("2026-10-01")])
    rule = "k3_akasse_min2_in_3mt_quota75"

    (without,) = first(book, "2026-12-10", frames, rule)
    (with_it,) = first(book.amended([stopped]), "2026-12-10", frames, rule)

    assert (without["due"], with_it["due"]) == (date(2027, 1, 1), date(2027, 1, 12))
    assert without["since"] == with_it["since"]


def test_time_off_benefit_within_the_stop_is_not_taken_off_twice(book: LawBook) -> None:
    stopped = dispensation(
        effect="clock_excluded", rules=(), clocks=("clock_accumulated_unemployment",)
    )
    away_in_it = life([insured("2026-10-01", end="2026-11-28"), insured("2026-12-02")])

    (row,) = first(
        book.amended([stopped]), "2026-12-10", away_in_it, "k3_akasse_min2_in_3mt_quota75"
    )

    assert row["due"] == date(2027, 1, 12)


@pytest.mark.parametrize(
    ("clock", "due"),
    [
        ("clock_benefit_consumption", date(2021, 2, 1)),
        ("clock_accumulated_unemployment", date(2021, 6, 1)),
    ],
)
def test_both_readings_of_the_clock_that_stood_still_in_2021(
    book: LawBook, clock: str, due: date
) -> None:
    shipped = next(each for each in book.dispensations if each.id == "cov_benefit_clock")
    assert shipped.clocks == ("clock_benefit_consumption",)
    read = shipped.model_copy(update={"id": "read", "clocks": (clock,)})

    (row,) = rows_of(
        book.amended([read]), life([insured("2020-08-01")]), date(2021, 1, 15), "k1_min4_in_6mt"
    )

    assert row["due"] == due


def test_a_dispensation_gives_the_book_a_version_of_its_own(book: LawBook) -> None:
    one, other = dispensation(), dispensation(valid=("2026-11-24", "2026-12-05"))

    assert book.amended([]) is book
    assert len({book.version, book.amended([one]).version, book.amended([other]).version}) == 3
    assert book.amended([one]).version == book.amended([one]).version


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"rules": ["k9_nothing"]}, "'k9_nothing' is not one that fits; allowed"),
        (
            {"effect": "clock_excluded", "rules": [], "clocks": ["clock_x"]},
            "'clock_x' is not one that fits; allowed",
        ),
        ({"effect": "form_relaxed", "rules": ["offer_by_6mt"], "forms": ["phone"]}, "allowed"),
        ({"rules": ["k3_right_on_request"]}, "'k3_right_on_request' is not one that fits"),
        ({"rules": ["pension_age"]}, "'pension_age' is not one that fits"),
        ({"valid": ("2026-05-01", "2026-05-31")}, "holds only from 2026-07-01"),
        (
            {"regions": ["Hovedstaden"], "valid": ("2027-02-01", "2027-02-05")},
            "'Hovedstaden' is not a region on 2027-02-01; allowed: Midtjylland",
        ),
    ],
)
def test_a_dispensation_of_what_the_book_does_not_have_is_refused(
    book: LawBook, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(LawError, match=told):
        book.amended([dispensation(**wrong)])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"effect": "form_relaxed"}, "takes forms and rules, here: rules"),
        ({"forms": ["phone"]}, "takes rules, here: "),
        ({"regions": ()}, "leave the field out"),
        ({"valid": ("2026-12-04", "2026-11-24")}, "last day, 2026-11-24, is before the first"),
        ({"regions": ("Skåne",)}, "'Skåne' is not a region"),
        ({"confidence": "UNCERTAIN"}, "says what was not read"),
        ({"instrument": ""}, "at least 3"),
    ],
)
def test_two_effects_or_half_of_one_are_refused(wrong: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        dispensation(**wrong)


def test_a_paused_duty_is_explained_with_the_order_that_paused_it(book: LawBook) -> None:
    explanation = book.amended([dispensation()]).explain(
        *life(JOERN), date(2026, 11, 25), person_id=1, rule_id=FIRST
    )

    lines = {line.code: line.text for line in explanation.lines("da")}
    assert lines["status"] == "Det er sat på pause."
    assert lines["dispensation"] == "Det er sat på pause i stormen. Det står i § 1, BEK 999/2026."


def test_nobody_is_told_of_a_dispensation_that_does_not_bear_on_them(book: LawBook) -> None:
    elsewhere = book.amended([dispensation(municipalities=("101",))])

    explanation = elsewhere.explain(*life(JOERN), date(2026, 11, 25), person_id=1, rule_id=FIRST)

    assert "dispensation" not in {line.code for line in explanation.lines("da")}


@pytest.mark.parametrize(
    ("lived", "due"),
    [
        ((("2026-08-03", "2026-11-05", "099"), ("2026-11-05", None, "101")), "2027-02-07"),
        ((("2026-08-03", "2026-11-05", "101"), ("2026-11-05", None, "099")), "2027-04-01"),
    ],
)
def test_a_clock_stands_still_for_the_days_that_somebody_lived_there(
    book: LawBook, lived: tuple[tuple[str, str | None, str], ...], due: str
) -> None:
    stopped = dispensation(
        effect="clock_excluded",
        rules=(),
        clocks=("clock_unbroken_benefit_spell",),
        valid=("2026-11-01", "2026-12-31"),
        municipalities=("099",),
    )
    spells = [job_ready(start, end=end, municipality=place) for start, end, place in lived]

    (row,) = rows_of(
        book.amended([stopped]), life(spells), date(2027, 1, 4), "k3_min4_in_6mt_quota75"
    )

    assert row["due"] == date.fromisoformat(due)


def test_a_day_that_a_stopped_clock_moved_is_explained_by_it(book: LawBook) -> None:
    stopped = dispensation(
        effect="clock_excluded", rules=(), clocks=("clock_unbroken_benefit_spell",)
    )

    explanation = book.amended([stopped]).explain(
        *life(JOERN), date(2026, 12, 10), person_id=1, rule_id="k3_min4_in_6mt_quota75"
    )

    assert "dispensation" in {line.code for line in explanation.lines("da")}


def test_the_order_in_which_dispensations_are_recorded_changes_nothing(book: LawBook) -> None:
    one, other = dispensation(id="one"), dispensation(id="other")

    together = book.amended([one, other]).version
    assert book.amended([other]).amended([one]).version == together


@pytest.mark.parametrize(
    ("weeks", "since", "due"),
    [
        (13, "2026-08-18", "2026-12-19"),
        (10, "2026-08-18", "2026-12-19"),
        (15, "2026-08-10", "2026-12-11"),
        (8, "2026-08-18", "2026-12-29"),
    ],
)
def test_a_delivered_count_may_know_of_the_stop_or_not(
    book: LawBook, weeks: int, since: str, due: str
) -> None:
    stopped = dispensation(
        effect="clock_excluded",
        rules=(),
        clocks=("clock_accumulated_unemployment",),
        valid=("2026-10-01", "2026-10-31"),
    )
    counted = [{"clock_weeks": weeks, "clock_as_of": "2026-11-23"}]
    frames = life([insured("2026-08-18")], people=counted)

    (row,) = rows_of(
        book.amended([stopped]), frames, date(2026, 11, 23), "k3_akasse_min2_in_3mt_quota75"
    )

    assert (str(row["since"]), str(row["due"])) == (since, due)


def test_what_was_held_late_before_a_pause_is_not_taken_up_again(book: LawBook) -> None:
    late = life([job_ready("2026-11-02")], [interview("2026-11-20")])

    (row,) = first(book.amended([dispensation()]), "2026-11-25", late)

    assert (row["status"], row["reason"]) == ("lapsed", "held_late")


def test_a_clock_that_stands_still_without_an_end_hides_no_running_case(book: LawBook) -> None:
    stopped = dispensation(
        effect="clock_excluded",
        rules=(),
        clocks=("clock_unbroken_benefit_spell",),
        valid=("2026-08-24", None),
    )
    amended, on = book.amended([stopped]), date(2026, 8, 31)
    frames = life([job_ready("2026-03-02")])

    (row,) = rows_of(amended, frames, on, "k3_min4_in_6mt_quota75")
    explanation = amended.explain(*frames, on, person_id=1, rule_id="k3_min4_in_6mt_quota75")

    assert (row["status"], row["due"]) == ("upcoming", None)
    assert "dispensation" in {line.code for line in explanation.lines("da")}


@pytest.mark.parametrize(
    "more",
    [
        {"kind": "offer_given", "on": "2021-06-10", "detail": "wage_subsidy"},
        {
            "kind": "exemption",
            "on": "2021-06-15",
            "until": "2021-06-25",
            "detail": "exempt_layoff_weather",
        },
    ],
)
def test_extra_time_takes_nobody_out_of_a_pause(book: LawBook, more: dict[str, Any]) -> None:
    frames = life([job_ready("2020-12-20")], [more])

    (row,) = rows_of(book, frames, date(2021, 8, 1), "offer_by_6mt")

    assert row["status"] == "suspended"
