"""The verbs of meetings."""

from velvalgt.apps.meetings.arranging import (
    Besides,
    CannotArrange,
    Week,
    be_away,
    come_back,
    end_hours,
    give_hours,
    open_besides,
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
from velvalgt.apps.meetings.resources import (
    close_resource,
    keep_interpreter,
    keep_place,
    keep_room,
    tell_relation,
)
from velvalgt.apps.meetings.safety import (
    CannotNote,
    SafetyNeeds,
    end_safety_note,
    write_safety_note,
)
from velvalgt.apps.meetings.setup_file import Kept, NoSetup, keep_setup
from velvalgt.apps.meetings.video.links import NoVideoLink, give_video_link

__all__ = [
    "Access",
    "Agreed",
    "Besides",
    "CannotArrange",
    "CannotBook",
    "CannotNote",
    "Hand",
    "Kept",
    "NoSetup",
    "NoSuchFeed",
    "NoVideoLink",
    "NobodyThere",
    "NotAgreedAnyMore",
    "NotReadFrom",
    "NotThatWay",
    "NotYours",
    "OpenFeed",
    "SafetyNeeds",
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
    "close_resource",
    "come_back",
    "end_crisis",
    "end_hours",
    "end_safety_note",
    "give_hours",
    "give_video_link",
    "keep_interpreter",
    "keep_place",
    "keep_room",
    "keep_setup",
    "make_feed",
    "move",
    "open_besides",
    "remove_calendar",
    "revoke_feed",
    "switch_to_afar",
    "tell_relation",
    "write_safety_note",
]
