"""The ledgers (75 pct.-krav), reckoned over the whole tenant without telling who is in them."""

from datetime import date

import polars as pl
from django.db import connection

from velvalgt.apps.audit.actor import current
from velvalgt.apps.duties.law import book
from velvalgt.apps.duties.models import Ledger

ROWS: dict[str, pl.DataType | type[pl.DataType]] = {
    "person_id": pl.Int32,
    "rule_id": pl.String,
    "since": pl.Date,
    "due": pl.Date,
    "municipality": pl.String,
    "a_kasse": pl.String,
    "group": pl.String,
    "status": pl.String,
    "reason": pl.String,
}


def reckon(on: date) -> None:
    """Reckon the acting tenant's ledgers from its duties, one reckoning at a time."""
    quotas = [rule.id for rule in book().rules if rule.is_quota]
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 3))", [str(current().tenant_id)]
        )
        cursor.execute("select * from duties_ledger_rows(%s)", [quotas])
        duties = pl.DataFrame(cursor.fetchall(), schema=ROWS, orient="row")
    standing = [_ledger(row, on) for row in book().ledgers(duties, on).iter_rows(named=True)]
    Ledger.objects.all().delete()
    Ledger.objects.bulk_create(standing)


def _ledger(row: dict[str, str], on: date) -> Ledger:
    municipality, a_kasse = row.pop("municipality"), row.pop("a_kasse")
    return Ledger(
        **row,
        owner=a_kasse or municipality or "",  # an insured citizen whose fund is not known
        tenant_id=current().tenant_id,
        reckoned_for=on,
        law_version=book().version,
    )
