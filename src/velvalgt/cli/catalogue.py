"""What a municipality offers its citizens, told to an installation."""

from pathlib import Path

import click

from velvalgt.cli.installation import django_as, tenant_with
from velvalgt.cli.teaching import Taught


@click.command(cls=Taught, examples=["velvalgt offers catalogue.yaml --tenant 099"])
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tenant", "code", metavar="CODE", help="The municipality, by its code.")
def offers(file: Path, code: str | None) -> None:
    """Publish the offers of a catalogue FILE, or what has changed in them.

    An offer that breaks a rule is left out and told of; the others are published. The same key is
    the same offer, the same day the same start. The file: docs/how-to/publish-offers.md.
    """
    with django_as("worker"):
        from velvalgt.apps.audit.actor import SYSTEM, acting
        from velvalgt.apps.audit.choices import Purpose
        from velvalgt.apps.offers.services import NoCatalogue, publish_catalogue
        from velvalgt.apps.staff.queries import units_by_id

        tenant = tenant_with(code)
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            units = {unit.code: unit for unit in units_by_id().values()}
            try:
                done = publish_catalogue(text=file.read_text(encoding="utf-8"), units=units)
            except (NoCatalogue, UnicodeDecodeError) as error:
                raise click.ClickException(str(error)) from None
    click.echo(f"{len(done.offers)} offers published for {tenant.name}.")
    for fault in done.faults:
        click.echo(f"left out: {fault.offer}  {fault.field}  {fault.why}", err=True)
    if done.faults:
        raise click.exceptions.Exit(1)
