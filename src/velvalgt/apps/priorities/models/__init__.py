"""What the station of priorities remembers: a file for each idea."""

from velvalgt.apps.priorities.models.caseload import (
    Conflict,
    Handover,
    HandoverAnswer,
    Skill,
    UnitChoice,
)
from velvalgt.apps.priorities.models.grounds import BasisEnd, ProfilingBasis
from velvalgt.apps.priorities.models.runs import Attempt, CurrentRun, Run
from velvalgt.apps.priorities.models.steering import CapacityPlan, Forecast, NeedWeights
from velvalgt.apps.priorities.models.suggestions import (
    OwnNo,
    OwnNoEnd,
    OwnNoQuerySet,
    Suggestion,
    SuggestionAnswer,
    SuggestionQuerySet,
    WorkLine,
)

__all__ = [
    "Attempt",
    "BasisEnd",
    "CapacityPlan",
    "Conflict",
    "CurrentRun",
    "Forecast",
    "Handover",
    "HandoverAnswer",
    "NeedWeights",
    "OwnNo",
    "OwnNoEnd",
    "OwnNoQuerySet",
    "ProfilingBasis",
    "Run",
    "Skill",
    "Suggestion",
    "SuggestionAnswer",
    "SuggestionQuerySet",
    "UnitChoice",
    "WorkLine",
]
