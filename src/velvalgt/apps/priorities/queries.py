"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.asking import draft_of, forecast_of
from velvalgt.apps.priorities.capacity import PERIOD, capacity_on, capacity_to_come, figures_of
from velvalgt.apps.priorities.comparing import Compared, compared, is_overdue
from velvalgt.apps.priorities.frames_file import FramesGone, inputs_of
from velvalgt.apps.priorities.grounds import basis_on, mode_on
from velvalgt.apps.priorities.lines import Point, less_lines, points
from velvalgt.apps.priorities.looking_back import current_run, last_attempt, run_of
from velvalgt.apps.priorities.naming import (
    effort_names,
    group_names,
    offer_name,
    offers_to_plan,
    units_to_plan,
)
from velvalgt.apps.priorities.overview import Overview, Standing, plan_overview
from velvalgt.apps.priorities.repeating import differences
from velvalgt.apps.priorities.watching import AcceptanceLine, acceptance_by_unit
from velvalgt.apps.priorities.weighing import Weights, weights_on

__all__ = [
    "PERIOD",
    "AcceptanceLine",
    "Compared",
    "FramesGone",
    "Overview",
    "Point",
    "Standing",
    "Weights",
    "acceptance_by_unit",
    "basis_on",
    "capacity_on",
    "capacity_to_come",
    "compared",
    "current_run",
    "differences",
    "draft_of",
    "effort_names",
    "figures_of",
    "forecast_of",
    "group_names",
    "inputs_of",
    "is_overdue",
    "last_attempt",
    "less_lines",
    "mode_on",
    "offer_name",
    "offers_to_plan",
    "plan_overview",
    "points",
    "run_of",
    "units_to_plan",
    "weights_on",
]
