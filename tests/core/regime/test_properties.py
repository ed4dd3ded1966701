"""What must hold for any lives at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.core.regime.lives import Frames, life
from velvalgt.core.regime import load

ON = date(2026, 11, 23)
KEY = ["person_id", "rule_id", "since"]
WEEK = timedelta(weeks=1)
BOOK = load()

days = st.integers(-500, 30).map(lambda back: ON + timedelta(days=back))
lengths = st.none() | st.integers(1, 200).map(lambda length: timedelta(days=length))
scenes = st.sampled_from(
    [
        ("dagpenge", "G1"),
        ("kontanthjaelp", "G2"),
        ("kontanthjaelp", "G3"),
        ("kontanthjaelp", "G4"),
        ("ledighedsydelse", "G9"),
        ("revalidering", "G10"),
        ("sygedagpenge", "G6"),
    ]
)
happenings = st.sampled_from(
    [
        ("interview", None),
        ("interview", "intensified_effort"),
        ("group_meeting", None),
        ("offer_start", None),
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


def record(person: int, scene: tuple[str, str], start: date, length: timedelta | None) -> Any:
    benefit, group = scene
    end = start + length if length else None
    return {"person_id": person, "benefit": benefit, "group": group, "start": start, "end": end}


def happening(
    person: int, what: tuple[str, str | None], on: date, length: timedelta | None, by: Any
) -> Any:
    kind, detail = what
    until = on + length if length else None
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


def closed_but_the_first(rows: list[Any]) -> list[Any]:
    """One open spell of a benefit for each person, as the border demands."""
    seen = set()
    for row in rows:
        key = (row["person_id"], row["benefit"])
        if row["end"] is None and key in seen:
            row["end"] = row["start"] + timedelta(days=9)
        seen.add(key) if row["end"] is None else None
    return rows


def frames_of(spell_rows: list[Any], event_rows: list[Any], weeks: float | None) -> Frames:
    counted = {} if weeks is None else {"clock_weeks": weeks, "clock_as_of": ON}
    return life(
        spell_rows, event_rows, [{"person_id": person, **counted} for person in range(1, 5)]
    )


@settings(max_examples=60, deadline=None)
@given(
    spells,
    events,
    counts,
    st.builds(happening, people, happenings, days, lengths, st.tuples(actors, forms)),
)
def test_an_interview_never_makes_a_duty_less_met(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, added: Any
) -> None:
    held = {**added, "kind": "interview", "detail": None, "until": None}
    if held in event_rows:
        return

    before = BOOK.duties(*frames_of(spell_rows, event_rows, weeks), ON)
    after = BOOK.duties(*frames_of(spell_rows, [*event_rows, held], weeks), ON)

    both = before.join(after, on=KEY, how="full", suffix="_after")
    assert both.height == before.height == after.height
    assert (both["done_after"] >= both["done"]).all()
    lost = (both["status"] == "met") & (both["status_after"] != "met")
    worse = (both["status"] != "overdue") & (both["status_after"] == "overdue")
    assert not (lost | worse).any()


@settings(max_examples=60, deadline=None)
@given(spells, events, st.integers(1, 60))
def test_a_week_later_every_week_counted_day_is_a_week_later(
    spell_rows: list[Any], event_rows: list[Any], weeks: int
) -> None:
    move = weeks * WEEK
    later = [
        [{k: v + move if isinstance(v, date) else v for k, v in row.items()} for row in rows]
        for rows in (spell_rows, event_rows)
    ]

    now = BOOK.duties(*frames_of(spell_rows, event_rows, None), ON, regime="K3")
    then = BOOK.duties(*frames_of(later[0], later[1], None), ON + move, regime="K3")

    first = pl.col("rule_id") == "k3_first_for_all"
    moved = now.filter(first).with_columns(pl.col("since", "due").dt.offset_by(f"{move.days}d"))
    assert moved.equals(then.filter(first))


@settings(max_examples=60, deadline=None)
@given(spells, events, counts)
def test_many_at_once_get_what_each_gets_alone(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None
) -> None:
    frames = frames_of(spell_rows, event_rows, weeks)

    together = BOOK.duties(*frames, ON)
    alone = pl.concat(
        BOOK.duties(*(frame.filter(pl.col("person_id") == person) for frame in frames), ON)
        for person in range(1, 5)
    )

    assert together.equals(alone)


@settings(max_examples=60, deadline=None)
@given(spells, events, counts, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None, chance: Any
) -> None:
    frames = frames_of(spell_rows, event_rows, weeks)
    shuffled = [
        frame[chance.sample(range(frame.height), frame.height)] if frame.height else frame
        for frame in frames
    ]

    assert BOOK.duties(*shuffled, ON).equals(BOOK.duties(*frames, ON))


@settings(max_examples=60, deadline=None)
@given(spells, events, counts)
def test_the_key_is_unique_and_the_ledgers_stay_within_their_population(
    spell_rows: list[Any], event_rows: list[Any], weeks: float | None
) -> None:
    duties = BOOK.duties(*frames_of(spell_rows, event_rows, weeks), ON)

    ledgers = BOOK.ledgers(duties, ON)

    assert duties.select(KEY).is_unique().all()
    assert (ledgers["covered"] + ledgers["owed"] <= ledgers["population"]).all()
    assert (ledgers["forecast"] >= ledgers["share"]).all()
    assert ((ledgers["room"] == 0) | (ledgers["forecast"] >= ledgers["min_share"])).all()
