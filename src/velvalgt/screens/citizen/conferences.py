"""A meeting of several: who comes, about what, with which papers, and what I want to talk about."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from velvalgt.apps.cases.requests import no_cpr
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


class AgendaForm(forms.Form):
    """One thing that the citizen wants to talk about."""

    words = forms.CharField(
        label=_("What do you want to talk about?"),
        help_text=_("Everybody at the meeting can read it."),
        max_length=300,
        validators=[no_cpr],
        error_messages={"required": _("Write what you want to talk about.")},
    )


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "POST"])
def conference(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """The meeting; a POST adds to its agenda."""
    meeting = _found(request, uid)
    form = AgendaForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        services.add_to_agenda(
            meeting=meeting,
            items=[form.cleaned_data["words"]],
            by=request.user,
            at=request.moment,
            is_staff=False,
        )
        return redirect("citizen:conference", uid)
    context = {
        "meeting": meeting,
        "type": queries.type_of(meeting.type),
        "parties": queries.parties_of(meeting),
        "agenda": queries.agenda_of(meeting),
        "papers": queries.papers_of(meeting),
        "form": form,
        "may_act": Area.MEETINGS in request.standing.acts and meeting.starts_at > request.moment,
        "sees_papers": Area.CASE in request.standing.sees,
    }
    return render(request, "citizen/conference.html", context, status=422 if form.errors else 200)


@for_citizen(Area.MEETINGS)
@require_POST
def end_of_item(request: CitizenRequest, uid: UUID, item_id: UUID) -> HttpResponse:
    """A POST takes off what the citizen wrote themself."""
    meeting = _found(request, uid)
    item = queries.agenda_of(meeting).filter(pk=item_id).first()
    if item is not None:
        services.drop_from_agenda(meeting=meeting, item=item, by=request.user, at=request.moment)
    return redirect("citizen:conference", uid)


def _found(request: CitizenRequest, uid: UUID) -> Meeting:
    meeting = queries.conference_of(uid, request.citizen)
    if meeting is None:
        raise Http404
    return meeting


urls = [
    path("conferences/<uuid:uid>/", conference, name="conference"),
    path(
        "conferences/<uuid:uid>/agenda/<uuid:item_id>/end/", end_of_item, name="end_of_agenda_item"
    ),
]
