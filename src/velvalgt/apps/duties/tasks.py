"""Nightly work: what the law asks of everybody on the new day."""

from django.utils import timezone
from procrastinate.contrib.django import app

from velvalgt.apps.duties.services import recompute
from velvalgt.apps.staff.queries import all_tenants


@app.periodic(cron="0 4 * * *")
@app.task(queue="law", queueing_lock="duties")
def reckon_duties(timestamp: int) -> None:
    """Reckon every tenant's duties for its working day, a transaction for each."""
    today = timezone.localdate()
    for tenant in all_tenants():
        recompute(tenant=tenant, on=tenant.working_day(today))
