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
from velvalgt.apps.meetings.inviting import Asked, excuse, expire, invite, remind, summon
from velvalgt.apps.meetings.missing import follow_up_missed, tell_why
from velvalgt.apps.meetings.outside import NotReadFrom, add_calendar, remove_calendar
from velvalgt.apps.meetings.refusals import (
    CannotBook,
    InvitedAlready,
    NobodyThere,
    NotAgreedAnyMore,
    NotAsked,
    NotMissed,
    NotThatStep,
    NotThatWay,
    NotYet,
    NotYours,
    NoWays,
    SaySomething,
    SummonsTooSoon,
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
from velvalgt.apps.meetings.stepping import follow_outcome, meeting_held, meeting_missed
from velvalgt.apps.meetings.video.links import NoVideoLink, give_video_link

__all__ = [
    "Access",
    "Agreed",
    "Asked",
    "Besides",
    "CannotArrange",
    "CannotBook",
    "CannotNote",
    "Hand",
    "InvitedAlready",
    "Kept",
    "NoSetup",
    "NoSuchFeed",
    "NoVideoLink",
    "NoWays",
    "NobodyThere",
    "NotAgreedAnyMore",
    "NotAsked",
    "NotMissed",
    "NotReadFrom",
    "NotThatStep",
    "NotThatWay",
    "NotYet",
    "NotYours",
    "OpenFeed",
    "SafetyNeeds",
    "SaySomething",
    "SummonsTooSoon",
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
    "excuse",
    "expire",
    "follow_outcome",
    "follow_up_missed",
    "give_hours",
    "give_video_link",
    "invite",
    "keep_interpreter",
    "keep_place",
    "keep_room",
    "keep_setup",
    "make_feed",
    "meeting_held",
    "meeting_missed",
    "move",
    "open_besides",
    "remind",
    "remove_calendar",
    "revoke_feed",
    "summon",
    "switch_to_afar",
    "tell_relation",
    "tell_why",
    "write_safety_note",
]
