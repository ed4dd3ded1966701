"""The examples of a book: each small life is run, and its answer held against what is expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from velvalgt.core.frames import ColumnsMissing, Kind, RowsRejected, rows
from velvalgt.core.regime.book import LawBook
from velvalgt.core.regime.schema import Example, LawFile

Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]
Answer = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Miss:
    """An example that does not hold: what was expected of the rule, and what it gave."""

    rule_id: str
    example: Example
    expected: Answer
    given: Answer
    problem: str = ""


def frames_of(
    spells: Iterable[Mapping[str, Any]],
    events: Iterable[Mapping[str, Any]] = (),
    people: Iterable[Mapping[str, Any]] = (),
) -> Frames:
    """The frames of a story.

    Args:
        spells: their columns; who and where are 1 and Velby (099) unless the story says.
        events: their columns; by the municipality unless the story says.
        people: one person of whom nothing is known unless the story says.

    Returns:
        people, spells, events.

    Raises:
        RowsRejected: something in the story is not in the vocabulary, or cannot be.
    """
    return (
        _frame("people", people or ({},), {}),
        _frame("spells", spells, {"municipality": "099"}),
        _frame("events", events, {"actor": "municipality"}),
    )


def answer(book: LawBook, rule_id: str, frames: Frames, on: date) -> Answer:
    """The rows that a rule gives; of a frame, which is not in force, when it is asked for.

    Args:
        book: the book.
        rule_id: the rule.
        frames: people, spells and events.
        on: the day.

    Returns:
        The rows, in the order of their key.

    Raises:
        KeyError: the book has no such rule.
    """
    rule = book.rule(rule_id)
    regime = rule.regimes[0] if rule.standing == "frame" else None
    duties = book.duties(*frames, on, regime=regime)
    return duties.filter(pl.col("rule_id") == rule_id).to_dicts()


def examples_of(law: LawBook | LawFile) -> Iterator[tuple[str, Example]]:
    """Every example of a book or a file with the rule that it is about.

    Args:
        law: the book or the file.

    Yields:
        The rule's id and the example; a dispensation's example names its rule.
    """
    for rule in law.rules:
        yield from ((rule.id, example) for example in rule.examples)
    for each in law.dispensations:
        yield from ((example.rule or "", example) for example in each.examples)


def miss(book: LawBook, rule_id: str, example: Example) -> Miss | None:
    """Run one example.

    Args:
        book: the book.
        rule_id: the rule it is about.
        example: the story and what is expected.

    Returns:
        What is wrong with it; None when it holds. Only the fields that are expected are compared.
    """
    expected = [_plain(row.model_dump(exclude_none=True)) for row in example.expect]
    try:
        frames = frames_of(example.spells, example.events, example.people)
        given = answer(book, rule_id, frames, example.on)
    except (RowsRejected, ColumnsMissing) as error:
        return Miss(rule_id, example, expected, [], str(error))
    except KeyError:
        return Miss(rule_id, example, expected, [], f"there is no rule '{rule_id}'")
    alike = len(given) == len(expected) and all(
        row[name] == value
        for row, wanted in zip(given, expected, strict=True)
        for name, value in wanted.items()
    )
    return None if alike else Miss(rule_id, example, expected, given)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in row.items()}


def _frame(
    kind: Kind, records: Iterable[Mapping[str, Any]], usual: Mapping[str, Any]
) -> pl.DataFrame:
    return rows(kind, [{"person_id": 1, **usual, **record} for record in records])
