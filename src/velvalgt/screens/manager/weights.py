"""Whose weeks count how much: what the council decided, who gets less, what others would give."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role
from velvalgt.screens.manager.capacity import forecast_or_404, told
from velvalgt.screens.manager.capacity_form import number, plain
from velvalgt.screens.manager.crises import day
from velvalgt.screens.manager.frontier import picture


class WeightsForm(forms.Form):
    """The weights, and where the council decided them; to try them takes no decision."""

    decided_on = day(gettext_lazy("Decided on"), gettext_lazy("Choose the day of the decision."))
    decision = forms.CharField(
        label=gettext_lazy("Where does the decision stand?"),
        max_length=300,
        help_text=gettext_lazy("Such as: the city council, item 12."),
        error_messages={"required": gettext_lazy("Write where the decision stands.")},
    )
    starts_on = day(gettext_lazy("It holds from"), gettext_lazy("Choose the first day."))

    def __init__(
        self, data: Any, *, on: date, weights: Mapping[str, float], beside: Mapping[str, Any]
    ) -> None:
        super().__init__(data, initial={"starts_on": on, **beside})
        self.on = on
        if data is not None and "save" not in data:
            for each in self.fields.values():
                each.required = False
        for level in NeedLevel:
            field = number(forms.FloatField, str(level.label).capitalize())
            field.initial = plain(weights[level.value])
            self.fields[f"weights-{level.value}"] = field

    def clean(self) -> dict[str, Any]:
        """Check that the decision was made, and that it holds for what is ahead."""
        given = super().clean() or {}
        starts_on, decided_on = given.get("starts_on"), given.get("decided_on")
        if starts_on and starts_on < self.on:
            self.add_error("starts_on", _("Choose today or a later day."))
        if decided_on and decided_on > self.on:
            self.add_error("decided_on", _("Choose a day that has been."))
        return given

    @property
    def levels(self) -> list[BoundField]:
        return [self[f"weights-{level.value}"] for level in NeedLevel]

    @property
    def weights(self) -> dict[str, float]:
        """The weights as the service wants them."""
        return {level.value: self.cleaned_data[f"weights-{level.value}"] for level in NeedLevel}

    @property
    def beside(self) -> dict[str, str]:
        """What was typed beside the weights, so that it is not lost."""
        given = self.cleaned_data
        days = {name: given[name] for name in ("starts_on", "decided_on") if given.get(name)}
        return {
            **{name: each.isoformat() for name, each in days.items()},
            "decision": given["decision"],
        }


@require_http_methods(["GET", "POST"])
@for_role(Role.MANAGER)
def weights(request: StaffRequest, forecast_id: UUID | None = None) -> HttpResponse:
    """The weights that hold, or those of a forecast; a POST tries others, or saves them."""
    forecast = forecast_or_404(forecast_id)
    holds = queries.weights_on(request.today)
    form = WeightsForm(
        request.POST or None,
        on=request.today,
        weights=forecast.draft["weights"] if forecast else holds.weights,
        beside=forecast.draft["beside"] if forecast else {},
    )
    if form.is_valid():
        try:
            return _saved(request, form) if "save" in request.POST else _tried(request, form)
        except services.CannotBePlanned as error:
            for place, words in error.errors.items():
                form.add_error(place, words)
        except services.NoCapacityYet as error:
            form.add_error(None, str(error))
    context = {"form": form, "holds": holds, **told(forecast, request)}
    if request.htmx:
        return render(request, "manager/weights.html#forecast", context)
    run, mode = queries.current_run(), queries.mode_on(request.today)
    if run is not None and run.mode != mode:
        run = None  # what a plan by gain said is not shown once its ground has ended
    points = queries.points(run.frontier) if run else []
    context |= {
        "run": run,
        "points": points,
        "picture": picture(points),
        "less": queries.less_lines(run.less) if run else [],
        "mode": mode,
    }
    return render(request, "manager/weights.html", context, status=422 if form.errors else 200)


def _saved(request: StaffRequest, form: WeightsForm) -> HttpResponse:
    given = form.cleaned_data
    draft = services.WeightsDraft(
        starts_on=given["starts_on"],
        weights=form.weights,
        decided_on=given["decided_on"],
        decision=given["decision"],
    )
    services.decide_weights(tenant=request.user.tenant, draft=draft, by=request.user, at=request.at)
    return redirect("manager:weights")


def _tried(request: StaffRequest, form: WeightsForm) -> HttpResponse:
    draft = queries.draft_of(on=request.today, weights=form.weights, beside=form.beside)
    asked = services.ask_for_forecast(draft=draft, by=request.user, at=request.at)
    return redirect("manager:weights_forecast", asked.pk)


urls = [
    path("weights/", weights, name="weights"),
    path("weights/forecasts/<uuid:forecast_id>/", weights, name="weights_forecast"),
]
