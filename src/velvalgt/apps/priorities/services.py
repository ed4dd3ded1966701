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
from velvalgt.apps.priorities.efforts import NoSuchEffort
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
from velvalgt.apps.priorities.own_nos import say_no, take_no_back

__all__ = [
    "BasisDraft",
    "CannotAnswer",
    "CitizenSaidNo",
    "DoesNotHold",
    "EndsTooSoon",
    "HoldsAlready",
    "HoldsTooLong",
    "NoReason",
    "NoSuchEffort",
    "NotAReason",
    "NotAnotherOne",
    "NotAssessedYet",
    "NotCurrent",
    "NotInTheFuture",
    "NotWritten",
    "NotYoursToRecord",
    "accept",
    "choose_other",
    "end_basis",
    "postpone",
    "record_basis",
    "say_no",
    "take_no_back",
]
