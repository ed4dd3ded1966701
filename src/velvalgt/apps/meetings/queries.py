"""The questions about meetings: what is agreed, what can be booked, when there is time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties.queries import DutyLine
from velvalgt.apps.meetings.booking import may_be_changed
from velvalgt.apps.meetings.busy.door import named_hosts
from velvalgt.apps.meetings.crisis_state import (
    Progress,
    Touched,
    crisis_of,
    ended_crises,
    meetings_left_in_person,
    progress,
    running_crises,
    touched,
    units_that_meet,
)
from velvalgt.apps.meetings.feeds import feed_of, read_feed
from velvalgt.apps.meetings.finding import FreeTimes, Slot, free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.hours import (
    DayOfTeam,
    OnOffer,
    Pattern,
    closed_days,
    collisions,
    contracted_hours,
    hours_a_week,
    hours_of,
    interpreters_of,
    on_offer,
    open_places,
    pattern_of,
    recurrence_of,
    special_hours_of,
    week_of_team,
)
from velvalgt.apps.meetings.icalendars import feed_of_lines, invitation_of
from velvalgt.apps.meetings.models import Interpreter, Meeting, MeetingQuerySet
from velvalgt.apps.meetings.numbers import FEWEST, NoShows, Shares, no_shows, shares
from velvalgt.apps.meetings.outside import calendar_of
from velvalgt.apps.meetings.permitting import is_asked_by_law, permitted_ways
from velvalgt.apps.meetings.safety import SafetyTold, safety_note_of, safety_reviews_due
from velvalgt.apps.meetings.slot_forecast import SlotForecast, SlotWeek, slot_forecast
from velvalgt.apps.meetings.types import (
    BadTypes,
    MeetingType,
    read_types,
    type_of,
    types,
    types_for,
)
from velvalgt.apps.meetings.video.links import Video, video_of
from velvalgt.apps.people.models import Citizen

__all__ = [
    "FEWEST",
    "BadTypes",
    "DayOfTeam",
    "FreeTimes",
    "MeetingType",
    "NoShows",
    "OnOffer",
    "Pattern",
    "Progress",
    "SafetyTold",
    "Shares",
    "Slot",
    "SlotForecast",
    "SlotWeek",
    "Touched",
    "Video",
    "calendar_of",
    "closed_days",
    "collisions",
    "coming_meetings",
    "contracted_hours",
    "crisis_of",
    "ended_crises",
    "feed_of",
    "feed_of_lines",
    "free_times",
    "hours_a_week",
    "hours_of",
    "interpreted_languages",
    "interpreters_of",
    "invitation_of",
    "is_asked_by_law",
    "last_version_of",
    "latest_of",
    "may_be_changed",
    "meeting_of",
    "meetings_left_in_person",
    "named_hosts",
    "no_shows",
    "on_offer",
    "open_places",
    "past_meetings",
    "pattern_of",
    "permitted_ways",
    "progress",
    "read_feed",
    "read_types",
    "recurrence_of",
    "running_crises",
    "safety_note_of",
    "safety_reviews_due",
    "shares",
    "slot_forecast",
    "special_hours_of",
    "times_on_offer",
    "touched",
    "type_of",
    "types",
    "types_for_citizen",
    "units_that_meet",
    "video_of",
    "week_of_team",
]


def types_for_citizen(
    citizen: Citizen, told: Sequence[Entry], lines: Sequence[DutyLine], *, booked_by: str
) -> list[MeetingType]:
    """Give the types of meetings that may be booked with a citizen now.

    Args:
        citizen: with whom.
        told: what stands in the journal, as `cases.queries.standing_of` gives it.
        lines: the citizen's duties.
        booked_by: citizen or caseworker.
    """
    is_new = not any(entry.kind == Kind.INTERVIEW for entry in told)
    groups = {line.duty.target_group for line in lines}
    return types_for(booked_by=booked_by, groups=groups, is_new=is_new)


def coming_meetings(citizen: Citizen, at: datetime) -> MeetingQuerySet:
    """Give a citizen's meetings that are agreed and not over, the next one first."""
    mine = Meeting.objects.standing().filter(citizen=citizen, ends_at__gt=at)
    named = mine.select_related("caseworker", "unit", "place", "room", "interpreter")
    return named.order_by("starts_at", "pk")


def meeting_of(citizen: Citizen, uid: UUID) -> Meeting | None:
    """Find a citizen's meeting as it stands now; None where it was called off or is another's."""
    mine = Meeting.objects.standing().filter(citizen=citizen, uid=uid)
    return mine.select_related(
        "citizen", "caseworker", "second", "unit", "place", "room", "interpreter"
    ).first()


def latest_of(citizen: Citizen, uid: UUID) -> Meeting | None:
    """Find a citizen's meeting as it was last agreed, even if called off; never another's."""
    mine = Meeting.objects.filter(citizen=citizen, uid=uid, replacement__isnull=True)
    return mine.select_related(
        "citizen", "caseworker", "second", "unit", "place", "cancellation"
    ).first()


def past_meetings(citizen: Citizen, at: datetime) -> MeetingQuerySet:
    """Give a citizen's meetings that are over or were called off, the latest first."""
    mine = Meeting.objects.filter(citizen=citizen, replacement__isnull=True)
    past = mine.filter(Q(ends_at__lte=at) | Q(cancellation__isnull=False))
    return past.select_related("caseworker", "cancellation").order_by("-starts_at", "pk")


def interpreted_languages() -> list[str]:
    """Give the languages that an interpreter can be booked for, by their codes."""
    known = Interpreter.objects.filter(closed_on__isnull=True).values_list("languages", flat=True)
    return sorted({code for languages in known for code in languages})


def last_version_of(citizen: Citizen, uid: UUID) -> Meeting | None:
    """Find a citizen's meeting as it was agreed last, even where it was called off since."""
    mine = Meeting.objects.filter(citizen=citizen, uid=uid, replacement__isnull=True)
    return mine.select_related("cancellation").first()


def times_on_offer(
    citizen: Citizen,
    wanted: Wanted,
    at: datetime,
    *,
    is_staff: bool = False,
    besides: Meeting | None = None,
) -> FreeTimes:
    """Give the times that somebody can choose among now, within the type's notice."""
    notice = 0 if is_staff else wanted.type.shortest_notice_hours
    return free_times(
        citizen=citizen,
        wanted=wanted,
        begins=at + timedelta(hours=notice),
        ends=at + timedelta(days=wanted.type.longest_notice_days),
        besides=besides.pk if besides else None,
    )
