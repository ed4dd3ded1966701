"""How many times for talks are missing in the coming weeks, and where."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from velvalgt.apps.meetings import queries
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@require_GET
@for_role(Role.MANAGER)
def slots(request: StaffRequest) -> HttpResponse:
    """The whole house, unit by unit."""
    forecast = queries.slot_forecast(request.moment)
    return render(request, "manager/slots.html", {"forecast": forecast, "at": request.moment})
