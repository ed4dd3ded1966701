"""Overlaps: what is kept never overlaps, and nothing is refused without cause."""

from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.apps.exchange.overlaps import overlapping

FIRST = date(2026, 1, 1)
PERIODS = st.tuples(st.integers(1, 3), st.integers(0, 60), st.integers(1, 20) | st.none())
Spell = tuple[int, date, date | None]


def frame(stored: list[Spell], new: list[Spell]) -> pl.DataFrame:
    rows = [*((*spell, None) for spell in stored), *((*s, n) for n, s in enumerate(new))]
    schema = {"person_id": pl.Int32, "start": pl.Date, "end": pl.Date, "row": pl.Int64}
    return pl.DataFrame(rows, schema, orient="row").with_columns(benefit=pl.lit("dagpenge"))


def spells(drawn: list[tuple[int, int, int | None]]) -> list[Spell]:
    starts = [(who, FIRST + timedelta(days=day), length) for who, day, length in drawn]
    return [(who, day, day + timedelta(days=n) if n else None) for who, day, n in starts]


def meet(one: Spell, other: Spell) -> bool:
    ends = (one[2] or date.max, other[2] or date.max)
    return one[0] == other[0] and one[1] < ends[1] and other[1] < ends[0]


@settings(deadline=None)
@given(st.lists(PERIODS, max_size=6), st.lists(PERIODS, max_size=12))
def test_in_the_files_order_each_is_kept_unless_it_meets_what_is_kept(
    drawn_stored: list[tuple[int, int, int | None]], drawn_new: list[tuple[int, int, int | None]]
) -> None:
    stored, new = spells(drawn_stored), spells(drawn_new)
    kept, refused = list(stored), []
    for row, spell in enumerate(new):
        if any(meet(spell, other) for other in kept):
            refused.append(row)
        else:
            kept.append(spell)

    assert sorted(overlapping(frame(stored, new)).to_list()) == refused


def test_ten_thousand_spells_of_one_citizen_are_told_apart_quickly() -> None:
    days = [FIRST - timedelta(days=n) for n in range(10_000)]
    new = [(1, day, day + timedelta(days=2)) for day in days]

    assert overlapping(frame([], new)).len() == 5_000
