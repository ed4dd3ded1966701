"""Whatever a rule asks is said in words: no parameter of any shape stays silent."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation
from pydantic import BaseModel

from velvalgt.core.regime import Rule, load
from velvalgt.core.regime.shapes import SHAPES, AgeStep, ListedGround
from velvalgt.screens.jurist.wording import (
    ELSEWHERE,
    LISTS,
    OF_A_SHAPE,
    PARTS,
    SAYINGS,
    clauses,
)

LINES_OF_LISTS = {"grounds": ListedGround, "ages": AgeStep}


def fields(shape: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """Each parameter of a shape and of its parts, with where it stands."""
    for name, field in shape.model_fields.items():
        parts = [each for each in (field.annotation, *_arguments(field.annotation)) if _is(each)]
        if name in PARTS:
            yield from (pair for part in parts for pair in fields(part))
        else:
            yield shape.__name__, name


def _arguments(annotation: Any) -> tuple[Any, ...]:
    return getattr(annotation, "__args__", ())


def _is(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_parameter_of_a_shape_has_its_words(shape: str) -> None:
    unsaid = [
        (at, name)
        for at, name in fields(SHAPES[shape])
        if name not in {*SAYINGS, *LISTS, *ELSEWHERE} and (at, name) not in OF_A_SHAPE
    ]

    assert unsaid == []


def test_every_part_of_a_listed_line_is_said() -> None:
    assert set(ListedGround.model_fields) == {"detail", "kind", "groups", "horizon", "name"}
    assert set(AgeStep.model_fields) == {"born_from", "years", "months"}


def params(rule: Rule) -> list[Any]:
    return [rule.params, *(case.params for case in rule.cases)]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("rule", load().rules, ids=lambda rule: rule.id)
def test_no_parameter_of_a_shipped_rule_is_unsaid(db: None, rule: Rule, language: str) -> None:
    with translation.override(language):
        for asked in params(rule):
            said = clauses(asked)
            assert all(str(clause.about) and clause.says for clause in said)
            assert len(said) == _given(asked)


def _given(asked: Any) -> int:
    """How many parameters have a value, parts and lists opened."""
    if asked is None:
        return 0
    count = 0
    for name in type(asked).model_fields:
        value = getattr(asked, name)
        if name in ELSEWHERE or value in (None, ()):
            continue
        count += _given(value) if name in PARTS else len(value) if name in LISTS else 1
    return count
