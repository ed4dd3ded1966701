"""The duties as a frame: the columns of the contract, in the order of its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import polars as pl

from velvalgt.core.frames import enum
from velvalgt.core.regime.clocks import Runs
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.duties import REASONS, STATUSES, Rows
from velvalgt.core.regime.lives import NEVER, Ints, Lives, code, keys
from velvalgt.core.regime.schema import Rule

Evaluated = tuple[Count, Runs, Rows]
Schema = dict[str, pl.DataType]


def duty_schema(rules: Sequence[Rule]) -> Schema:
    """The columns of the duties and their types.

    Args:
        rules: the book's rules.

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
        "reason": pl.Enum(REASONS),
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
    forms: list[tuple[str, ...]] = [()]
    tables = [_table(*parts, forms) for parts in evaluated]
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
            "forms": _words(tuple(forms), table.forms, schema["forms"]),
            "reason": _enumerated(table.reason, schema["reason"]),
            "source": _words(tuple(sources), table.rule, pl.String()),
        },
        schema=schema,
    )


def _table(count: Count, runs: Runs, rows: Rows, forms: list[tuple[str, ...]]) -> _Table:
    run, size = rows.windows.run, rows.windows.run.size
    first, later = _forms(count, forms)
    return _Table(
        person=rows.windows.person,
        rule=np.full(size, count.rule),
        since=rows.windows.since,
        municipality=runs.municipality[run],
        group=runs.group[run],
        status=rows.status,
        due=rows.due,
        required=np.full(size, count.n),
        done=rows.done,
        actor=np.full(size, code("actor", count.actor)),
        forms=np.where(rows.first, first, later),
        reason=rows.reason,
    )


def _forms(count: Count, known: list[tuple[str, ...]]) -> tuple[int, int]:
    """The numbers of the form lists for the first and for later events; new lists are added."""
    rule = count.form_rule
    numbers = []
    for words in (rule.first, rule.later) if rule else ((), ()):
        if words not in known:
            known.append(words)
        numbers.append(known.index(words))
    return numbers[0], numbers[1]


def _in_order(table: _Table, rules: int) -> _Table:
    """Sort by the key; of two rows with one key the first compiled stands."""
    key = keys(table.person * rules + table.rule, table.since)
    order = np.argsort(key, kind="stable")
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
