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
from velvalgt.apps.meetings.busy import Access
from velvalgt.apps.meetings.crises import end_crisis, switch_to_afar
from velvalgt.apps.meetings.feeds import NoSuchFeed, OpenFeed, make_feed, revoke_feed
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.outside import NotReadFrom, add_calendar, remove_calendar
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
from velvalgt.apps.meetings.video.links import NoVideoLink, give_video_link

__all__ = [
    "Access",
    "Agreed",
    "CannotArrange",
    "CannotBook",
    "Hand",
    "NoSuchFeed",
    "NoVideoLink",
    "NobodyThere",
    "NotAgreedAnyMore",
    "NotReadFrom",
    "NotThatWay",
    "NotYours",
    "OpenFeed",
    "TimeTaken",
    "TooFarAhead",
    "TooLate",
    "TooSoon",
    "Wanted",
    "Week",
    "add_calendar",
    "be_away",
    "book",
    "cancel",
    "end_crisis",
    "give_hours",
    "give_video_link",
    "keep_interpreter",
    "keep_place",
    "keep_room",
    "make_feed",
    "move",
    "remove_calendar",
    "revoke_feed",
    "switch_to_afar",
]
