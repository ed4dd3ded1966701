"""Scarce hours and seats to where they help most: a choice for everyone, with its proof."""

from velvalgt.core.targeting.allocating import allocate
from velvalgt.core.targeting.balancing import assign_caseworkers
from velvalgt.core.targeting.caseload import (
    NOBODY,
    REASONS,
    Assignment,
    BadCaseload,
    Caseload,
    Move,
    Terms,
)
from velvalgt.core.targeting.guidelines import (
    Guidelines,
    Range,
    case_weight,
    full_times,
    load_guidelines,
)
from velvalgt.core.targeting.problem import (
    Allocation,
    BadProblem,
    Floor,
    Infeasible,
    Problem,
    Unresolved,
)

__all__ = [
    "NOBODY",
    "REASONS",
    "Allocation",
    "Assignment",
    "BadCaseload",
    "BadProblem",
    "Caseload",
    "Floor",
    "Guidelines",
    "Infeasible",
    "Move",
    "Problem",
    "Range",
    "Terms",
    "Unresolved",
    "allocate",
    "assign_caseworkers",
    "case_weight",
    "full_times",
    "load_guidelines",
]
