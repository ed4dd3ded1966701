"""The duties as a frame: the columns of the contract, in the order of its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from velvalgt.core.frames import enum, vocabulary
from velvalgt.core.regime.clocks import Runs
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.duties import Rows
from velvalgt.core.regime.lives import NEVER, Ints, Lives, code, keys
from velvalgt.core.regime.schema import OVER, STATUSES, Rule

Evaluated = tuple[Count, Runs, Rows]
Schema = dict[str, pl.DataType]
_WORDS = [word.word for word in vocabulary("form")]
FORMS = tuple(
    tuple(word for number, word in enumerate(_WORDS) if sum_ >> number & 1)
    for sum_ in range(1 << len(_WORDS))
)
"""The forms behind each sum that `forms_now` gives."""


def duty_schema(rules: Sequence[Rule], reasons: Iterable[str]) -> Schema:
    """The columns of the duties and their types.

    Args:
        rules: the book's rules.
        reasons: the words that a status may have for reason.

    Returns:
        Column name to polars type.
    """
    return {
        "person_id": pl.Int32(),
        "rule_id": pl.Enum([rule.id for rule in rules]),
        "since": pl.Date(),
        "municipality": enum("municipality"),
        "group": enum("group"),
        "status": pl.Enum(STATUSES),
        "due": pl.Date(),
        "required": pl.Int32(),
        "done": pl.Int32(),
        "actor": enum("actor"),
        "forms": pl.List(enum("form")),
        "reason": pl.Enum(list(reasons)),
        "source": pl.String(),
    }


@dataclass(frozen=True, slots=True)
class _Table:
    """The rows of all counts side by side, as integers."""

    person: Ints
    rule: Ints
    since: Ints
    municipality: Ints
    group: Ints
    status: Ints
    due: Ints
    required: Ints
    done: Ints
    actor: Ints
    forms: Ints
    reason: Ints

    def take(self, rows: Ints) -> _Table:
        return _Table(*(getattr(self, name)[rows] for name in self.__slots__))


def duty_frame(
    evaluated: Sequence[Evaluated], lives: Lives, schema: Schema, sources: Sequence[str]
) -> pl.DataFrame:
    """Put the rows of all counts together.

    Args:
        evaluated: each count with its runs and rows.
        lives: whose person ids the rows get.
        schema: as `duty_schema` gives it.
        sources: the source of each rule, in the book's order.

    Returns:
        The duties, sorted by the key person_id, rule_id, since, which is unique.
    """
    tables = [_table(*parts) for parts in evaluated]
    names = _Table.__slots__
    table = _Table(
        *(np.concatenate([np.zeros(0, np.int64), *(getattr(t, n) for t in tables)]) for n in names)
    )
    table = _in_order(table, len(sources))
    return pl.DataFrame(
        {
            "person_id": lives.person_ids[table.person],
            "rule_id": _enumerated(table.rule, schema["rule_id"]),
            "since": _dates(table.since),
            "municipality": _enumerated(table.municipality, schema["municipality"]),
            "group": _enumerated(table.group, schema["group"]),
            "status": _enumerated(table.status, schema["status"]),
            "due": _dates(table.due),
            "required": table.required,
            "done": table.done,
            "actor": _enumerated(table.actor, schema["actor"]),
            "forms": _words(FORMS, table.forms, schema["forms"]),
            "reason": _enumerated(table.reason, schema["reason"]),
            "source": _words(tuple(sources), table.rule, pl.String()),
        },
        schema=schema,
    )


def _table(count: Count, runs: Runs, rows: Rows) -> _Table:
    windows, size = rows.windows, rows.windows.run.size
    return _Table(
        person=windows.person,
        rule=np.full(size, count.rule),
        since=windows.since,
        municipality=runs.spells.municipality[rows.answers],
        group=runs.spells.group[windows.spell],
        status=rows.status,
        due=windows.due,
        required=np.full(size, count.n),
        done=rows.done,
        actor=np.full(size, code("actor", count.actor)),
        forms=rows.forms,
        reason=rows.reason,
    )


def _in_order(table: _Table, rules: int) -> _Table:
    """Sort by the key; of two rows with one key what still asks something stands first."""
    key = keys(table.person * rules + table.rule, table.since)
    over = np.isin(table.status, [STATUSES.index(word) for word in OVER])
    order = np.argsort(2 * key + over, kind="stable")
    fresh = np.ones(order.shape, np.bool_)
    fresh[1:] = np.diff(key[order]) != 0
    return table.take(order[fresh])


def _enumerated(codes: Ints, dtype: pl.DataType) -> pl.Series:
    return _all_words(dtype).gather(codes)


@cache
def _all_words(dtype: pl.DataType) -> pl.Series:
    words: list[str] = dtype.categories.to_list() if isinstance(dtype, pl.Enum) else []
    return pl.Series(values=words, dtype=dtype)


def _words(words: tuple[object, ...], codes: Ints, dtype: pl.DataType) -> pl.Series:
    return _list(words, dtype).gather(codes)


@cache
def _list(words: tuple[object, ...], dtype: pl.DataType) -> pl.Series:
    return pl.Series(values=list(words), dtype=dtype)


def _dates(days: Ints) -> pl.Series:
    """Day numbers as dates; NEVER is null."""
    dates = days.astype("datetime64[D]")
    dates[days == NEVER] = np.datetime64("NaT")
    return pl.Series(values=dates)
