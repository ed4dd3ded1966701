"""Every rule's own examples, as a jurist reads them in the law files."""

from __future__ import annotations

import pytest

from tests.core.regime.lives import life, rows_of
from velvalgt.core.frames import vocabulary
from velvalgt.core.regime import LawBook, Rule, load
from velvalgt.core.regime.schema import Example

EXAMPLES = [(rule, example) for rule in load().rules for example in rule.examples]


@pytest.mark.parametrize(
    ("rule", "example"), EXAMPLES, ids=[f"{rule.id}: {e.name.en}" for rule, e in EXAMPLES]
)
def test_the_example_holds(book: LawBook, rule: Rule, example: Example) -> None:
    frames = life(example.spells, example.events, example.people)

    found = rows_of(book, frames, example.on, rule.id)

    expected = [row.model_dump(exclude_none=True) for row in example.expect]
    shown = [
        {name: row[name] for name in wanted} for row, wanted in zip(found, expected, strict=True)
    ]
    assert shown == expected


def test_every_rule_that_gives_rows_has_an_example_with_a_row(book: LawBook) -> None:
    with_rows = {book.rules[count.rule].id for count in book.counts}

    shown = {rule.id for rule, example in EXAMPLES if example.expect}

    assert shown == with_rows


def test_every_ground_of_exemption_in_the_vocabulary_is_a_rule(book: LawBook) -> None:
    grounds = {rule.id for rule in book.rules if rule.shape == "exemption_predicate"}

    assert grounds == {word.word for word in vocabulary("exemption")}
