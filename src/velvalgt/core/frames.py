"""The five frames of the core and the check at its border: ids become int32 and words Enum, once.

A row that does not hold is rejected with its reason, never guessed at.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import polars as pl

from velvalgt.core.words import Word, a_kasser, enum, municipalities, possible_days, vocabulary

__all__ = [
    "COLUMNS",
    "KINDS",
    "REASON_CODES",
    "Column",
    "ColumnsMissing",
    "Ids",
    "Kind",
    "RowsRejected",
    "Word",
    "a_kasser",
    "check",
    "empty",
    "enum",
    "municipalities",
    "rows",
    "schema",
    "vocabulary",
]

Kind = Literal["people", "spells", "events", "work", "payments"]
KINDS: tuple[Kind, ...] = ("people", "spells", "events", "work", "payments")

REASON_CODES = (
    "missing",
    "bad_person_id",
    "impossible_date",
    "not_a_number",
    "out_of_range",
    "unknown_word",
    "word_not_in_force",
    "unknown_municipality",
    "end_before_start",
    "clock_incomplete",
    "duplicate_person",
    "duplicate_row",
    "second_open_spell",
)
REJECTS: dict[str, pl.DataType | type[pl.DataType]] = {
    "row": pl.Int64,
    "column": pl.String,
    "value": pl.String,
    "reason_code": pl.Enum(REASON_CODES),
}


class ColumnsMissing(ValueError):
    """A frame lacks a column that its contract requires."""


class RowsRejected(ValueError):
    """Rows that were expected to be good are not; the first reasons stand in the message."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: its type or vocabulary, whether it may be empty, its least and most."""

    dtype: pl.DataType | type[pl.DataType] = pl.String
    words: str | None = None
    required: bool = False
    least: float | None = None
    most: float | None = None


def _id() -> Column:
    return Column(pl.Int32, required=True)


def _date(*, required: bool = False) -> Column:
    return Column(pl.Date, required=required)


_WEEK_HOURS = 7 * 24
_MOST_WEEKS = 100 * 52
COLUMNS: Mapping[Kind, Mapping[str, Column]] = {
    "people": {
        "person_id": _id(),
        "born": _date(),
        "a_kasse": Column(),
        "clock_weeks": Column(pl.Float64, least=0, most=_MOST_WEEKS),
        "clock_as_of": _date(),
    },
    "spells": {
        "person_id": _id(),
        "benefit": Column(words="benefit", required=True),
        "group": Column(words="group"),
        "municipality": Column(words="municipality", required=True),
        "start": _date(required=True),
        "end": _date(),
        "degree": Column(pl.Float64, least=0, most=1),
    },
    "events": {
        "person_id": _id(),
        "kind": Column(words="kind", required=True),
        "on": _date(required=True),
        "until": _date(),
        "actor": Column(words="actor", required=True),
        "form": Column(words="form"),
        "detail": Column(),
    },
    "work": {
        "person_id": _id(),
        "start": _date(required=True),
        "end": _date(),
        "hours_week": Column(pl.Float64, required=True, least=0, most=_WEEK_HOURS),
        "kind": Column(words="work_kind", required=True),
    },
    "payments": {
        "person_id": _id(),
        "benefit": Column(words="benefit", required=True),
        "start": _date(required=True),
        "end": _date(required=True),
        "gross_oere": Column(pl.Int64, required=True),
    },
}
_PERIODS: Mapping[Kind, tuple[str, str]] = {
    "spells": ("start", "end"),
    "events": ("on", "until"),
    "work": ("start", "end"),
    "payments": ("start", "end"),
}


@cache
def schema(kind: Kind) -> dict[str, pl.DataType | type[pl.DataType]]:
    """The columns of a frame and their types, as they are after the border.

    Args:
        kind: people, spells, events, work or payments.

    Returns:
        Column name to polars type, in the contract's order.
    """
    return {name: _dtype(column) for name, column in COLUMNS[kind].items()}


def empty(kind: Kind) -> pl.DataFrame:
    """A frame of one kind without rows.

    Args:
        kind: people, spells, events, work or payments.

    Returns:
        The frame, typed.
    """
    return pl.DataFrame(schema=schema(kind))


