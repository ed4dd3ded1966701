"""The verbs of plans and suggestions."""

from velvalgt.apps.priorities.asking import NoCapacityYet, ask_for_forecast, ask_for_plan
from velvalgt.apps.priorities.capacity import CannotBePlanned, CapacityDraft, plan_capacity
from velvalgt.apps.priorities.forgetting import forget_old_plans
from velvalgt.apps.priorities.replanning import PlanRefused, replan
from velvalgt.apps.priorities.taking_turns import PlanUnderWay
from velvalgt.apps.priorities.weighing import WeightsDraft, decide_weights

__all__ = [
    "CannotBePlanned",
    "CapacityDraft",
    "NoCapacityYet",
    "PlanRefused",
    "PlanUnderWay",
    "WeightsDraft",
    "ask_for_forecast",
    "ask_for_plan",
    "decide_weights",
    "forget_old_plans",
    "plan_capacity",
    "replan",
]
