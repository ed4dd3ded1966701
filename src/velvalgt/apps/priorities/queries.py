"""The questions about plans and suggestions."""

from velvalgt.apps.priorities.frames_file import FramesGone, inputs_of
from velvalgt.apps.priorities.grounds import basis_on, mode_on
from velvalgt.apps.priorities.looking_back import current_run, last_attempt, run_of
from velvalgt.apps.priorities.repeating import differences

__all__ = [
    "FramesGone",
    "basis_on",
    "current_run",
    "differences",
    "inputs_of",
    "last_attempt",
    "mode_on",
    "run_of",
]
