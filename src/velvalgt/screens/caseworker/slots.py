"""How many times for talks are missing in the coming weeks in the caseworker's own unit."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from velvalgt.apps.audit.actor import current
from velvalgt.apps.meetings import queries
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role


@require_GET
@for_role(Role.CASEWORKER)
def slots(request: StaffRequest) -> HttpResponse:
    """The unit's weeks, and the meetings that a crisis has left for a person to decide."""
    unit_id = current().unit_id
    if unit_id is None:
        raise Http404
    context = {
        "forecast": queries.slot_forecast(request.moment, unit_id=unit_id),
        "at": request.moment,
        "left": queries.meetings_left_in_person(unit_id, request.moment),
    }
    return render(request, "caseworker/slots.html", context)


urls = [path("slots/", slots, name="slots")]
