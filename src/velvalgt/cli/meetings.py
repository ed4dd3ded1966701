"""Where and when a municipality's people can be met, and which meetings there are."""

from collections.abc import Mapping
from pathlib import Path

import click

from velvalgt.cli.installation import django_as, tenant_with
from velvalgt.cli.teaching import Taught
from velvalgt.site.server import folders, prepared

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(
    cls=Taught,
    examples=[
        "velvalgt meetings setup.yaml --tenant 099",
        "velvalgt meetings setup.yaml --tenant 099 --close",
    ],
)
@click.argument("file", type=FILE)
@click.option("--tenant", "code", metavar="CODE", help="The municipality, by its code.")
@click.option("--close", "closes", is_flag=True, help="Close what is no longer in the file.")
def meetings(file: Path, code: str | None, closes: bool) -> None:
    """Keep the places, rooms, interpreters and hours of a set-up FILE, or what has changed in them.

    The same file twice changes nothing. An entry that breaks a rule is left out and told of; the
    others are kept, and then nothing is closed. The file: docs/reference/meeting-files.md.
    """
    with django_as("worker"):
        from django.utils import timezone, translation

        from velvalgt.apps.audit.actor import SYSTEM, acting
        from velvalgt.apps.audit.choices import Purpose
        from velvalgt.apps.meetings.services import NoSetup, keep_setup

        tenant = tenant_with(code)
        at = tenant.working_moment(timezone.now())
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION), translation.override("en"):
            try:
                text = file.read_text(encoding="utf-8")
                on = timezone.localdate(at)
                done = keep_setup(tenant=tenant, text=text, closes=closes, on=on, at=at)
            except (NoSetup, UnicodeDecodeError) as error:
                raise click.ClickException(str(error)) from None
    click.echo(
        f"Kept for {tenant.name}: {done.places} places, {done.rooms} rooms,"
        f" {done.interpreters} interpreters, {done.hours} weekly hours."
    )
    for each in done.closed:
        click.echo(f"closed: {each}")
    for fault in done.faults:
        click.echo(f"left out: {fault}", err=True)
    if done.faults:
        raise click.exceptions.Exit(1)


@click.command(
    "meeting-types",
    cls=Taught,
    examples=["velvalgt meeting-types", "velvalgt meeting-types meeting-types.yaml"],
)
@click.argument("file", type=FILE, required=False)
def meeting_types(file: Path | None) -> None:
    """Check a FILE of meeting types, and say how it differs from the shipped ones.

    Without FILE the one in the data folder is checked. It changes nothing: a file holds when it
    lies in the data folder as meeting-types.yaml. Of meetings to come whose type the file does not
    have it tells, too. The file: docs/reference/meeting-files.md.
    """
    from velvalgt.apps.meetings.types import THEIRS, BadTypes, differences, read_types

    path = file or folders.home() / THEIRS
    if not path.exists():
        click.echo(f"There is no {path}: the shipped meeting types hold.")
        return
    try:
        read = read_types(path.read_text(encoding="utf-8"), path.name)
    except (BadTypes, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from None
    found = differences(read)
    click.echo(f"{path} holds {len(read)} meeting types, and every one fits.")
    click.echo("\n".join(found) if found else "They are as the shipped ones.")
    if (folders.home() / prepared.FILE).exists():  # nothing is booked where nothing is set up
        for line in _missed_by_meetings(read):
            click.echo(line)


def _missed_by_meetings(read: Mapping[str, object]) -> list[str]:
    """Say of which types meetings are to come that a file does not have, a line for each."""
    with django_as("worker"):
        from django.utils import timezone

        from velvalgt.apps.audit.actor import SYSTEM, acting
        from velvalgt.apps.audit.choices import Purpose
        from velvalgt.apps.meetings.queries import coming_types
        from velvalgt.apps.staff.queries import all_tenants

        told: list[str] = []
        for tenant in all_tenants():
            with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
                coming = coming_types(tenant.working_moment(timezone.now()))
            told += [
                f"{key}: not in the file, and {many} of it are to come in {tenant.name};"
                " they keep their times, and are called a meeting and no more"
                for key, many in coming.items()
                if key not in read
            ]
        return told
