"""Scanning new documents for viruses as they come, and sweeping up what was missed."""

from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from velvalgt.apps.cases.scanner import Scanner
from velvalgt.apps.cases.scanning import scan_waiting
from velvalgt.apps.staff.queries import all_tenants


@app.periodic(cron="*/5 * * * *")
@app.task(queue="documents")
def scan_what_waits(timestamp: int) -> None:
    """Have each tenant's quarantine scanned: what came while the scanner was silent."""
    if not settings.CLAMD:
        return
    for tenant in all_tenants():
        key = f"scan {tenant.pk}"
        with suppress(AlreadyEnqueued):
            scan_tenant.configure(lock=key, queueing_lock=key).defer(tenant_id=str(tenant.pk))


@app.task(queue="documents")
def scan_tenant(tenant_id: str) -> None:
    """Scan what waits in one tenant; running twice scans nothing twice."""
    if settings.CLAMD:
        scanner = Scanner(settings.CLAMD)
        scan_waiting(tenant_id=UUID(tenant_id), scanner=scanner, at=timezone.now())
