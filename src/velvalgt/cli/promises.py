"""What a municipality promises its citizens, told to an installation."""

from datetime import datetime

import click

from velvalgt.cli.installation import django_as, tenant_with
from velvalgt.cli.teaching import Taught

ISO = click.DateTime(formats=["%Y-%m-%d"])


@click.command(
    cls=Taught,
    examples=[
        "velvalgt promise 3",
        "velvalgt promise 5 --unit NORD --from 2027-01-01 --tenant 099",
    ],
)
@click.argument("working_days", type=click.IntRange(1, 60))
@click.option("--unit", "unit_code", metavar="CODE", help="Only this unit; else all of them.")
@click.option("--from", "from_at", type=ISO, metavar="DAY", help="From this day on; else today.")
@click.option("--tenant", "code", metavar="CODE", help="The municipality, by its code.")
def promise(
    working_days: int, unit_code: str | None, from_at: datetime | None, code: str | None
) -> None:
    """Promise citizens an answer to a message within so many WORKING_DAYS.

    The citizen reads the day under each message, and the caseworker's worklist shows what is late.
    Messages keep the promise they got; a new one holds from its day. Without one, none is shown.
    """
    with django_as("worker"):
        from django.db import IntegrityError
        from django.utils import timezone

        from velvalgt.apps.audit.actor import SYSTEM, acting
        from velvalgt.apps.audit.choices import Purpose
        from velvalgt.apps.messages.services import promise_answers
        from velvalgt.apps.staff.queries import units_by_id

        tenant = tenant_with(code)
        from_on = from_at.date() if from_at else timezone.localdate()
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            units = {unit.code: unit for unit in units_by_id().values()}
            if unit_code and unit_code not in units:
                raise click.UsageError(f"There is no unit {unit_code}; {', '.join(sorted(units))}.")
            unit = units.get(unit_code or "")
            try:
                promise_answers(
                    tenant=tenant, unit=unit, working_days=working_days, from_on=from_on
                )
            except IntegrityError:
                raise click.ClickException(f"There is a promise from {from_on} already.") from None
    whose = unit.name if unit else tenant.name
    click.echo(f"{whose} answers within {working_days} working days from {from_on}.")
