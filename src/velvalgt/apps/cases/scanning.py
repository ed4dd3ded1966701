"""Scanning what waits in quarantine, one document at a time, each in a transaction of its own."""

from datetime import datetime
from uuid import UUID

import structlog

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Verdict
from velvalgt.apps.cases.models import Document, Scan
from velvalgt.apps.cases.quarantine import unsealed
from velvalgt.apps.cases.scanner import Scanner, ScannerRefused, ScannerSilent
from velvalgt.apps.people.guarded import CannotOpen

log = structlog.get_logger("velvalgt.scanning")


def scan_waiting(*, tenant_id: UUID, scanner: Scanner, at: datetime) -> int:
    """Scan a tenant's documents that nobody has scanned (virusscanning), the oldest first.

    What does not open, or the scanner will not judge, stays in quarantine and holds up nothing
    else. While the
    scanner is silent all of it stays; the next run tries again.

    Returns:
        How many got a verdict.
    """
    with acting(tenant_id, SYSTEM, Purpose.ADMINISTRATION):
        waiting = list(Document.objects.unscanned().order_by("added_at", "pk").values_list("pk"))
    if not waiting:
        return 0
    try:
        engine = scanner.version()
    except ScannerSilent:
        log.warning("scanner_silent", waiting=len(waiting))
        return 0
    return sum(_scan(tenant_id, key, scanner, engine, at) for (key,) in waiting)


def _scan(tenant_id: UUID, key: UUID, scanner: Scanner, engine: str, at: datetime) -> bool:
    """Scan one document; the scanner works while no transaction waits for it."""
    try:
        with acting(tenant_id, SYSTEM, Purpose.ADMINISTRATION):
            document = Document.objects.get(pk=key)
            content = unsealed(document)
        virus = scanner.virus_in(content)
    except (CannotOpen, ScannerSilent, ScannerRefused) as error:
        log.warning("scan_failed", document_id=str(key), why=type(error).__name__)
        return False
    with acting(tenant_id, SYSTEM, Purpose.ADMINISTRATION):
        Scan.objects.create(
            tenant_id=tenant_id,
            citizen_id=document.citizen_id,
            document=document,
            verdict=Verdict.INFECTED if virus else Verdict.CLEAN,
            engine=(f"{virus} · {engine}" if virus else engine)[:120],
            scanned_at=at,
        )
    return True
