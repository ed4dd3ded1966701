"""What there is of hours, seats and money: see what the plan would be, then save."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.models import Forecast
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.manager.capacity_form import CapacityForm


def forecast_or_404(forecast_id: UUID | None) -> Forecast | None:
    """Give the forecast that an address names, if it names one."""
    if forecast_id is None:
        return None
    forecast = queries.forecast_of(forecast_id)
    if forecast is None:
        raise Http404
    return forecast


def told(forecast: Forecast | None, request: StaffRequest) -> dict[str, Any]:
    """What a page tells of a forecast."""
    if forecast is None:
        return {"forecast": None}
    is_late = queries.is_overdue(forecast, request.at)
    return {"forecast": forecast, "compared": queries.compared(forecast), "is_late": is_late}


@require_http_methods(["GET", "POST"])
@for_role(Role.MANAGER)
def capacity(request: StaffRequest, forecast_id: UUID | None = None) -> HttpResponse:
    """The figures that hold, or those of a forecast; a POST tries others, or saves them."""
    forecast = forecast_or_404(forecast_id)
    holds = queries.capacity_on(request.today)
    form = CapacityForm(
        request.POST or None,
        on=request.today,
        at=request.at,
        figures=forecast.draft["capacity"] if forecast else queries.figures_of(holds),
        beside=forecast.draft["beside"] if forecast else {},
    )
    if form.is_valid():
        try:
            return _saved(request, form) if "save" in request.POST else _tried(request, form)
        except services.CannotBePlanned as error:
            form.refuse(error.errors)
    context = {
        "form": form,
        "holds": holds,
        "coming": queries.capacity_to_come(request.today),
        **told(forecast, request),
    }
    if request.htmx:
        return render(request, "manager/capacity.html#forecast", context)
    return render(request, "manager/capacity.html", context, status=422 if form.errors else 200)


def _saved(request: StaffRequest, form: CapacityForm) -> HttpResponse:
    services.plan_capacity(
        tenant=request.user.tenant, draft=form.draft, by=request.user, at=request.at
    )
    return redirect("manager:capacity")


def _tried(request: StaffRequest, form: CapacityForm) -> HttpResponse:
    said = form.draft
    beside = {"starts_on": said.starts_on.isoformat(), "words": said.words}
    draft = queries.draft_of(on=request.today, capacity=said, beside=beside)
    asked = services.ask_for_forecast(draft=draft, by=request.user, at=request.at)
    return redirect("manager:capacity_forecast", asked.pk)


urls = [
    path("capacity/", capacity, name="capacity"),
    path("capacity/forecasts/<uuid:forecast_id>/", capacity, name="capacity_forecast"),
]
