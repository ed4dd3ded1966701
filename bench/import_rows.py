"""How many rows a second the importer takes, new, unchanged and changed, by kind of file.

Run: `python bench/import_rows.py [ROWS]`; a cluster is made in a temporary folder and thrown away.
"""

import os
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

HOME = Path(tempfile.mkdtemp(prefix="velvalgt-bench-"))
HOME.chmod(0o711)
os.environ |= {
    "VELVALGT_HOME": str(HOME),
    "VELVALGT_ENV": "test",
    "VELVALGT_LOG_LEVEL": "ERROR",
    "DJANGO_SETTINGS_MODULE": "velvalgt.site.settings",
}

import polars as pl  # noqa: E402 - the environment decides what the imports see

from velvalgt.site.server import postgres  # noqa: E402

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
START = datetime(1960, 1, 1, tzinfo=UTC)


def people(count: int) -> pl.DataFrame:
    """Citizens with replacement numbers; a hundred share a birth date at most."""
    born = [START + timedelta(days=n % 12_000) for n in range(count)]
    numbers = [f"{day.day + 60:02}{day:%m%y}-{n // 12_000:04}" for n, day in enumerate(born)]
    row = pl.int_range(count, eager=True).cast(pl.String)
    return pl.DataFrame(
        {"noegle": "B" + row, "cpr": numbers, "navn": "Borger " + row}
    ).with_columns(kommune=pl.lit("099"), adresse=pl.lit("Prøvevej 1"), enhed=pl.lit("NORD"))


def facts(count: int, citizens: int, **columns: str) -> pl.DataFrame:
    """Facts of citizens in turn, each starting on a day of its own."""
    n = pl.int_range(count, eager=True)
    day = pl.lit(datetime(2000, 1, 1)).dt.offset_by(pl.format("{}d", (n // citizens) * 20))  # noqa: DTZ001 - a plain day
    frame = pl.DataFrame({"n": n}).select(
        noegle="K" + pl.col("n").cast(pl.String),
        borger="B" + (pl.col("n") % citizens).cast(pl.String),
        fra=day.dt.strftime("%d-%m-%Y"),
        til=day.dt.offset_by("9d").dt.strftime("%d-%m-%Y"),
    )
    return frame.with_columns(pl.lit(value).alias(name) for name, value in columns.items())


def measure(kind: str, frame: pl.DataFrame, changed: pl.DataFrame) -> None:
    """Import a file, the same file, and the file with every row changed."""
    from velvalgt.apps.exchange.services import import_file
    from velvalgt.apps.staff.queries import all_tenants

    path = HOME / f"{kind}.csv"
    for what, rows in (("new", frame), ("unchanged", frame), ("changed", changed)):
        rows.write_csv(path, separator=";")
        began = time.perf_counter()
        result = import_file(tenant=all_tenants()[0], kind=kind, path=path, by=None, at=AT)
        seconds = time.perf_counter() - began
        assert result.rejected == 0, result.rejects_path
        print(
            f"{kind:<9} {what:<10} {rows.height:>9,} rows {seconds:7.2f} s "
            f"{rows.height / seconds:>9,.0f} rows/s",
            flush=True,
        )


def run(count: int) -> None:
    """Measure each kind of file."""
    citizens = max(count // 10, 1)
    group = people(citizens)
    measure("people", group, group.with_columns(adresse=pl.lit("Prøvevej 2")))
    spells = facts(count, citizens, ydelse="dagpenge", maalgruppe="G1", kommune="099")
    measure("spells", spells, spells.with_columns(maalgruppe=pl.lit("G2")))
    events = facts(count, citizens, art="interview", aktoer="municipality").rename({"fra": "dato"})
    measure("events", events, events.with_columns(aktoer=pl.lit("joint")))
    work = facts(count, citizens, timer_uge="37,0", art="ordinary")
    measure("work", work, work.with_columns(timer_uge=pl.lit("20,0")))
    payments = facts(count, citizens, ydelse="dagpenge", brutto="20.359,75")
    measure("payments", payments, payments.with_columns(brutto=pl.lit("1,00")))


def main() -> None:
    """Make the cluster, measure, and throw it away."""
    import shutil
    import subprocess

    postgres.start(HOME, durable=False)
    try:
        postgres.prepare_roles(HOME)
        subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"],
            check=True,
            env=os.environ | {"VELVALGT_ROLE": "owner"},
        )
        os.environ["VELVALGT_ROLE"] = "worker"
        import django

        django.setup()
        from velvalgt.apps.audit.actor import SYSTEM, acting
        from velvalgt.apps.audit.choices import Purpose
        from velvalgt.apps.staff.choices import TenantKind
        from velvalgt.apps.staff.services import create_tenant, create_unit

        velby = create_tenant(kind=TenantKind.MUNICIPALITY, code="099", name="Velby", phone="demo")
        with acting(velby.pk, SYSTEM, Purpose.ADMINISTRATION):
            create_unit(tenant=velby, code="NORD", name="Nord", phone="demo")
        run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
        django.db.connections.close_all()
    finally:
        postgres.stop(HOME)
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
