"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.grounds import BasisLine, bases, basis_on, mode_on

__all__ = ["BasisLine", "bases", "basis_on", "mode_on"]
