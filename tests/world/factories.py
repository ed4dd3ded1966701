"""Factories of the stations' records; a test names only what matters to it."""

from datetime import UTC, date, datetime
from typing import Any

import factory
from factory.django import DjangoModelFactory

from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Case, Entry
from velvalgt.apps.people.choices import Ground
from velvalgt.apps.people.models import Access, Citizen, Spell
from velvalgt.apps.staff.choices import Role, TenantKind
from velvalgt.apps.staff.models import Identity, Membership, Tenant, Unit, User

MONDAY = date(2026, 11, 23)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


class TenantFactory(DjangoModelFactory[Tenant]):
    """A municipality that stands still on the demo's Monday."""

    class Meta:
        model = Tenant

    kind = TenantKind.MUNICIPALITY
    code = factory.Sequence(lambda n: f"t{n}")
    name = factory.Sequence(lambda n: f"Kommune {n}")
    phone = "demo"
    frozen_on = MONDAY


class UnitFactory(DjangoModelFactory[Unit]):
    """A unit of a tenant."""

    class Meta:
        model = Unit

    tenant = factory.SubFactory(TenantFactory)
    code = factory.Sequence(lambda n: f"u{n}")
    name = factory.Sequence(lambda n: f"Enhed {n}")
    phone = "demo"


class UserFactory(DjangoModelFactory[User]):
    """Somebody with an identity."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    tenant = factory.SubFactory(TenantFactory)
    name = factory.Sequence(lambda n: f"Bruger {n}")

    @factory.post_generation
    def known_as(self: User, create: bool, extracted: str | None, **_: Any) -> None:
        """Give an identity by the issuer "demo"."""
        subject = extracted or str(self.pk)
        Identity.objects.create(tenant=self.tenant, user=self, issuer="demo", subject=subject)


class MembershipFactory(DjangoModelFactory[Membership]):
    """A role in a unit, now and long since."""

    class Meta:
        model = Membership

    tenant = factory.LazyAttribute(lambda m: m.unit.tenant)
    unit = factory.SubFactory(UnitFactory)
    user = factory.SubFactory(UserFactory, tenant=factory.SelfAttribute("..unit.tenant"))
    role = Role.CASEWORKER
    starts_at = LONG_AGO


class CitizenFactory(DjangoModelFactory[Citizen]):
    """A citizen; the CPR field holds random bytes that no key opens."""

    class Meta:
        model = Citizen

    class Params:
        tenant = factory.SubFactory(TenantFactory)

    tenant_id = factory.SelfAttribute("tenant.pk")
    name = factory.Sequence(lambda n: f"Borger {n}")
    born_on = date(1980, 1, 1)
    cpr_sealed = b"sealed"
    cpr_index = factory.LazyFunction(lambda: new_id().bytes)
    source = "test"
    external_key = factory.Sequence(lambda n: f"c{n}")


class RecordFactory(DjangoModelFactory[Any]):
    """A record about a citizen, in the citizen's tenant."""

    class Meta:
        abstract = True

    citizen = factory.SubFactory(CitizenFactory)
    tenant_id = factory.SelfAttribute("citizen.tenant_id")


class SpellFactory(RecordFactory):
    """A running spell on cash benefit."""

    class Meta:
        model = Spell

    benefit = "kontanthjaelp"
    target_group = "G2"
    municipality = "099"
    starts_on = date(2026, 10, 5)


class EntryFactory(RecordFactory):
    """An interview that the municipality held in person."""

    class Meta:
        model = Entry

    kind = Kind.INTERVIEW
    on = date(2026, 11, 2)
    actor = Actor.MUNICIPALITY
    form = "in_person"
    recorded_at = LONG_AGO


class CaseFactory(RecordFactory):
    """An open case in a unit, which may see the citizen for it."""

    class Meta:
        model = Case
        skip_postgeneration_save = True

    unit = factory.SubFactory(UnitFactory)
    opened_on = date(2026, 1, 1)

    @factory.post_generation
    def access(self: Case, create: bool, extracted: object, **_: Any) -> None:
        """Grant what opening a case grants."""
        Access.objects.create(
            tenant_id=self.tenant_id,
            citizen=self.citizen,
            unit=self.unit,
            purpose=Purpose.CASE_WORK,
            ground=Ground.CASE,
            starts_at=LONG_AGO,
        )
