"""A meeting that the citizen did not come to: what happened, telling why, and one's rights."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import MissedStep
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


class WhyForm(forms.Form):
    """Why the citizen did not come, in their own words."""

    words = forms.CharField(
        validators=[no_cpr],
        label=_("What happened?"),
        help_text=_("A few words are enough."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words.")},
    )


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """What happened after a meeting was missed; a POST tells why."""
    standing = Meeting.objects.filter(citizen=request.citizen, replacement__isnull=True)
    meeting = get_object_or_404(standing.select_related("citizen"), uid=uid)
    if not queries.was_missed(meeting):
        raise Http404
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        # Somebody may have said meanwhile that they did meet; the meeting's page tells it.
        try:
            services.tell_why(
                meeting=meeting,
                words=form.cleaned_data["words"],
                by=request.user,
                at=request.moment,
            )
        except services.NotMissed:
            return redirect("citizen:meeting", uid)
        return redirect("citizen:missed", uid)
    done = queries.done_after(meeting)
    case = open_case_of(request.citizen)
    machine = queries.machine()
    context = {
        "meeting": meeting,
        "meeting_type": queries.type_of(meeting.type),
        "done": done,
        "is_heard": any(each.step == MissedStep.HEARD for each in done),
        "is_fair": any(each.step == MissedStep.FAIR for each in done),
        "form": form,
        "rights": machine.guidance,
        "jobnet": machine.grounds.get("jobnet") if request.citizen.a_kasse else None,
        "phone": case.unit.phone if case else request.user.tenant.phone,
    }
    return render(
        request, "citizen/meeting_missed.html", context, status=422 if form.errors else 200
    )


urls = [path("meetings/<uuid:uid>/missed/", missed, name="missed")]
