"""A meeting by video for the caseworker: paste its link, and go in."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


class VideoForm(forms.Form):
    """The link of a video room (videorum)."""

    address = forms.CharField(
        label=_("Link to the video meeting"),
        help_text=_("Make the meeting in your own video program, and paste its link."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Paste the whole link. It begins with https://")},
    )


@for_role(Role.CASEWORKER)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_video(request: StaffRequest, uid: UUID) -> HttpResponse:
    """The way into a video meeting; a POST pastes its link."""
    standing = Meeting.objects.standing().select_related("citizen")
    meeting = get_object_or_404(standing, uid=uid)
    video = queries.video_of(meeting, request.moment, is_staff=True)
    if video is None:
        raise Http404
    form = VideoForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            services.give_video_link(
                meeting=meeting,
                address=form.cleaned_data["address"],
                by=request.user,
                at=request.at,
            )
        except services.NoVideoLink as error:
            form.add_error("address", str(error))
        else:
            return redirect("caseworker:meeting_video", uid)
    context = {"meeting": meeting, "video": video, "form": form}
    return render(request, "caseworker/video.html", context, status=422 if form.errors else 200)


urls = [path("meetings/<uuid:uid>/video/", meeting_video, name="meeting_video")]
