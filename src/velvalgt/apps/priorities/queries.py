"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.efforts import Option, effort_in_words
from velvalgt.apps.priorities.grounds import BasisLine, bases, basis_on, mode_on
from velvalgt.apps.priorities.own_nos import NoLine, nos_in_words, own_nos_of
from velvalgt.apps.priorities.suggested import (
    AnswerLine,
    Expected,
    Gain,
    SuggestionLine,
    TurnLine,
    answered,
    choices_for,
    studies_behind,
    suggestion_for,
    suggestions_of,
    what_a_week_is,
    work_order,
)

__all__ = [
    "AnswerLine",
    "BasisLine",
    "Expected",
    "Gain",
    "NoLine",
    "Option",
    "SuggestionLine",
    "TurnLine",
    "answered",
    "bases",
    "basis_on",
    "choices_for",
    "effort_in_words",
    "mode_on",
    "nos_in_words",
    "own_nos_of",
    "studies_behind",
    "suggestion_for",
    "suggestions_of",
    "what_a_week_is",
    "work_order",
]
