"""The questions about staff."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from velvalgt.apps.staff.models import Membership, MembershipQuerySet, Tenant, Unit
from velvalgt.apps.staff.working_days import after_working_days, is_working_day

__all__ = [
    "KnownUser", "after_working_days", "all_tenants", "is_working_day", "members", "unit_names",
    "units_by_id", "user_known_as",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownUser:
    """Where an identity leads: a tenant and a user."""

    tenant_id: UUID
    user_id: UUID


def user_known_as(issuer: str, subject: str) -> KnownUser | None:
    """Find whose identity this is before there is an actor; a reviewed definer function answers."""
    with connection.cursor() as cursor:
        cursor.execute("select tenant_id, user_id from staff_known_as(%s, %s)", [issuer, subject])
        row = cursor.fetchone()
    return KnownUser(*row) if row else None


def units_by_id() -> dict[UUID, Unit]:
    """Give the acting tenant's units by key, for pages that name many of them."""
    return {unit.pk: unit for unit in Unit.objects.all()}


def all_tenants() -> list[Tenant]:
    """Give every tenant, for jobs that visit each in turn; the web sees its own alone."""
    return list(Tenant.objects.order_by("code"))


def members(at: datetime) -> MembershipQuerySet:
    """Give who works here now, in which unit and role, by unit and name."""
    current = Membership.objects.current(at).select_related("user", "unit")
    return current.order_by("unit__name", "user__name", "pk")


def unit_names(user_ids: Collection[UUID], *, at: datetime) -> dict[UUID, str]:
    """Give the name of the unit in which each of some users works now; of the others nothing."""
    current = (
        Membership.objects.current(at).filter(user_id__in=user_ids).order_by("starts_at", "pk")
    )
    return dict(current.values_list("user_id", "unit__name")) if user_ids else {}
