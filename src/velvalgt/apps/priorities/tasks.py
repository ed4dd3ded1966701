"""Nightly work: the plan of each municipality for the new day, after its duties; and forecasts."""

from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from velvalgt.apps.priorities.forecasting import reckon
from velvalgt.apps.priorities.forgetting import forget_old_plans
from velvalgt.apps.priorities.replanning import PlanRefused, replan
from velvalgt.apps.staff.choices import TenantKind
from velvalgt.apps.staff.models import Tenant
from velvalgt.apps.staff.queries import all_tenants

NIGHTLY_HOUR = 4


@app.periodic(cron="30 2,3 * * *")
@app.task(queue="plans")
def plan_the_day(timestamp: int) -> None:
    """Have every municipality's plan made for its working day, half an hour after its duties.

    The queue's calendar is UTC, so the job is called at both hours that can be 04:30 in Copenhagen.
    """
    called_at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if called_at.hour != NIGHTLY_HOUR:
        return
    for tenant in all_tenants():
        if tenant.kind != TenantKind.MUNICIPALITY:
            continue
        key = f"plan {tenant.pk}"
        with suppress(AlreadyEnqueued):
            replan_tenant.configure(lock=key, queueing_lock=key).defer(
                tenant_id=str(tenant.pk), day=tenant.working_day(called_at.date()).isoformat()
            )


@app.task(queue="plans")
def replan_tenant(tenant_id: str, day: str, asked_by: str | None = None) -> None:
    """Make one municipality's plan for a day, and forget those past their time.

    Where it cannot be made the attempt says why, and the plan before stands. Running twice makes
    it twice, from the same.
    """
    tenant, at = Tenant.objects.get(pk=tenant_id), timezone.now()
    with suppress(PlanRefused):
        replan(
            tenant=tenant,
            on=date.fromisoformat(day),
            at=at,
            asked_by=UUID(asked_by) if asked_by else None,
        )
    forget_old_plans(tenant=tenant, at=at)


@app.task(queue="plans")
def reckon_forecast(tenant_id: str, forecast_id: str) -> None:
    """Reckon a forecast that a manager asked for; running twice reckons it once."""
    tenant = Tenant.objects.get(pk=tenant_id)
    reckon(tenant=tenant, forecast_id=UUID(forecast_id), at=timezone.now())
