"""Leaving a citizen out of interviews on one's own assessment, and taking them back in."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties import services as law
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.caseworker.forms import LeaveOutForm

FIELDS: dict[type[Exception], str] = {law.HeardInTheFuture: "heard_on", law.EndsTooSoon: "until"}
"""Where on the form a refusal belongs; the others are about the whole."""


@for_role(Role.CASEWORKER)
def leave_out(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Assess that a citizen will find work alone."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    on = request.today
    heard_on = duties.heard_on(citizen, on)
    form = LeaveOutForm(request.POST or None, initial={"heard_on": heard_on})
    if form.is_valid():
        assessment = law.Assessment(**form.cleaned_data)
        try:
            law.leave_out(
                citizen=citizen, assessment=assessment, on=on, by=request.user, at=request.at
            )
        except (law.NotYetHeard, law.BadPeriod) as error:
            form.add_error(FIELDS.get(type(error)), str(error))
        else:
            return redirect("caseworker:citizen", citizen.pk)
    context = {
        "citizen": citizen,
        "form": form,
        "heard_on": heard_on,
        "standing": duties.leave_out_of(citizen, on),
        "rooms": duties.room_for(citizen, request.user.tenant),
    }
    status = 422 if form.errors else 200
    return render(request, "caseworker/leave_out.html", context, status=status)


@require_POST
@for_role(Role.CASEWORKER)
def end_of_leave_out(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Take a citizen back in, in one click."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    on = request.today
    standing = duties.leave_out_of(citizen, on)
    if standing is not None:
        law.end_leave_out(
            citizen=citizen, entry=standing.entry, on=on, by=request.user, at=request.at
        )
    return redirect("caseworker:citizen", citizen.pk)
