"""What matters to the manager now, in a few sentences that each lead on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from velvalgt.apps.meetings import queries
from velvalgt.apps.priorities.queries import current_run
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.manager.meetings import period


@require_GET
@for_role(Role.MANAGER)
def home(request: StaffRequest) -> HttpResponse:
    """The manager's first page."""
    forecast = queries.slot_forecast(request.moment)
    running = queries.running_crises(request.moment)
    context = {
        "forecast": forecast,
        "run": current_run(),
        "worst": next(iter(forecast.lacking), None),
        "crises": [(each, queries.progress(each, request.moment)) for each in running],
        "shares": queries.shares(queries.no_shows(*period(request.moment))),
    }
    return render(request, "manager/home.html", context)
