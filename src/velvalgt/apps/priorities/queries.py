"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.grounds import basis_on, mode_on

__all__ = ["basis_on", "mode_on"]
