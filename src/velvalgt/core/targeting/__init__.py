"""Scarce hours and seats to where they help most: a choice for everyone, with its proof."""

from velvalgt.core.targeting.allocating import allocate
from velvalgt.core.targeting.problem import (
    Allocation,
    BadProblem,
    Floor,
    Infeasible,
    Problem,
    Unresolved,
)

__all__ = ["Allocation", "BadProblem", "Floor", "Infeasible", "Problem", "Unresolved", "allocate"]
