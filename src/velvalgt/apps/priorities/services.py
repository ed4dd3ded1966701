"""The verbs of plans and suggestions."""

from velvalgt.apps.priorities.answering import (
    CannotAnswer,
    CitizenSaidNo,
    NotAnotherOne,
    NotAReason,
    NotCurrent,
    NotInTheFuture,
    accept,
    choose_other,
    postpone,
)
from velvalgt.apps.priorities.asking import NoCapacityYet, ask_for_forecast, ask_for_plan
from velvalgt.apps.priorities.capacity import CannotBePlanned, CapacityDraft, plan_capacity
from velvalgt.apps.priorities.efforts import NoSuchEffort
from velvalgt.apps.priorities.forgetting import forget_old_plans
from velvalgt.apps.priorities.grounds import (
    BasisDraft,
    DoesNotHold,
    EndsTooSoon,
    HoldsAlready,
    HoldsTooLong,
    NoReason,
    NotAssessedYet,
    NotWritten,
    NotYoursToRecord,
    end_basis,
    record_basis,
)
from velvalgt.apps.priorities.own_nos import TheCitizensOwn, say_no, take_no_back
from velvalgt.apps.priorities.replanning import PlanRefused, replan
from velvalgt.apps.priorities.taking_turns import PlanUnderWay
from velvalgt.apps.priorities.weighing import WeightsDraft, decide_weights

__all__ = [
    "BasisDraft",
    "CannotAnswer",
    "CannotBePlanned",
    "CapacityDraft",
    "CitizenSaidNo",
    "DoesNotHold",
    "EndsTooSoon",
    "HoldsAlready",
    "HoldsTooLong",
    "NoCapacityYet",
    "NoReason",
    "NoSuchEffort",
    "NotAReason",
    "NotAnotherOne",
    "NotAssessedYet",
    "NotCurrent",
    "NotInTheFuture",
    "NotWritten",
    "NotYoursToRecord",
    "PlanRefused",
    "PlanUnderWay",
    "TheCitizensOwn",
    "WeightsDraft",
    "accept",
    "ask_for_forecast",
    "ask_for_plan",
    "choose_other",
    "decide_weights",
    "end_basis",
    "forget_old_plans",
    "plan_capacity",
    "postpone",
    "record_basis",
    "replan",
    "say_no",
    "take_no_back",
]
