"""Nightly work: what the law asks of everybody on the new day, a job for each tenant."""

from contextlib import suppress
from datetime import UTC, date, datetime

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from velvalgt.apps.duties.services import recompute
from velvalgt.apps.staff.models import Tenant
from velvalgt.apps.staff.queries import all_tenants

NIGHTLY_HOUR = 4


@app.periodic(cron="0 2,3 * * *")
@app.task(queue="law")
def reckon_duties(timestamp: int) -> None:
    """Have every tenant's duties reckoned for its working day.

    The queue's calendar is UTC, so the job is called at both hours that can be 04:00 in Copenhagen.
    """
    called_at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if called_at.hour != NIGHTLY_HOUR:
        return
    for tenant in all_tenants():
        key = f"duties {tenant.pk}"
        with suppress(AlreadyEnqueued):
            reckon_tenant.configure(lock=key, queueing_lock=key).defer(
                tenant_id=str(tenant.pk), day=tenant.working_day(called_at.date()).isoformat()
            )


@app.task(queue="law")
def reckon_tenant(tenant_id: str, day: str) -> None:
    """Reckon one tenant's duties for a day; running twice changes nothing."""
    tenant = Tenant.objects.get(pk=tenant_id)
    recompute(tenant=tenant, on=date.fromisoformat(day), at=timezone.now())
