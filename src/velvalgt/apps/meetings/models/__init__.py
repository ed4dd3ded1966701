"""The records of meetings."""

from velvalgt.apps.meetings.models.calendars import CalendarReading, Feed, OutsideCalendar
from velvalgt.apps.meetings.models.conferences import AgendaItem, Paper, Party
from velvalgt.apps.meetings.models.crises import Crisis, CrisisEnd
from velvalgt.apps.meetings.models.earlier import EarlierOffer, EarlierWish
from velvalgt.apps.meetings.models.groups import Enrolment, GroupAttendance, GroupMeeting
from velvalgt.apps.meetings.models.invitations import Invitation, InvitationStep
from velvalgt.apps.meetings.models.meetings import (
    AfterMissed,
    Cancellation,
    ContactAnswer,
    Hold,
    Meeting,
    MeetingQuerySet,
    Outcome,
    VideoLink,
)
from velvalgt.apps.meetings.models.resources import (
    Interpreter,
    Place,
    Relation,
    Room,
    SafetyNote,
    SafetyNoteEnd,
    SpecialHours,
    WeeklyHours,
)

__all__ = [
    "AfterMissed", "AgendaItem", "CalendarReading", "Cancellation", "ContactAnswer", "Crisis",
    "CrisisEnd", "EarlierOffer", "EarlierWish", "Enrolment", "Feed", "GroupAttendance",
    "GroupMeeting", "Hold",
    "Interpreter", "Invitation", "InvitationStep", "Meeting", "MeetingQuerySet", "Outcome",
    "OutsideCalendar", "Paper", "Party", "Place", "Relation", "Room", "SafetyNote",
    "SafetyNoteEnd", "SpecialHours", "VideoLink", "WeeklyHours",
]  # fmt: skip
