"""Asking for a plan now, or for what a plan would be: the work is done by a job."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.priorities.capacity import CapacityDraft, capacity_on, check_capacity, figures_of
from velvalgt.apps.priorities.in_turn import in_turn
from velvalgt.apps.priorities.models import Forecast
from velvalgt.apps.priorities.weighing import check_weights, weights_on
from velvalgt.apps.staff.models import User

PATIENCE = timedelta(minutes=10)
"""How long one waits for a job before it is asked for anew; a plan for 20,000 takes seconds."""


class NoCapacityYet(Exception):
    """Nobody has written what there is; without it no plan can be forecast."""

    def __init__(self) -> None:
        super().__init__(_("Write first what there is of hours, on the page of capacities."))


def draft_of(
    *,
    on: date,
    capacity: CapacityDraft | None = None,
    weights: dict[str, float] | None = None,
    beside: dict[str, str],
) -> dict[str, Any]:
    """Put together what a forecast tries; what is not given is as it holds on the day.

    Returns:
        `capacity`: weeks, unit_hours, effort_hours, seats, budget_oere and floors;
        `weights`: a weight for each need level;
        `beside`: what was typed beside the figures, which nobody reckons with.

    Raises:
        NoCapacityYet: none is given and none holds.
        CannotBePlanned: by place, what is wrong.
    """
    if weights is not None:
        check_weights(weights)
    return {
        "capacity": _figures(capacity, on),
        "weights": weights or weights_on(on).weights,
        "beside": beside,
    }


def _figures(capacity: CapacityDraft | None, on: date) -> dict[str, Any]:
    if capacity is not None:
        check_capacity(capacity)
        return capacity.figures
    holds = capacity_on(on)
    if holds is None:
        raise NoCapacityYet
    return figures_of(holds)


@transaction.atomic
def ask_for_forecast(*, draft: dict[str, Any], by: User, at: datetime) -> Forecast:
    """Ask what a plan would be (prognose); a second click finds the one that waits."""
    in_turn(by.tenant_id, "forecast")
    waiting = Forecast.objects.filter(
        asked_by=by, draft=draft, result__isnull=True, failed="", asked_at__gt=at - PATIENCE
    )
    if asked := waiting.order_by("-asked_at", "-pk").first():
        return asked
    made = Forecast.objects.create(tenant_id=by.tenant_id, draft=draft, asked_by=by, asked_at=at)
    with connection.cursor() as cursor:
        cursor.execute("select priorities_ask_for_forecast(%s)", [made.pk])
    return made


@transaction.atomic
def ask_for_plan(*, on: date) -> None:
    """Ask for a plan now, in the acting manager's name; one that waits already is enough."""
    with connection.cursor() as cursor:
        cursor.execute("select priorities_ask_for_plan(%s)", [on])


def forecast_of(forecast_id: UUID) -> Forecast | None:
    """Give a forecast of the acting manager's municipality."""
    return Forecast.objects.filter(pk=forecast_id).first()
