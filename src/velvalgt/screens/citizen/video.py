"""A meeting by video: the way in when it is time, and the telephone if it fails."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.meetings import queries
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


@for_citizen(Area.OVERVIEW)
@require_GET
def meeting_video(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """The way into a video meeting; of a meeting held in another way there is no such page."""
    meeting = queries.meeting_of(request.citizen, uid)
    video = queries.video_of(meeting, request.moment, is_staff=False) if meeting else None
    if video is None:
        raise Http404
    return render(request, "citizen/video.html", {"meeting": meeting, "video": video})


urls = [path("meetings/<uuid:uid>/video/", meeting_video, name="meeting_video")]
