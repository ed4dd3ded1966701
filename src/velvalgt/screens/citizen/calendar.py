"""The citizen's meetings in a calendar of their own: one by one, or all by a link."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.requests import link_of
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.web.downloads import download


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: CitizenRequest) -> HttpResponse:
    """How meetings come into the citizen's calendar; a POST makes a link, shown this once."""
    link = None
    if request.method == "POST":
        _only_oneself(request)
        opened = services.make_feed(by=request.user, at=request.at, citizen=request.citizen)
        link = link_of(request, opened)
    context = {
        "link": link,
        "feed": queries.feed_of(request.user) if request.standing.is_own else None,
        "coming": queries.coming_meetings(request.citizen, request.moment),
    }
    return render(request, "citizen/calendar.html", context)


@for_citizen(Area.MEETINGS)
@require_POST
def calendar_end(request: CitizenRequest) -> HttpResponse:
    """The end of the citizen's link."""
    _only_oneself(request)
    services.revoke_feed(by=request.user, at=request.at, citizen=request.citizen)
    return redirect("citizen:calendar")


@for_citizen(Area.MEETINGS)
@require_GET
def meeting_ics(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """One meeting as a file for a calendar; one that was called off takes itself away again."""
    meeting = queries.latest_of(request.citizen, uid)
    if meeting is None:
        raise Http404
    content = queries.invitation_of(meeting, request.at)
    return download(content, name=_("meeting.ics"), media_type="text/calendar")


def _only_oneself(request: CitizenRequest) -> None:
    """A link opens the calendar of whoever makes it, so nobody makes one for somebody else."""
    if not request.standing.is_own:
        raise PermissionDenied


urls = [
    path("calendar/", calendar, name="calendar"),
    path("calendar/end/", calendar_end, name="calendar_end"),
    path("meetings/<uuid:uid>/meeting.ics", meeting_ics, name="meeting_ics"),
]
