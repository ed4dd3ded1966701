"""The log's own work: sealing it each minute, a job for each tenant."""

from contextlib import suppress
from uuid import UUID

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.services import seal


@app.periodic(cron="* * * * *")
@app.task(queue="log")
def seal_the_log(timestamp: int) -> None:
    """Have each tenant's log sealed; one that fails holds up nobody else's."""
    with connection.cursor() as cursor:
        cursor.execute("select id::text from staff_tenant order by id")
        tenants = [row[0] for row in cursor.fetchall()]
    for tenant_id in tenants:
        with suppress(AlreadyEnqueued):
            seal_tenant.configure(queueing_lock=f"seal {tenant_id}").defer(tenant_id=tenant_id)


@app.task(queue="log")
def seal_tenant(tenant_id: str) -> None:
    """Seal what a tenant's log has gathered; running twice seals nothing twice."""
    with acting(UUID(tenant_id), SYSTEM, Purpose.LOG):
        seal(at=timezone.now())
