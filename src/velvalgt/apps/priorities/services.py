"""The verbs of plans and suggestions."""

from velvalgt.apps.priorities.asking import NoCapacityYet, ask_for_forecast, ask_for_plan
from velvalgt.apps.priorities.capacity import CannotBePlanned, CapacityDraft, plan_capacity
from velvalgt.apps.priorities.weighing import WeightsDraft, decide_weights

__all__ = [
    "CannotBePlanned",
    "CapacityDraft",
    "NoCapacityYet",
    "WeightsDraft",
    "ask_for_forecast",
    "ask_for_plan",
    "decide_weights",
    "plan_capacity",
]
