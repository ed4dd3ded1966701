"""The meetings of the staff by day, and a citizen's: what is agreed, how it came so."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Purpose, WhyCancelled
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.core.calendar import monday_of
from velvalgt.screens.caseworker.forms import Scope, meetings_shown, shown

TWO_WEEKS = timedelta(days=14)
WITHOUT_A_WORD_SHOWN = 50
PAST_SHOWN = 20


class CancellationForm(forms.Form):
    """Why a meeting is called off."""

    why = forms.ChoiceField(
        label=_("Why?"),
        choices=WhyCancelled,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why.")},
    )


@for_role(Role.CASEWORKER)
@require_GET
def meetings(request: StaffRequest) -> HttpResponse:
    """My meetings or the unit's by day, this week and next; to be read on paper as well."""
    scope, at = shown(request).scope, request.moment
    mine = meetings_shown(scope, request.user)
    monday = monday_of(request.today)
    context = {
        "scope": scope,
        "scopes": Scope,
        "waiting": queries.without_a_word(mine, at, WITHOUT_A_WORD_SHOWN),
        "days": queries.diary(mine, monday, monday + TWO_WEEKS, at),
        "today": request.today,
        "starts_on": monday,
        "ends_on": monday + TWO_WEEKS,
    }
    return render(request, "caseworker/meetings.html", context)


@for_role(Role.CASEWORKER)
@require_GET
def meetings_of(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """A citizen's meetings: those to come, and those that were."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    context = {
        "citizen": citizen,
        "case": open_case_of(citizen),
        "coming": queries.coming_diary(citizen, request.moment),
        "past": queries.past_diary(citizen, request.moment, PAST_SHOWN),
    }
    return render(request, "caseworker/meetings_of.html", context)


@for_role(Role.CASEWORKER)
@require_GET
def meeting(request: StaffRequest, citizen_id: UUID, uid: UUID) -> HttpResponse:
    """One meeting: what is agreed, how it came so, and what can be done."""
    return _meeting_page(request, citizen_id, uid, CancellationForm())


@for_role(Role.CASEWORKER)
@require_POST
def meeting_cancellation(request: StaffRequest, citizen_id: UUID, uid: UUID) -> HttpResponse:
    """Call a meeting off; the citizen is told."""
    form = CancellationForm(request.POST)
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    found = queries.meeting_of(citizen, uid)
    if found is not None and form.is_valid():
        hand = services.Hand(request.user, request.moment, is_staff=True)
        try:
            services.cancel(meeting=found, why=WhyCancelled(form.cleaned_data["why"]), hand=hand)
        except services.CannotBook as error:
            form.add_error("why", str(error))
    if form.errors:
        return _meeting_page(request, citizen_id, uid, form)
    return redirect("caseworker:meeting", citizen_id, uid)


def _meeting_page(
    request: StaffRequest, citizen_id: UUID, uid: UUID, form: CancellationForm
) -> HttpResponse:
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    versions = queries.versions_of(citizen, uid)
    if not versions:
        raise Http404
    newest = versions[0]
    called_off = getattr(newest, "cancellation", None)
    meeting_type = queries.type_of(newest.type)
    video = None if called_off else queries.video_of(newest, request.moment, is_staff=True)
    context = {
        "citizen": citizen,
        "meeting": newest,
        "type": meeting_type,
        "is_conference": meeting_type.purpose == Purpose.CONFERENCE,
        "video": video,
        "versions": versions,
        "called_off": called_off,
        "is_done": "done" in request.GET,
        "outcome": queries.outcome_of(newest),
        "is_to_set_right": queries.hand_over_was_wrong(newest),
        "has_begun": newest.starts_at <= request.moment,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/meeting.html", context, status=status)


HERE = "citizens/<uuid:citizen_id>/meetings/"
urls = [
    path("meetings/", meetings, name="meetings"),
    path(HERE, meetings_of, name="meetings_of"),
    path(f"{HERE}<uuid:uid>/", meeting, name="meeting"),
    path(f"{HERE}<uuid:uid>/cancellation/", meeting_cancellation, name="meeting_cancellation"),
]
