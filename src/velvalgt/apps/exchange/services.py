"""The verbs of the exchange: receive a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import polars as pl
import structlog
from django.db import connection
from django.utils import timezone

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.exchange import cells, checking, citizens, facts, market, reading, rejects
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.citizens import Reception
from velvalgt.apps.exchange.files import FILES
from velvalgt.apps.exchange.models import ImportRun
from velvalgt.apps.exchange.reading import Content, FileRefused, Table
from velvalgt.apps.staff.models import Tenant, User

__all__ = ["FileRefused", "ImportResult", "import_file"]

log = structlog.get_logger(__name__)

Progress = Callable[[int, int], None]
OF = 100


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of a file: rows taken in (new or changed), unchanged, rejected."""

    accepted: int
    unchanged: int
    rejected: int
    rejects_path: Path | None
    run: ImportRun


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file whose rows have been read and checked by themselves."""

    content: Content
    table: Table
    rows: pl.DataFrame
    faults: pl.DataFrame


def import_file(  # noqa: PLR0913 - each is asked of whoever calls
    *,
    tenant: Tenant,
    kind: str,
    path: Path,
    by: User | None,
    at: datetime,
    source: str = "file",
    progress: Progress | None = None,
) -> ImportResult:
    """Receive a file from a case system (indlæse); all of it in one transaction, as the worker.

    Good rows are kept, and bad ones are written beside the file with their reasons. A row that says
    what is known already changes nothing, so a file may be read any number of times.

    Args:
        tenant: whose citizens, or whose labour market, the file is about.
        kind: people, spells, events, work, payments, jobnet, balances or vacancies.
        path: the file.
        by: who sent it; None for a job.
        at: now.
        source: the system the file comes from; keys are the source's own.
        progress: is called with how much is done, of how much.

    Raises:
        FileRefused: the file as a whole cannot be received.
    """
    began = perf_counter()
    tell = progress or (lambda done, total: None)
    chosen = FileKind(kind)
    day = tenant.working_day(timezone.localdate(at))
    checked = _checked(chosen, path, day, tell)
    with acting(tenant.pk, by.pk if by else SYSTEM, Purpose.IMPORT):
        _one_import_at_a_time(tenant)
        reception = Reception(tenant.pk, source, checked.table.present, day, at)
        changed, late = _receive(chosen, checked, reception)
        tell(95, OF)
        faults = pl.concat([checked.faults, late])
        run = ImportRun.objects.create(
            tenant=tenant,
            kind=chosen,
            source=source,
            file_name=path.name[:200],
            sha256=checked.content.sha256,
            encoding=checked.content.encoding,
            **_counts(checked.table, faults, changed),
            started_at=at,
            finished_at=at + timedelta(seconds=perf_counter() - began),
            by=by,
        )
        written = rejects.write(path, checked.table, faults, FILES[chosen])
    _report(run)
    tell(OF, OF)
    return ImportResult(run.accepted, run.unchanged, run.rejected, written, run)


def _checked(kind: FileKind, path: Path, day: date, tell: Progress) -> _Checked:
    content = reading.open_file(path)
    tell(5, OF)
    table = reading.read(content, FILES[kind], path.name)
    tell(25, OF)
    rows, faults = cells.typed(table, FILES[kind])
    if kind is FileKind.PEOPLE:
        rows, of_cpr = checking.with_cpr(rows, day)
        faults = pl.concat([faults, of_cpr]).unique(
            ["row", "column"], keep="first", maintain_order=True
        )
    among_rows = checking.file_faults if kind.is_about_citizens else market.file_faults
    faults = pl.concat([faults, among_rows(kind, rows, faults)])
    tell(45, OF)
    return _Checked(content, table, checking.without(rows, faults), faults)


def _one_import_at_a_time(tenant: Tenant) -> None:
    """Two files at once could each be right and together wrong."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 2))", [str(tenant.pk)])


def _receive(kind: FileKind, checked: _Checked, reception: Reception) -> tuple[int, pl.DataFrame]:
    if not kind.is_about_citizens:
        return market.receive(kind, checked.rows, checked.table, reception), checking.none()
    if kind is FileKind.PEOPLE:
        return citizens.receive(checked.rows, reception)
    return facts.receive(kind, checked.rows, reception)


def _counts(table: Table, faults: pl.DataFrame, changed: int) -> dict[str, Any]:
    """How many rows of each sort, and how many rows each reason has rejected."""
    rejected = faults["row"].n_unique()
    reasons = faults.group_by("code").agg(pl.col("row").n_unique()).sort("code")
    return {
        "accepted": changed,
        "unchanged": table.cells.height - rejected - changed,
        "rejected": rejected,
        "reasons": dict(reasons.iter_rows()),
    }


def _report(run: ImportRun) -> None:
    log.info(
        "file_received",
        run_id=str(run.pk),
        tenant_id=str(run.tenant_id),
        kind=str(run.kind),
        encoding=run.encoding,
        accepted=run.accepted,
        unchanged=run.unchanged,
        rejected=run.rejected,
        seconds=round((run.finished_at - run.started_at).total_seconds(), 3),
    )
