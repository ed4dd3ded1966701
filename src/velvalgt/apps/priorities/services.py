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
from velvalgt.apps.priorities.own_nos import say_no, take_no_back

__all__ = [
    "CannotAnswer",
    "CitizenSaidNo",
    "NoSuchEffort",
    "NotAReason",
    "NotAnotherOne",
    "NotCurrent",
    "NotInTheFuture",
    "accept",
    "choose_other",
    "postpone",
    "say_no",
    "take_no_back",
]
