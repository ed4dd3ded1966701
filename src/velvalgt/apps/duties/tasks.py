"""Nightly work: what the law asks of everybody on the new day."""

from datetime import UTC, datetime

from django.utils import timezone
from procrastinate.contrib.django import app

from velvalgt.apps.duties.services import recompute
from velvalgt.apps.staff.queries import all_tenants

NIGHTLY_HOUR = 4


@app.periodic(cron="0 2,3 * * *")
@app.task(queue="law", queueing_lock="duties")
def reckon_duties(timestamp: int) -> None:
    """Reckon every tenant's duties for its working day, a transaction for each.

    The queue's calendar is UTC, so the job is called at both hours that can be 04:00 in Copenhagen.
    """
    called_at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if called_at.hour != NIGHTLY_HOUR:
        return
    for tenant in all_tenants():
        recompute(tenant=tenant, on=tenant.working_day(called_at.date()))
