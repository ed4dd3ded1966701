"""Building the demo: its organisation, its citizens by way of files, and who can sign in."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.demo import (
    bookings,
    calendars,
    case,
    data,
    dialogue,
    diary,
    earlier,
    invitations,
    jobs,
    lilleby,
    meetings,
    needs,
    offers,
    plan,
    plans,
    together,
)
from velvalgt.apps.exchange.demo import files as demo_files
from velvalgt.apps.exchange.demo.municipality import Municipality
from velvalgt.apps.exchange.demo.places import LILLEBY, VELBY, story
from velvalgt.apps.exchange.services import Progress, import_file
from velvalgt.apps.people.choices import Ground
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.services import give_user, grant
from velvalgt.apps.staff.choices import Role, TenantKind
from velvalgt.apps.staff.models import Tenant, Unit, User
from velvalgt.apps.staff.services import create_tenant, create_unit, create_user, give_role

ISSUER, SOURCE = "demo", "demo"
STORIES = {
    VELBY: (
        data,
        case,
        dialogue,
        jobs,
        offers,
        plan,
        meetings,
        bookings,
        calendars,
        invitations,
        diary,
        earlier,
        together,
        plans,
    ),
    LILLEBY: (lilleby, plans),
}
"""What the demo's people have done here, told through the services."""


class Rejected(Exception):
    """A file of the demo was not taken whole: the writer and the reader disagree."""


@transaction.atomic
def build(municipality: Municipality, *, at: datetime, progress: Progress | None = None) -> Tenant:
    """Build a municipality of the demo, whole or not at all, as the worker.

    Its five files are written to a folder of its own in the data folder and imported.

    Args:
        municipality: the synthetic citizens, as of `day()`; its code says which place it is.
        at: now.
        progress: is called with how many rows are done, of how many.

    Raises:
        Rejected: a row of the files did not pass the importer.
    """
    told = story(municipality.municipality)
    tenant = create_tenant(kind=TenantKind.MUNICIPALITY, **told["tenant"])
    with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
        _staff(tenant, told, at)
    paths = demo_files.write(municipality, told, Path(settings.HOME) / told["folder"])
    _import(tenant, paths, at, progress or (lambda done, total: None))
    with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
        _let_citizens_sign_in(tenant, told["sign_in"], municipality.named, at)
        needs.assess(tenant, municipality)
    for part in STORIES[tenant.code]:
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            part.tell(tenant, at)
    return tenant


def _staff(tenant: Tenant, told: Mapping[str, Any], at: datetime) -> None:
    units: dict[str, Unit] = {
        entry["code"]: create_unit(tenant=tenant, phone=tenant.phone, **entry)
        for entry in told["units"]
    }
    for entry in told["staff"]:
        user = create_user(
            tenant=tenant,
            name=entry["name"],
            issuer=ISSUER,
            subject=entry["subject"],
            initials=entry["initials"],
        )
        give_role(
            user=user,
            unit=units[entry["unit"]],
            role=Role(entry["role"]),
            at=at,
            hours_week=Decimal(entry["hours_week"]),
        )
    grant(
        to=units["JURA"],
        citizen=None,
        purpose=Purpose.LEGAL_OVERSIGHT,
        ground=Ground.OVERSIGHT,
        at=at,
    )


def _import(
    tenant: Tenant, paths: Mapping[FileKind, tuple[Path, int]], at: datetime, tell: Progress
) -> None:
    total, before = sum(rows for _, rows in paths.values()), 0
    for kind, (path, rows) in paths.items():

        def show(done: int, of: int, before: int = before, rows: int = rows) -> None:
            tell(before + rows * done // of, total)

        result = import_file(
            tenant=tenant, kind=kind, path=path, by=None, at=at, source=SOURCE, progress=show
        )
        if result.rejected:
            raise Rejected(f"{path.name}: {result.rejected} rows, see {result.rejects_path}")
        before += rows


def _let_citizens_sign_in(
    tenant: Tenant, subjects: Mapping[str, str], named: Mapping[str, int], at: datetime
) -> None:
    for name, subject in subjects.items():
        key = demo_files.key_of(named[name])
        citizen = Citizen.objects.get(source=SOURCE, external_key=key)
        user: User = create_user(tenant=tenant, name=citizen.name, issuer=ISSUER, subject=subject)
        give_user(citizen=citizen, user=user, at=at)
