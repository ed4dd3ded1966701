"""The log's own work: sealing it each minute, a tenant at a time."""

from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.services import seal


@app.periodic(cron="* * * * *")
@app.task(queue="log", queueing_lock="seal", pass_context=False)
def seal_the_log(timestamp: int) -> None:
    """Seal what each tenant's log has gathered; running twice seals nothing twice."""
    with connection.cursor() as cursor:
        cursor.execute("select id from staff_tenant order by id")
        tenants = [row[0] for row in cursor.fetchall()]
    for tenant_id in tenants:
        with acting(tenant_id, SYSTEM, Purpose.LOG):
            seal(at=timezone.now())
