"""Tenants, units, users and roles, as an installation makes them."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.staff.choices import Role, TenantKind
from velvalgt.apps.staff.models import Membership, Tenant
from velvalgt.apps.staff.queries import user_known_as
from velvalgt.apps.staff.services import (
    create_tenant,
    create_unit,
    create_user,
    end_role,
    give_role,
)

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 8, tzinfo=UTC)


def velby() -> Tenant:
    return create_tenant(kind=TenantKind.MUNICIPALITY, code="099", name="Velby", phone="demo")


def hired(tenant: Tenant) -> Membership:
    unit = create_unit(tenant=tenant, code="NORD", name="Jobteam Nord", phone="demo")
    user = create_user(tenant=tenant, name="Tine", issuer="demo", subject="tine", initials="TINE")
    return give_role(user=user, unit=unit, role=Role.CASEWORKER, at=AT, hours_week=Decimal(37))


def test_a_user_is_found_by_who_vouches_for_them(db: None) -> None:
    with as_role("worker"):
        tenant = velby()
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            role = hired(tenant)

    known = user_known_as("demo", "tine")
    assert known is not None
    assert (known.tenant_id, known.user_id) == (tenant.pk, role.user_id)


def test_a_role_that_has_ended_is_current_no_more(db: None) -> None:
    with as_role("worker"):
        tenant = velby()
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            end_role(membership=hired(tenant), at=LATER)

            assert Membership.objects.current(AT).count() == 1
            assert not Membership.objects.current(LATER).exists()


def test_one_set_of_initials_belongs_to_one_user(db: None) -> None:
    with as_role("worker"):
        tenant = velby()
        with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
            hired(tenant)
            with pytest.raises(IntegrityError), transaction.atomic():
                create_user(
                    tenant=tenant, name="Tina", issuer="demo", subject="tina", initials="TINE"
                )
