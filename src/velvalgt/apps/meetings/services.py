"""The verbs of meetings."""

from velvalgt.apps.meetings.arranging import (
    CannotArrange,
    Week,
    be_away,
    give_hours,
    keep_interpreter,
    keep_place,
    keep_room,
)
from velvalgt.apps.meetings.booking import Agreed, Hand, book, cancel, move
from velvalgt.apps.meetings.crises import end_crisis, switch_to_afar
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.refusals import (
    CannotBook,
    NobodyThere,
    NotAgreedAnyMore,
    NotThatWay,
    NotYours,
    TimeTaken,
    TooFarAhead,
    TooLate,
    TooSoon,
)

__all__ = [
    "Agreed",
    "CannotArrange",
    "CannotBook",
    "Hand",
    "NobodyThere",
    "NotAgreedAnyMore",
    "NotThatWay",
    "NotYours",
    "TimeTaken",
    "TooFarAhead",
    "TooLate",
    "TooSoon",
    "Wanted",
    "Week",
    "be_away",
    "book",
    "cancel",
    "end_crisis",
    "give_hours",
    "keep_interpreter",
    "keep_place",
    "keep_room",
    "move",
    "switch_to_afar",
]
