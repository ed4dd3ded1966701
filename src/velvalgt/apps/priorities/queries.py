"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.efforts import Option, effort_in_words
from velvalgt.apps.priorities.grounds import BasisLine, bases, basis_on, mode_on
from velvalgt.apps.priorities.own_nos import own_nos_of
from velvalgt.apps.priorities.suggesting import (
    Expected,
    Gain,
    SuggestionLine,
    TurnLine,
    choices_for,
    studies_behind,
    suggestion_for,
    suggestions_of,
    what_a_week_is,
    work_order,
)

__all__ = [
    "BasisLine",
    "Expected",
    "Gain",
    "Option",
    "SuggestionLine",
    "TurnLine",
    "bases",
    "basis_on",
    "choices_for",
    "effort_in_words",
    "mode_on",
    "own_nos_of",
    "studies_behind",
    "suggestion_for",
    "suggestions_of",
    "what_a_week_is",
    "work_order",
]
