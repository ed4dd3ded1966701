"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.asking import draft_of, forecast_of
from velvalgt.apps.priorities.capacity import PERIOD, capacity_on, capacity_to_come, figures_of
from velvalgt.apps.priorities.comparing import Compared, compared, is_overdue
from velvalgt.apps.priorities.efforts import Option, effort_in_words
from velvalgt.apps.priorities.frames_file import FramesGone, inputs_of
from velvalgt.apps.priorities.gain_words import Gain
from velvalgt.apps.priorities.grounds import BasisLine, bases, basis_on, mode_on
from velvalgt.apps.priorities.lines import Point, less_lines, points
from velvalgt.apps.priorities.looking_back import current_run, last_attempt, run_of
from velvalgt.apps.priorities.naming import (
    effort_names,
    group_names,
    offers_to_plan,
    units_to_plan,
)
from velvalgt.apps.priorities.overview import Overview, Standing, plan_overview
from velvalgt.apps.priorities.own_nos import NoLine, nos_in_words, own_nos_of
from velvalgt.apps.priorities.repeating import differences
from velvalgt.apps.priorities.suggested import (
    AnswerLine,
    Expected,
    SuggestionLine,
    TurnLine,
    answered,
    choices_for,
    may_be_refused,
    studies_behind,
    suggestion_for,
    suggestions_of,
    what_a_week_is,
    work_order,
)
from velvalgt.apps.priorities.watching import AcceptanceLine, acceptance_by_unit
from velvalgt.apps.priorities.weighing import Weights, weights_on

__all__ = [
    "PERIOD",
    "AcceptanceLine",
    "AnswerLine",
    "BasisLine",
    "Compared",
    "Expected",
    "FramesGone",
    "Gain",
    "NoLine",
    "Option",
    "Overview",
    "Point",
    "Standing",
    "SuggestionLine",
    "TurnLine",
    "Weights",
    "acceptance_by_unit",
    "answered",
    "bases",
    "basis_on",
    "capacity_on",
    "capacity_to_come",
    "choices_for",
    "compared",
    "current_run",
    "differences",
    "draft_of",
    "effort_in_words",
    "effort_names",
    "figures_of",
    "forecast_of",
    "group_names",
    "inputs_of",
    "is_overdue",
    "last_attempt",
    "less_lines",
    "may_be_refused",
    "mode_on",
    "nos_in_words",
    "offers_to_plan",
    "own_nos_of",
    "plan_overview",
    "points",
    "run_of",
    "studies_behind",
    "suggestion_for",
    "suggestions_of",
    "units_to_plan",
    "weights_on",
    "what_a_week_is",
    "work_order",
]
