"""The verbs of staff: a tenant, its units, its users and what role each has where."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from velvalgt.apps.staff.choices import Role, TenantKind
from velvalgt.apps.staff.models import Identity, Membership, Tenant, Unit, User


def create_tenant(
    *, kind: TenantKind, code: str, name: str, phone: str, frozen_on: date | None = None
) -> Tenant:
    """Create a municipality or an a-kasse (dataansvarlig); the one step without an actor.

    Args:
        kind: what it is.
        code: the municipality's three digits, or the a-kasse's key.
        name: as people call it.
        phone: the number that its pages show.
        frozen_on: the day a demo stands still on.
    """
    return Tenant.objects.create(kind=kind, code=code, name=name, phone=phone, frozen_on=frozen_on)


def create_unit(*, tenant: Tenant, code: str, name: str, phone: str) -> Unit:
    """Create a part of the organisation (enhed)."""
    return Unit.objects.create(tenant=tenant, code=code, name=name, phone=phone)


@transaction.atomic
def create_user(
    *, tenant: Tenant, name: str, issuer: str, subject: str, initials: str = ""
) -> User:
    """Create a user (bruger) and how the one who vouches for them knows them."""
    user = User.objects.create(tenant=tenant, name=name, initials=initials)
    Identity.objects.create(tenant=tenant, user=user, issuer=issuer, subject=subject)
    return user


def give_role(
    *, user: User, unit: Unit, role: Role, at: datetime, hours_week: Decimal | None = None
) -> Membership:
    """Give a user a role in a unit (ansætte) from a moment on."""
    return Membership.objects.create(
        tenant_id=user.tenant_id,
        user=user,
        unit=unit,
        role=role,
        hours_week=hours_week,
        starts_at=at,
    )


def end_role(*, membership: Membership, at: datetime) -> Membership:
    """End a role in a unit (fratræde); what the unit sees is then out of the user's sight."""
    membership.ends_at = at
    membership.save(update_fields=["ends_at"])
    return membership
