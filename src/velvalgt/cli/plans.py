"""`velvalgt replan`: make the plan of a municipality now, or one of its plans again."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import click

from velvalgt.cli.installation import django_as
from velvalgt.cli.law import DAY
from velvalgt.cli.teaching import Taught, bar

if TYPE_CHECKING:
    from velvalgt.apps.priorities.models import Run
    from velvalgt.apps.staff.models import Tenant


@click.command(
    cls=Taught,
    examples=[
        "velvalgt replan                                   every municipality, for today",
        "velvalgt replan --municipality 099 --on 2026-11-23",
        "velvalgt replan --repeat 019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071",
    ],
)
@click.option("--municipality", "code", metavar="CODE", help="Only this one, by its code.")
@click.option("--on", type=DAY, help="The day that is planned for.  [default: today]")
@click.option("--no-wait", is_flag=True, help="Leave at once where another plan is under way.")
@click.option("--repeat", "run_id", type=click.UUID, help="Make this plan again, and compare.")
def replan(code: str | None, on: date | None, no_wait: bool, run_id: UUID | None) -> None:
    """Plan whose turn it is and what helps most, for everyone at once.

    The worker does this each night. Duties and ledgers are reckoned first. Where a plan cannot be
    made, or is broken off, the plan before stands. With --repeat nothing is stored: a plan is made
    again from the frames that it keeps for 13 months; leaves with 1 where a row differs.
    """
    with django_as("worker"):
        from django.utils import timezone

        at = timezone.now()
        if run_id is not None:
            _repeat(tenants_of(code), run_id)
            return
        made = [_plan(each, on, at, wait=not no_wait) for each in tenants_of(code)]
    if not all(made):
        raise click.exceptions.Exit(1)


def tenants_of(code: str | None) -> "list[Tenant]":
    """The municipality with a code, or all of them."""
    from velvalgt.apps.staff.choices import TenantKind
    from velvalgt.apps.staff.queries import all_tenants

    every = [each for each in all_tenants() if each.kind == TenantKind.MUNICIPALITY]
    found = [each for each in every if code in {None, each.code}]
    if code is not None and not found:
        known = ", ".join(f"{each.code} ({each.name})" for each in every) or "none yet"
        said = f"there is no municipality {code}. There are: {known}."
        raise click.BadParameter(said, param_hint="--municipality")
    return found


def _plan(tenant: "Tenant", on: date | None, at: datetime, *, wait: bool) -> bool:
    """Make one municipality's plan; whether it was made."""
    from django.utils import timezone

    from velvalgt.apps.priorities import services

    day = on or tenant.working_day(timezone.localdate(at))
    try:
        with bar(f"Plan of {tenant.name}") as progress:
            run = services.replan(tenant=tenant, on=day, at=at, wait=wait, progress=progress)
    except (services.PlanRefused, services.PlanUnderWay) as refusal:
        click.echo(f"{tenant.name}: {refusal}", err=True)
        return False
    click.echo(_told(tenant, run))
    return True


def _told(tenant: "Tenant", run: "Run") -> str:
    weighed = f", {run.weighed} weighed by gain" if run.weighed else ""
    proof = "" if run.gap is None else f", at most {100 * run.gap:.4f} percent from the best"
    took = sum(run.timings.values())
    return f"{tenant.name}: {run.citizens} citizens{weighed}{proof}; {took:.1f} s. Plan {run.pk}."


def _repeat(tenants: "list[Tenant]", run_id: UUID) -> None:
    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.priorities import queries

    for tenant in tenants:
        with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
            run = queries.run_of(run_id)
            if run is None:
                continue
            try:
                differences = queries.differences(run)
            except queries.FramesGone as gone:
                raise click.ClickException(str(gone)) from None
            if differences:
                raise click.ClickException(" ".join(differences))
            click.echo(f"{run}, {tenant.name}: the same, row for row.")
            return
    raise click.UsageError(f"There is no plan {run_id}.")