def rows(kind: Kind, records: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Records that must all be good, as a frame.

    Args:
        kind: people, spells, events, work or payments.
        records: a mapping for each row; columns that may be empty may be left out.

    Returns:
        The frame, typed.

    Raises:
        RowsRejected: some row does not hold.
    """
    listed = [dict(record) for record in records]
    if not listed:
        return empty(kind)
    good, rejects = check(kind, pl.DataFrame(listed, infer_schema_length=None))
    if rejects.height:
        told = [
            f"{kind} no. {row + 1}, {column}: {value} ({reason})"
            for row, column, value, reason in rejects.head(5).iter_rows()
        ]
        raise RowsRejected("; ".join(told))
    return good


class Ids:
    """The numbers that stand for the keys of a set of people inside the core."""

    def __init__(self, keys: Sequence[str] | pl.Series) -> None:
        self._keys = pl.Series("key", keys).unique(maintain_order=True).drop_nulls()
        self._table = pl.DataFrame(
            {"key": self._keys, "id": pl.int_range(self._keys.len(), dtype=pl.Int32, eager=True)}
        )

    @property
    def size(self) -> int:
        """How many people there are; their numbers go from 0 to one less."""
        return self._keys.len()

    def code(self, frame: pl.DataFrame, column: str = "person_id") -> pl.DataFrame:
        """Put numbers for keys; an unknown key becomes null, which `check` rejects.

        Args:
            frame: any frame with the key column.
            column: the column that holds keys.

        Returns:
            The same rows in the same order.
        """
        numbers = frame.select(pl.col(column).alias("key")).join(
            self._table, on="key", how="left", maintain_order="left"
        )
        return frame.with_columns(numbers["id"].alias(column))

    def label(self, frame: pl.DataFrame, column: str = "person_id") -> pl.DataFrame:
        """Put keys for numbers.

        Args:
            frame: any frame with the number column.
            column: the column that holds numbers.

        Returns:
            The same rows in the same order.
        """
        return frame.with_columns(self._keys.gather(frame[column]).alias(column))


def check(kind: Kind, frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Take a frame over the border: good rows typed, the others with what is wrong.

    Dates may be Date or ISO text. A row is in one of the two frames, never in both; a row with
    several faults has a line for each in the rejects.

    Args:
        kind: people, spells, events, work or payments.
        frame: the rows as read. Extra columns of people are features and are kept; others go.

    Returns:
        The good rows, and the rejects: row (0-based), column, value, reason_code.

    Raises:
        ColumnsMissing: a required column is not there at all.
    """
    columns = COLUMNS[kind]
    lacking = [n for n, c in columns.items() if c.required and n not in frame.columns]
    if lacking:
        raise ColumnsMissing(f"{kind}: {', '.join(lacking)}")
    raw = _completed(kind, frame)
    typed = raw.with_columns(
        _typed(name, column, raw.schema[name]) for name, column in columns.items()
    )
    faults = [
        *(fault for name, column in columns.items() for fault in _column_faults(name, column)),
        *_row_faults(kind),
    ]
    alone = _rejects(raw, typed, faults)
    sound = ~raw["row"].is_in(alone["row"].unique().implode())
    # A row that does not hold for itself stands in no other row's way.
    again = _rejects(raw.filter(sound), typed.filter(sound), _again_faults(kind))
    rejects = pl.concat([alone, again]).sort("row", "column")
    good = typed.filter(~pl.col("row").is_in(rejects["row"].unique().implode())).drop("row")
    return good, rejects


@dataclass(frozen=True, slots=True)
class _Fault:
    """An expression over the typed row (and the raw cell as `given`) that is true when it fails."""

    column: str
    reason: str
    fails: pl.Expr
    looks_at_given: bool = False


def _completed(kind: Kind, frame: pl.DataFrame) -> pl.DataFrame:
    columns = COLUMNS[kind]
    features = [name for name in frame.columns if name not in columns] if kind == "people" else []
    present = [
        _blank_as_null(name, frame.schema[name])
        if name in frame.columns
        else pl.lit(None).alias(name)
        for name in columns
    ]
    return frame.select(*present, *features).with_row_index("row").cast({"row": pl.Int64})


def _blank_as_null(name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype != pl.String:
        return pl.col(name)
    stripped = pl.col(name).str.strip_chars()
    return pl.when(stripped != "").then(stripped).alias(name)


def _dtype(column: Column) -> pl.DataType | type[pl.DataType]:
    return enum(column.words) if column.words else column.dtype


def _typed(name: str, column: Column, given: pl.DataType) -> pl.Expr:
    if column.dtype == pl.Date and given == pl.String:
        return pl.col(name).str.to_date("%Y-%m-%d", strict=False)
    return pl.col(name).cast(_dtype(column), strict=False)


def _misread(column: Column) -> str:
    if column.words:
        return "unknown_municipality" if column.words == "municipality" else "unknown_word"
    if column.dtype == pl.Date:
        return "impossible_date"
    return "not_a_number"


def _column_faults(name: str, column: Column) -> list[_Fault]:
    given, value = pl.col("given"), pl.col(name)
    misread = "bad_person_id" if name == "person_id" else _misread(column)
    faults = [_Fault(name, misread, given.is_not_null() & value.is_null(), looks_at_given=True)]
    if column.required:
        faults.append(_Fault(name, "missing", given.is_null(), looks_at_given=True))
    if column.dtype == pl.Date:
        first, last = possible_days()
        faults.append(_Fault(name, "impossible_date", (value < first) | (value > last)))
    if column.least is not None:
        low = value < column.least
        high = value > column.most if column.most is not None else pl.lit(value=False)
        faults.append(_Fault(name, "out_of_range", low | high | ~value.is_finite()))
    return faults


def _row_faults(kind: Kind) -> list[_Fault]:
    faults = []
    if kind in _PERIODS:
        start, end = _PERIODS[kind]
        faults.append(_Fault(end, "end_before_start", pl.col(end) <= pl.col(start)))
        faults += [
            _Fault(name, "word_not_in_force", _not_in_force(name, column.words, start))
            for name, column in COLUMNS[kind].items()
            if column.words and column.words != "municipality"
        ]
    if kind == "people":
        together = pl.col("clock_weeks").is_null() == pl.col("clock_as_of").is_null()
        faults.append(_Fault("clock_as_of", "clock_incomplete", ~together))
    if kind == "events":
        faults += _detail_faults("flag") + _detail_faults("exemption")
    return faults


def _again_faults(kind: Kind) -> list[_Fault]:
    """What a row may do only once, held against the rows that hold for themselves."""
    if kind == "people":
        return [_Fault("person_id", "duplicate_person", _again("person_id"))]
    faults = [_Fault("person_id", "duplicate_row", _again(*COLUMNS[kind]))]
    if kind == "spells":
        second = pl.col("end").is_null() & _again("person_id", "benefit", "end")
        whole = pl.struct(list(COLUMNS[kind])).is_first_distinct()
        faults.append(_Fault("start", "second_open_spell", second & whole))
    return faults


def _again(*names: str) -> pl.Expr:
    """True from the second row on that has the same values (the first in the file stands)."""
    key = pl.struct(list(names)) if len(names) > 1 else pl.col(names[0])
    return ~key.is_first_distinct() & pl.col("person_id").is_not_null()


def _not_in_force(name: str, words: str | None, start: str) -> pl.Expr:
    outside = pl.lit(value=False)
    for word in vocabulary(words or ""):
        is_word = pl.col(name) == word.word
        if word.last_day:
            outside |= is_word & (pl.col(start) > word.last_day)
        if word.first_day:
            outside |= is_word & (pl.col(start) < word.first_day)
    return outside


def _detail_faults(kind: str) -> list[_Fault]:
    applies, detail = pl.col("kind") == kind, pl.col("detail")
    words = [word.word for word in vocabulary(kind)]
    return [
        _Fault("detail", "missing", applies & detail.is_null()),
        _Fault("detail", "unknown_word", applies & ~detail.is_in(words)),
    ]


def _rejects(raw: pl.DataFrame, typed: pl.DataFrame, faults: list[_Fault]) -> pl.DataFrame:
    found = [pl.DataFrame(schema=REJECTS)]
    for fault in faults:
        given = raw[fault.column].alias("given")
        frame = typed.with_columns(given) if fault.looks_at_given else typed
        failing = frame.select(fault.fails.fill_null(value=False).alias("fails"))["fails"]
        if failing.any():
            found.append(
                pl.DataFrame({"row": raw["row"], "value": given.cast(pl.String)})
                .filter(failing)
                .select(
                    "row",
                    pl.lit(fault.column).alias("column"),
                    "value",
                    pl.lit(fault.reason).cast(REJECTS["reason_code"]).alias("reason_code"),
                )
            )
    return pl.concat(found).unique(["row", "column"], keep="first").sort("row", "column")
