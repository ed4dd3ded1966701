"""What must hold for any lives at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.core.regime.lives import life
from velvalgt.core.regime import Dispensation, load
from velvalgt.core.regime.examples import Frames

# A day of each regime; the first lies among the windows of 2021.
DAYS = (date(2021, 3, 1), date(2024, 6, 3), date(2026, 11, 23))
KEY = ["person_id", "rule_id", "since"]
WEEK = timedelta(weeks=1)
BOOK = load()

days = st.integers(-500, 30)
lengths = st.none() | st.integers(1, 200).map(lambda length: timedelta(days=length))
scenes = st.sampled_from(
    [
        ("dagpenge", "G1"),
        ("kontanthjaelp", "G2"),
        ("kontanthjaelp", "G3"),
        ("kontanthjaelp", "G4"),
        ("ledighedsydelse", "G9"),
        ("revalidering", "G10"),
        ("ressourceforloeb", "G8"),
        ("sygedagpenge", "G6"),
    ]
)
happenings = st.sampled_from(
    [
        ("interview", None),
        ("interview", "intensified_effort"),
        ("group_meeting", None),
        ("offer_start", None),
        ("offer_start", "company_placement"),
        ("offer_start", "basic_skills"),
        ("offer_start", "wage_subsidy"),
        ("offer_given", "wage_subsidy"),
        ("offer_end", None),
        ("objection", "a_kasse_declined"),
        ("request", "joint_interview"),
        ("leave", None),
        ("registration", None),
        ("benefit_period", None),
        ("first_contact", None),
        ("request", None),
        ("leave_out", None),
        ("exemption", "exempt_leaving_within_6w"),
        ("exemption", "exempt_work_sharing"),
        ("flag", "work_duty"),
        ("flag", "visited_to_municipality_early"),
        ("emigrated", None),
    ]
)
actors = st.sampled_from(["a_kasse", "municipality", "joint"])
forms = st.sampled_from([None, "in_person", "phone", "video"])
people = st.integers(1, 4)


def record(person: int, scene: tuple[str, str], start: int, length: timedelta | None) -> Any:
    benefit, group = scene
    return {
        "person_id": person,
        "benefit": benefit,
        "group": group,
        "start": start,
        "end": length and start + length.days,
    }


def happening(
    person: int, what: tuple[str, str | None], on: int, length: timedelta | None, by: Any
) -> Any:
    kind, detail = what
    until = length and on + length.days
    actor, form = by
    return {
        "person_id": person,
        "kind": kind,
        "on": on,
        "until": until,
        "actor": actor,
        "form": form if kind == "interview" else None,
        "detail": detail,
    }


spells = st.lists(
    st.builds(record, people, scenes, days, lengths),
    min_size=1,
    max_size=10,
    unique_by=lambda spell: (spell["person_id"], spell["benefit"], spell["start"]),
).map(lambda rows: closed_but_the_first(rows))
events = st.lists(
    st.builds(happening, people, happenings, days, lengths, st.tuples(actors, forms)), max_size=14
).map(lambda rows: list({tuple(row.items()): row for row in rows}.values()))
counts = st.none() | st.floats(0, 60)


asked = sorted({c.rule_id for c in BOOK.counts if not c.per_request})
WITH_FORMS = [rule.id for rule in BOOK.rules if rule.forms]
windows = st.tuples(st.integers(-300, 60), st.integers(0, 200))


def given_by_the_state(effect: str, **what: Any) -> Any:
    return st.fixed_dictionaries({"effect": st.just(effect), "window": windows, **what})


suspensions = given_by_the_state(
    "duty_suspended", rules=st.lists(st.sampled_from(asked), min_size=1)
)
relaxations = given_by_the_state(
    "form_relaxed",
    rules=st.lists(st.sampled_from(WITH_FORMS), min_size=1),
    forms=st.lists(st.sampled_from(["phone", "video"]), min_size=1, unique=True),
)
stops = given_by_the_state(
    "clock_excluded", clocks=st.lists(st.sampled_from(sorted(BOOK.clocks)), min_size=1)
)


def before_and_after(frames: Frames, told: Any, on: date) -> pl.DataFrame:
    """The duties of a day without a dispensation and with it, side by side."""
    before, after = (
        book.duties(*frames, on).cast({"reason": pl.String})
        for book in (BOOK, BOOK.amended([dispensed(told, on)]))
    )
    return before.join(after, on=KEY, how="full", suffix="_after")


def dispensed(told: Any, on: date) -> Dispensation:
    start, length = told["window"]
    first, last = (on + timedelta(days=days) for days in (start, start + length))
    named = [rule for rule in told.get("rules", ()) if BOOK.rule(rule).valid_from <= last]
    assume(named or "rules" not in told)
    told = {**told, "rules": named}
    return Dispensation.model_validate(
        {
            **{name: value for name, value in told.items() if name != "window"},
            "id": "given",
            "instrument": "BEK 1",
            "valid": (first, last),
            "text": {"da": "Givet.", "en": "Given."},
            "source": {"paragraph": "§ 1", "act": "BEK 1"},
            "confidence": "CONFIRMED-LAW",
        }
    )


def closed_but_the_first(rows: list[Any]) -> list[Any]:
    """One open spell of a benefit for each person, as the border demands."""
    seen = set()
    for row in rows:
        key = (row["person_id"], row["benefit"])
        if row["end"] is None and key in seen:
            row["end"] = row["start"] + 9
        seen.add(key) if row["end"] is None else None
    return rows


def dated(rows: list[Any], on: date) -> list[Any]:
    """Days counted from a day as dates."""
    names = ("start", "end", "on", "until")
    return [
        {k: on + timedelta(days=v) if k in names and v is not None else v for k, v in row.items()}
        for row in rows
    ]


def frames_of(
    spell_rows: list[Any], event_rows: list[Any], on: date, weeks: float | None = None
) -> Frames:
    counted = {} if weeks is None else {"clock_weeks": weeks, "clock_as_of": on}
    born = [date(1957, 3, 1), date(1980, 1, 1), on - timedelta(days=30 * 365 + 7), None]
    everyone = [
        {"person_id": person, "born": born[person - 1], **counted} for person in range(1, 5)
    ]
    return life(dated(spell_rows, on), dated(event_rows, on), everyone)


@settings(max_examples=80, deadline=None)
@given(
    spells,
    events,
    counts,
    st.sampled_from(DAYS),
    st.builds(happening, people, happenings, days, lengths, st.tuples(actors, forms)),
)
def test_an_interview_never_makes_a_duty_less_met(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, on: date, added: Any
) -> None:
    held = {**added, "kind": "interview", "detail": None, "until": None}
    if held in event_rows:
        return

    before = BOOK.duties(*frames_of(spell_rows, event_rows, on, weeks), on)
    after = BOOK.duties(*frames_of(spell_rows, [*event_rows, held], on, weeks), on)

    both = before.join(after, on=KEY, how="full", suffix="_after")
    assert both.height == before.height == after.height
    assert (both["done_after"] >= both["done"]).all()
    lost = (both["status"] == "met") & (both["status_after"] != "met")
    worse = (both["status"] != "overdue") & (both["status_after"] == "overdue")
    assert not (lost | worse).any()


@settings(max_examples=80, deadline=None)
@given(spells, events, counts, st.sampled_from(DAYS), suspensions | relaxations)
def test_a_suspension_or_an_opened_form_never_creates_a_duty_nor_takes_one_away(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, on: date, told: Any
) -> None:
    both = before_and_after(frames_of(spell_rows, event_rows, on, weeks), told, on)

    assert both["status"].null_count() == both["status_after"].null_count() == 0
    assert (both["done_after"] >= both["done"]).all()
    assert not ((both["status"] != "overdue") & (both["status_after"] == "overdue")).any()
    if told["effect"] == "duty_suspended":
        changed = both.filter(both["status"] != both["status_after"])
        assert set(changed["status_after"]) <= {"suspended"}
        assert set(changed["status"]) <= {"upcoming", "overdue", "lapsed", "suspended"}


@settings(max_examples=80, deadline=None)
@given(spells, events, st.sampled_from(DAYS), stops)
def test_a_clock_that_stands_still_never_brings_our_own_last_day_forward(
    spell_rows: list[Any], event_rows: list[Any], on: date, told: Any
) -> None:
    both = before_and_after(frames_of(spell_rows, event_rows, on), told, on)

    known = both.drop_nulls(["due", "due_after"])
    assert (known["due_after"] >= known["due"]).all()


@settings(max_examples=60, deadline=None)
@given(spells, events, st.integers(1, 60), st.sampled_from(["K1", "K2", "K3"]))
def test_a_week_later_every_week_counted_day_is_a_week_later(
    spell_rows: list[Any], event_rows: list[Any], weeks: int, regime: str
) -> None:
    on = DAYS[-1]
    later = on + weeks * WEEK

    now = BOOK.duties(*frames_of(spell_rows, event_rows, on), on, regime=regime)
    then = BOOK.duties(*frames_of(spell_rows, event_rows, later), later, regime=regime)

    first = pl.col("rule_id").cast(pl.String).str.contains("first_within|first_for_all|cv_2w")
    columns = ["person_id", "rule_id", "since", "due"]
    moved = now.filter(first).with_columns(
        pl.col("since", "due").dt.offset_by(f"{weeks * WEEK.days}d")
    )
    assert moved.select(columns).equals(then.filter(first).select(columns))


@settings(max_examples=80, deadline=None)
@given(spells, events, counts, st.sampled_from(DAYS))
def test_many_at_once_get_what_each_gets_alone(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, on: date
) -> None:
    frames = frames_of(spell_rows, event_rows, on, weeks)

    together = BOOK.duties(*frames, on)
    alone = pl.concat(
        BOOK.duties(*(frame.filter(pl.col("person_id") == person) for frame in frames), on)
        for person in range(1, 5)
    )

    assert together.equals(alone)


@settings(max_examples=60, deadline=None)
@given(spells, events, counts, st.sampled_from(DAYS), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, on: date, chance: Any
) -> None:
    frames = frames_of(spell_rows, event_rows, on, weeks)
    shuffled = [
        frame[chance.sample(range(frame.height), frame.height)] if frame.height else frame
        for frame in frames
    ]

    assert BOOK.duties(*shuffled, on).equals(BOOK.duties(*frames, on))


@settings(max_examples=60, deadline=None)
@given(spells, events, counts, st.sampled_from(DAYS))
def test_the_key_is_unique_and_the_ledgers_stay_within_their_population(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, on: date
) -> None:
    duties = BOOK.duties(*frames_of(spell_rows, event_rows, on, weeks), on)

    ledgers = BOOK.ledgers(duties, on)

    assert duties.select(KEY).is_unique().all()
    assert (ledgers["covered"] + ledgers["owed"] <= ledgers["population"]).all()
    assert (ledgers["forecast"] >= ledgers["share"]).all()
    assert ((ledgers["room"] == 0) | (ledgers["forecast"] >= ledgers["min_share"])).all()


@settings(max_examples=60, deadline=None)
@given(spells, events, counts, st.sampled_from(DAYS))
def test_an_explanation_counts_the_days_that_the_duty_counts(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, on: date
) -> None:
    frames = frames_of(spell_rows, event_rows, on, weeks)
    rows = BOOK.duties(*frames, on).filter(pl.col("person_id") == 1)

    for (rule_id,) in rows.select(pl.col("rule_id").cast(pl.String)).unique().iter_rows():
        told = BOOK.explain(*frames, on, person_id=1, rule_id=rule_id).finding
        latest = rows.filter(pl.col("rule_id") == rule_id).to_dicts()[-1]
        assert told is not None
        assert len(told.counted) == told.done == latest["done"]
        assert (told.since, told.status, told.due) == tuple(
            latest[name] for name in ("since", "status", "due")
        )
