"""Stepping in for a citizen who is not online, and stepping out again."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.requests import step_in_for, step_out
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@for_role(Role.CASEWORKER)
@require_POST
def begin(request: StaffRequest, citizen_id: UUID) -> HttpResponse:
    """Open the citizen's own pages for the caseworker who sits with them."""
    citizen = get_object_or_404(Citizen, pk=citizen_id)
    step_in_for(request, citizen.pk)
    return redirect("citizen:home")


@for_role(Role.CASEWORKER)
@require_POST
def end(request: StaffRequest) -> HttpResponse:
    """Go back to the caseworker's own pages."""
    citizen_id = step_out(request)
    return redirect("caseworker:citizen", citizen_id) if citizen_id else redirect("caseworker:home")
