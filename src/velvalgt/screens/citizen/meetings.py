"""The citizen's meetings: those to come with what can be done, those that are over, one by one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties.queries import DutyLine
from velvalgt.apps.meetings import queries
from velvalgt.apps.meetings.choices import Purpose, Way
from velvalgt.apps.meetings.models import Cancellation, Meeting
from velvalgt.apps.meetings.queries import GroupLine, MeetingType
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.waits import waits_for

MOST_PAST = 20


@dataclass(frozen=True, slots=True)
class Line:
    """A meeting as the citizen's pages show it, and what the citizen can do with it now."""

    meeting: Meeting
    type: MeetingType
    cancellation: Cancellation | None
    is_over: bool
    can_change: bool
    can_move: bool
    can_phone: bool

    @property
    def is_of_several(self) -> bool:
        """Whether others come too, about an agenda."""
        return self.type.purpose == Purpose.CONFERENCE


def line_of(meeting: Meeting, lines: Sequence[DutyLine], at: datetime) -> Line:
    """Say of a meeting what can be done with it at a moment.

    Args:
        meeting: as it was last agreed.
        lines: the citizen's duties; the law says in which ways it may be held.
        at: now.
    """
    meeting_type = queries.type_of(meeting.type)
    cancellation = getattr(meeting, "cancellation", None)
    can_change = cancellation is None and queries.may_be_changed(meeting, at)
    can_move = can_change and "citizen" in meeting_type.booked_by
    by_phone = Way.PHONE in queries.permitted_ways(meeting_type, lines)
    is_over = meeting.ends_at <= at
    # A video that fails becomes a call while it lasts, however late it is to change the rest.
    may_fail = meeting.way == Way.VIDEO and cancellation is None and not is_over
    can_phone = (can_move or may_fail) and by_phone and meeting.way != Way.PHONE
    return Line(meeting, meeting_type, cancellation, is_over, can_change, can_move, can_phone)


@for_citizen(Area.MEETINGS)
@require_GET
def meetings(request: CitizenRequest) -> HttpResponse:
    """The meetings to come, with few or many, the next one first; those that are over below."""
    citizen, at = request.citizen, request.moment
    lines = duties.duties_of(citizen, request.today)
    mine = [line_of(each, lines, at) for each in queries.coming_meetings(citizen, at)]
    past = [line_of(each, lines, at) for each in queries.past_meetings(citizen, at)[:MOST_PAST]]
    coming: list[Line | GroupLine] = [*mine, *queries.joined_groups(citizen, at)]
    context = {
        "coming": sorted(coming, key=_begins),
        "past": past,
        "waits": waits_for(request, has_meeting=bool(mine)),
    }
    return render(request, "citizen/meetings.html", context)


def _begins(line: Line | GroupLine) -> datetime:
    return line.meeting.starts_at if isinstance(line, Line) else line.group.starts_at


@for_citizen(Area.MEETINGS)
@require_GET
def meeting(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """Everything about one meeting."""
    return meeting_page(request, found(request, uid))


def meeting_page(request: CitizenRequest, found: Meeting, refusal: str = "") -> HttpResponse:
    """Show a meeting; with why something could not be done with it, where that is so."""
    lines = duties.duties_of(request.citizen, request.today)
    line = line_of(found, lines, request.moment)
    asked = duties.next_step(lines) if queries.is_asked_by_law(line.type) else None
    by_phone = found.way == Way.PHONE
    context = {
        "line": line,
        "phone": people.reachable_at(request.citizen).phone if by_phone else "",
        "asked": asked,
        "video": queries.video_of(found, request.moment, is_staff=False),
        "earlier": None
        if line.cancellation or line.is_over
        else queries.earlier_of(found, request.moment),
        "is_agreed_now": "agreed" in request.GET,
        "refusal": refusal,
    }
    return render(request, "citizen/meeting.html", context, status=422 if refusal else 200)


def found(request: CitizenRequest, uid: UUID) -> Meeting:
    """Find the citizen's meeting as it was last agreed.

    Raises:
        Http404: they have no such meeting.
    """
    mine = queries.latest_of(request.citizen, uid)
    if mine is None:
        raise Http404
    return mine


urls = [
    path("meetings/", meetings, name="meetings"),
    path("meetings/<uuid:uid>/", meeting, name="meeting"),
]
