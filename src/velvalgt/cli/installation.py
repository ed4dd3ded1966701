"""What whoever runs an installation asks of it: start, stop, bring in, bring up to date, mend."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from velvalgt.cli.teaching import Taught, bar
from velvalgt.site.server import folders, launcher, postgres, prepared, processes

if TYPE_CHECKING:
    from velvalgt.apps.staff.models import Tenant

INTERRUPTED = 130
KINDS = ("people", "spells", "events", "work", "payments", "jobnet", "balances", "vacancies")


@click.command(
    cls=Taught, examples=["VELVALGT_ENV=demo velvalgt serve", "velvalgt serve --port 8080"]
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def serve(port: int) -> None:
    """Start everything here, and stop it all with Ctrl-C.

    Starts the database, brings it up to date, and runs the site and its worker; what dies is
    started again. Set VELVALGT_ENV=demo to get a municipality of made-up citizens the first time.
    For the open network, put a web server with TLS in front: docs/how-to/run-and-operate.md.
    """
    try:
        launcher.serve(folders.home(), port, tell=click.echo, ready=_welcome)
    except processes.Stopped as stopped:
        click.echo("All stopped.")
        if stopped.is_ctrl_c:
            raise click.exceptions.Exit(INTERRUPTED) from None


@click.command(cls=Taught, examples=["velvalgt worker"])
@click.option("--minded", is_flag=True, hidden=True, help="Somebody else minds the database.")
def worker(minded: bool) -> None:
    """Run the jobs of the night and the minute; `serve` does this too."""
    with django_as("worker", minds_database=not minded):
        from django.core.management import call_command

        words = ("--concurrency=2", "--shutdown-graceful-timeout=10")
        call_command("procrastinate", "worker", *words)


@click.command(cls=Taught, examples=["velvalgt migrate"])
def migrate() -> None:
    """Bring database and served files up to this version.

    Safe to repeat; `serve` does it when something is new. Take a backup before an upgrade.
    """
    home = folders.home()
    with django_as("owner"):
        from velvalgt.site.server import migration

        with bar("Migrating the database") as progress:
            migration.migrate(progress)
        prepared.migrated(home)
        migration.collect()
        prepared.collected(home)


DEMO = (("099", 5_000, 1, True), ("096", 120, 2, False))
"""The demo: in Velby, and in small Lilleby, so many citizens, drawn from this seed; the story's
people live in Velby."""


@click.command(cls=Taught, examples=["VELVALGT_ENV=demo velvalgt demo"])
def demo() -> None:
    """Build the demo's two municipalities, and make their first plan.

    Made-up citizens come in through the importer, as real files would: 5,000 in Velby with the
    named people of the story, 120 in Lilleby, which plans without profiling. An installation that
    has the demo keeps it. Refused in production.
    """
    if os.environ.get("VELVALGT_ENV", "production") == "production":
        raise click.ClickException("The demo is not for production. Set VELVALGT_ENV=demo.")
    with django_as("worker"):
        from django.utils import timezone, translation

        from velvalgt.apps.exchange import demo as municipality
        from velvalgt.apps.staff.queries import all_tenants
        from velvalgt.core.lab import synthesize
        from velvalgt.site.signin.personas import PERSONAS

        for code, citizens, seed, has_story in DEMO:
            name = municipality.story(code)["tenant"]["name"]
            if municipality.exists(code):
                click.echo(f"{name} is here already.")
                continue
            day = municipality.day()
            lives = synthesize(code, citizens, seed, day, has_story=has_story)
            with bar(f"Importing {name}") as progress:
                municipality.build(lives, at=timezone.now(), progress=progress)
        # The database counts its rows by itself a minute later; a plan asks about everybody now.
        with postgres.connect("owner", folders.home()) as database:
            database.execute("analyze")
        for tenant in all_tenants():
            if tenant.code in {code for code, *_ in DEMO}:
                with bar(f"Plan of {tenant.name}") as progress:
                    municipality.first_plan(tenant=tenant, at=timezone.now(), progress=progress)
        with translation.override("en"):
            people = [f"{each.name:<8} {each.label}" for each in PERSONAS]
        prepared.demo_built(folders.home(), people)


@click.command(
    "import",
    cls=Taught,
    examples=[
        "velvalgt import people people.csv --tenant 099",
        'velvalgt import events "Journal 2026.csv" --tenant 099',
    ],
)
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tenant", "code", metavar="CODE", help="The municipality or a-kasse, by its code.")
@click.option("--source", default="file", show_default=True, help="The system it comes from.")
def import_(kind: str, file: Path, code: str | None, source: str) -> None:
    """Bring in a file from a case system, or one about the labour market.

    Rows that break a rule are left out and written to a rejects file with line, column and reason;
    the others are kept. The same file twice changes nothing. Import people first. Keys are the
    source's own: name it when there are several. The columns: docs/reference/import-files.md.
    """
    with django_as("worker"):
        from django.utils import timezone

        from velvalgt.apps.exchange import services

        tenant = tenant_with(code)
        try:
            with bar(f"Importing {file.name}") as progress:
                result = services.import_file(
                    tenant=tenant,
                    kind=kind,
                    path=file,
                    by=None,
                    at=timezone.now(),
                    source=source,
                    progress=progress,
                )
        except services.FileRefused as error:
            raise click.ClickException(str(error)) from None
    click.echo(
        f"{result.accepted} taken in, {result.unchanged} unchanged, {result.rejected} rejected."
    )
    if result.rejected:
        click.echo(f"Why, row by row: {result.rejects_path}")
    if result.rejected and not result.accepted + result.unchanged:
        raise click.exceptions.Exit(1)


@click.command(cls=Taught, examples=["velvalgt recompute", "velvalgt recompute --tenant 099"])
@click.option("--tenant", "code", metavar="CODE", help="Only this municipality or a-kasse.")
def recompute(code: str | None) -> None:
    """Compute anew what the law asks for every citizen.

    The worker does this each night, and a citizen's page when something is new; you need it after
    an import that should show at once.
    """
    with django_as("worker"):
        _recompute_duties(code)


@click.command(cls=Taught, examples=["velvalgt build"])
@click.option("--force", is_flag=True, help="Fetch and copy again what is there already.")
def build(force: bool) -> None:
    """Fetch the design system, and compile the translations.

    Needs npm. Done once after an installation from source, and after an upgrade; Node is not
    needed later.
    """
    from velvalgt.site.server import assets

    try:
        if force or not assets.is_built():
            click.echo("Fetching the design system ...")
            assets.fetch()
            click.echo(f"{assets.publish()} files copied to {assets.VENDOR}")
        click.echo(f"{assets.compile_texts()} translations compiled.")
    except assets.BuildFailed as error:
        raise click.ClickException(str(error)) from None


@click.command(cls=Taught, examples=["velvalgt doctor"])
def doctor() -> None:
    """Check what the installation needs, and how to mend it.

    Leaves with 1 when something is. Changes nothing.
    """
    from velvalgt.site.server import doctor as examination

    ill = 0
    for finding in examination.examine(folders.home()):
        ill += not finding.is_met
        mark = (
            click.style("ok     ", fg="green")
            if finding.is_met
            else click.style("MISSING", fg="red")
        )
        click.echo(f"{mark}  {finding.need:<13}  {finding.seen}")
        if not finding.is_met:
            click.echo(f"{'':<24}{finding.mend}")
    if ill:
        raise click.ClickException(f"{ill} to mend.")


@contextmanager
def django_as(role: str, *, minds_database: bool = True) -> Iterator[None]:
    """Have the database run and Django ready, signed in as one of the roles."""
    os.environ["VELVALGT_ROLE"] = role
    if sys.stderr.isatty():  # whoever looks on sees the progress, not the log
        os.environ.setdefault("VELVALGT_LOG_LEVEL", "WARNING")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "velvalgt.site.settings")
    import django

    with postgres.running(folders.home()) if minds_database else nullcontext():
        django.setup()
        yield
        django.db.connections.close_all()


def _recompute_duties(code: str | None = None) -> None:
    from django.utils import timezone

    from velvalgt.apps.duties import services
    from velvalgt.apps.staff.queries import all_tenants

    for tenant in [tenant_with(code)] if code else all_tenants():
        with bar(f"Duties of {tenant.name}") as progress:
            on = tenant.working_day(timezone.localdate())
            services.recompute(tenant=tenant, on=on, at=timezone.now(), progress=progress)


def tenant_with(code: str | None) -> "Tenant":
    """The tenant with a code; without one, the only tenant there is."""
    from velvalgt.apps.staff.queries import all_tenants

    tenants = all_tenants()
    found = [tenant for tenant in tenants if code in {None, tenant.code}]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{tenant.code} ({tenant.name})" for tenant in tenants) or "none yet"
    raise click.UsageError(f"Name one tenant with --tenant CODE. There are: {known}.")


def _welcome(address: str) -> None:
    click.echo(f"\n  Velvalgt is at {click.style(address, bold=True)}")
    if os.environ.get("VELVALGT_ENV") == "demo":
        click.echo("  Sign in there as one of the demo's people:")
        for line in prepared.people_of_the_demo(folders.home()):
            click.echo(f"    {line}")
    click.echo(f"  Logs are in {folders.logs(folders.home())}. Stop with Ctrl-C.\n")


COMMANDS = (serve, worker, migrate, demo, import_, recompute, build, doctor)
