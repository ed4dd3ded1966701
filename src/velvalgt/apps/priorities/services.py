"""The verbs of plans and suggestions."""

from velvalgt.apps.priorities.forgetting import forget_old_plans
from velvalgt.apps.priorities.replanning import PlanRefused, replan
from velvalgt.apps.priorities.taking_turns import PlanUnderWay

__all__ = ["PlanRefused", "PlanUnderWay", "forget_old_plans", "replan"]
