"""Every rule's own examples, as a jurist reads them in the law files."""

from __future__ import annotations

import pytest

from velvalgt.core.frames import vocabulary
from velvalgt.core.regime import LawBook, load
from velvalgt.core.regime.examples import examples_of, miss
from velvalgt.core.regime.schema import Example

EXAMPLES = list(examples_of(load()))


PROFILING = "profiling"
"""An objection that the law on interviews knows nothing of."""


@pytest.mark.parametrize(
    ("rule_id", "example"), EXAMPLES, ids=[f"{rule}: {e.name.en}" for rule, e in EXAMPLES]
)
def test_the_example_holds(book: LawBook, rule_id: str, example: Example) -> None:
    found = miss(book, rule_id, example)

    assert found is None, (found.expected, found.given, found.problem)


def test_every_rule_that_gives_rows_has_an_example_with_a_row(book: LawBook) -> None:
    with_rows = {book.rules[count.rule].id for count in book.counts}

    shown = {rule for rule, example in EXAMPLES if example.expect}

    assert shown == with_rows


def test_every_ground_of_exemption_in_the_vocabulary_is_a_rule(book: LawBook) -> None:
    alone = {rule.id for rule in book.rules if rule.shape == "exemption_predicate"}
    lists = [rule.params for rule in book.rules if rule.shape == "out_of_scope_list"]
    listed = {ground.detail for params in lists for ground in params.grounds}

    words = {word.word for name in ("exemption", "objection") for word in vocabulary(name)}
    assert alone | listed == words - {PROFILING}
