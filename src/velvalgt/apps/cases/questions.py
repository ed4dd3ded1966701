"""The questions of the preparation and of the need profile, read from `questions.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from velvalgt.apps.cases.texts import Said, data_file

MOST_OF_PROFILE = 8
CONTACT = "contact"
"""The step about how to be met; its answer is the contact wish, and a row here if it is skipped."""


class Kind(StrEnum):
    """How a question is answered: in words, by one choice, or by one place on a scale in words."""

    WORDS = "words"
    CHOICE = "choice"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Option:
    """One of the answers to choose from."""

    key: str
    text: Said


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is asked (spørgsmål): the words, why it is asked, and who sees the answer."""

    key: str
    step: str
    kind: Kind
    text: Said
    why: Said
    seen_by: Said
    hint: Said | None = None
    options: tuple[Option, ...] = ()
    source: str = ""
    url: str = ""

    def option(self, key: str) -> Said | str:
        """Say a choice in words; one that the file no longer has stands by its key."""
        return next((option.text for option in self.options if option.key == key), key)


@dataclass(frozen=True, slots=True)
class PreparationStep:
    """A page of the preparation: one group of questions."""

    key: str
    title: Said
    lead: Said
    is_profile: bool
    questions: tuple[Question, ...]


@cache
def steps() -> tuple[PreparationStep, ...]:
    """The pages of the preparation, in order."""
    content = data_file("questions")
    return tuple(_step(each, content) for each in content["steps"])


def step_named(key: str) -> PreparationStep | None:
    """Find a page of the preparation."""
    return next((step for step in steps() if step.key == key), None)


def question_step(question: Question) -> PreparationStep:
    """Give the page on which a question is asked."""
    return next(step for step in steps() if step.key == question.step)


@cache
def questions() -> Mapping[str, Question]:
    """All that is asked, by key."""
    return {question.key: question for step in steps() for question in step.questions}


@cache
def profile() -> tuple[Question, ...]:
    """The need profile (behovsprofil): at most eight questions, filled in together."""
    return tuple(q for step in steps() if step.is_profile for q in step.questions)


def _step(entry: Mapping[str, Any], content: Mapping[str, Any]) -> PreparationStep:
    asked = entry.get("questions", [])
    return PreparationStep(
        key=entry["key"],
        title=Said(**entry["title"]),
        lead=Said(**entry["lead"]),
        is_profile=entry.get("profile", False),
        questions=tuple(_question(each, entry["key"], content) for each in asked),
    )


def _question(entry: Mapping[str, Any], step: str, content: Mapping[str, Any]) -> Question:
    source = content["sources"][entry["source"]] if "source" in entry else {}
    options = entry.get("options", {})
    return Question(
        key=entry["key"],
        step=step,
        kind=Kind(entry["kind"]),
        text=Said(**entry["text"]),
        why=Said(**entry["why"]),
        seen_by=Said(**content["readers"][entry["seen_by"]]),
        hint=Said(**entry["hint"]) if "hint" in entry else None,
        options=tuple(Option(key, Said(**text)) for key, text in options.items()),
        source=source.get("name", ""),
        url=source.get("url", ""),
    )
