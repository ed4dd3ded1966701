"""Cells as Danish case systems write them."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from velvalgt.apps.exchange import cells
from velvalgt.apps.exchange.files import Cell, Column
from velvalgt.apps.exchange.reading import Content, read

DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 30))


def cell(text: str, kind: Cell, **more: int) -> tuple[object, list[str]]:
    """Read one cell: its value and the codes of its faults."""
    column = Column("celle", "value", kind, **more)
    quoted = text.replace('"', '""')
    content = Content(f'celle;nr\n"{quoted}";1\n', "utf-8", "")
    frame, faults = cells.typed(read(content, [column, Column("nr", "number")], "f"), [column])
    return frame["value"][0], faults["code"].to_list()


@settings(deadline=None)
@given(DAYS, st.sampled_from(["%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]))
def test_a_date_in_any_of_the_three_forms_is_read_back(day: date, form: str) -> None:
    assert cell(day.strftime(form), Cell.DATE) == (day, [])


@settings(deadline=None)
@given(DAYS)
def test_the_last_day_is_kept_as_the_day_after(day: date) -> None:
    assert cell(f"{day:%d-%m-%Y}", Cell.LAST_DAY) == (day + timedelta(days=1), [])


def test_the_last_day_of_the_calendar_means_no_end() -> None:
    assert cell("31-12-9999", Cell.LAST_DAY) == (None, [])


@pytest.mark.parametrize(
    "text",
    ["31-02-2026", "1-2-2026", "01-02-26", "01/02/2026", "2026-13-01", "i går", "00-00-0000"],
)
def test_what_is_no_date_is_never_guessed(text: str) -> None:
    assert cell(text, Cell.DATE) == (None, ["impossible_date"])
    assert cell(text, Cell.LAST_DAY) == (None, ["impossible_date"])


def danish(number: Decimal, *, points: bool) -> str:
    """A number as it is written in Danish."""
    whole, _, part = f"{abs(number):,f}".partition(".")
    grouped = whole.replace(",", "." if points else "")
    return ("-" if number < 0 else "") + grouped + ("," + part if part else "")


@settings(deadline=None)
@given(
    st.decimals(Decimal(-999_999_999), Decimal(999_999_999), places=2, allow_nan=False),
    st.booleans(),
)
def test_kroner_become_the_same_number_of_oere(kroner: Decimal, points: bool) -> None:
    assert cell(danish(kroner, points=points), Cell.MONEY) == (int(kroner * 100), [])


@settings(deadline=None)
@given(st.decimals(Decimal(0), Decimal(9999), places=3), st.booleans())
def test_a_number_with_a_decimal_comma_is_read_back(number: Decimal, points: bool) -> None:
    value, faults = cell(danish(number, points=points), Cell.NUMBER, decimals=3)

    assert (value, faults) == (pytest.approx(float(number), abs=1e-9), [])


@pytest.mark.parametrize(
    ("text", "value"), [("1,005", 1.01), ("-1,005", -1.01), ("37,4949", 37.49)]
)
def test_more_decimals_than_are_kept_are_rounded_half_up(text: str, value: float) -> None:
    assert cell(text, Cell.NUMBER, decimals=2) == (value, [])


@pytest.mark.parametrize(
    "text", ["37.5", "1,2,3", "1.23,4", "1e3", "NaN", "∞", "to", "12.34.567", "--1"]
)
def test_what_is_no_danish_number_is_never_guessed(text: str) -> None:
    assert cell(text, Cell.NUMBER, decimals=2)[1] == ["not_a_number"]
    assert cell(text, Cell.MONEY)[1] == ["not_a_number"]


def test_an_amount_with_three_decimals_is_taken_for_a_mistake() -> None:
    assert cell("1,234", Cell.MONEY)[1] == ["too_many_decimals"]


@pytest.mark.parametrize(("text", "value"), [("ja", True), ("NEJ", False), ("Ja", True)])
def test_yes_and_no_are_danish(text: str, value: bool) -> None:
    assert cell(text, Cell.YES_NO) == (value, [])


def test_another_word_for_yes_is_not_guessed() -> None:
    assert cell("x", Cell.YES_NO)[1] == ["not_yes_or_no"]


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_a_cell_fall_over(text: str) -> None:
    for kind in Cell:
        value, faults = cell(text, kind, longest=50)

        assert len(faults) <= 1
        assert kind is Cell.TEXT or faults or value is None or text.strip()


@pytest.mark.parametrize("mark", ["\0", "\x07", "\x1b", "\n", "\t"])
def test_a_character_that_cannot_be_shown_is_refused(mark: str) -> None:
    assert cell(f"Per{mark}Ås", Cell.TEXT)[1] == ["control_character"]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+49;-2", "-cmd|'/c calc'!A0"])
def test_a_name_that_starts_a_formula_is_refused(text: str) -> None:
    column = Column("navn", "name")
    content = Content(f'navn;nr\n"{text}";1\n', "utf-8", "")
    table = read(content, [column, Column("nr", "number")], "f")

    assert cells.typed(table, [column])[1]["code"].to_list() == ["formula"]


def test_letters_are_counted_not_bytes() -> None:
    assert cell("ø" * 5, Cell.TEXT, longest=5)[1] == []
    assert cell("ø" * 6, Cell.TEXT, longest=5)[1] == ["too_long"]


def test_a_line_break_in_a_cell_does_not_move_the_numbers_of_the_lines() -> None:
    content = Content('navn;nr\n"a\nb";1\n\nc;2\n', "utf-8", "")

    table = read(content, [Column("navn", "name"), Column("nr", "number")], "f")

    assert table.cells.select("line", "number").rows() == [(2, "1"), (5, "2")]
    assert isinstance(table.cells, pl.DataFrame)
