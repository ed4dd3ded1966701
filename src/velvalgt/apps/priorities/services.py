"""The verbs of plans and suggestions."""

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

__all__ = [
    "BasisDraft",
    "DoesNotHold",
    "EndsTooSoon",
    "HoldsAlready",
    "HoldsTooLong",
    "NoReason",
    "NotAssessedYet",
    "NotWritten",
    "NotYoursToRecord",
    "end_basis",
    "record_basis",
]
