"""A municipality with staff and citizens, and a neighbour with a citizen of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.world.factories import (
    LONG_AGO,
    CaseFactory,
    CitizenFactory,
    MembershipFactory,
    TenantFactory,
    UnitFactory,
    UserFactory,
)
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.people.choices import Ground
from velvalgt.apps.people.models import Access, Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Membership, Tenant, Unit, User


@dataclass(frozen=True, slots=True)
class World:
    """The people and places that most tests need."""

    tenant: Tenant
    team: Unit
    tine: User
    mette: User
    karin: User
    ib: User
    amalie: Citizen
    joern: Citizen
    elsewhere: Citizen  # in the tenant, in a unit that Tine is not in
    neighbour: Tenant
    stranger: Citizen  # in the neighbour's municipality

    @contextmanager
    def building(self) -> Iterator[None]:
        """Add to the world, as the worker does."""
        with as_role("worker"), acting(self.tenant.pk, SYSTEM, Purpose.IMPORT):
            yield

    @contextmanager
    def as_tine(self) -> Iterator[None]:
        """Look at the world as the web does for Tine."""
        with acting(self.tenant.pk, self.tine.pk, Purpose.CASE_WORK, unit=self.team.pk):
            yield


def build_world() -> World:
    """Build it, as the worker does."""
    with as_role("worker"):
        tenant = TenantFactory(code="099", name="Velby")
        neighbour = TenantFactory(code="098", name="Naboby")
        with acting(tenant.pk, SYSTEM, Purpose.IMPORT):
            home = _home(tenant)
        with acting(neighbour.pk, SYSTEM, Purpose.IMPORT):
            stranger = CitizenFactory(tenant=neighbour, name="Fremmed")
            CaseFactory(citizen=stranger, unit=UnitFactory(tenant=neighbour))
    return World(tenant=tenant, neighbour=neighbour, stranger=stranger, **home)


def _home(tenant: Tenant) -> dict[str, object]:
    team = UnitFactory(tenant=tenant, code="NORD", name="Jobteam Nord")
    other = UnitFactory(tenant=tenant, code="SYD", name="Jobteam Syd")
    law = UnitFactory(tenant=tenant, code="JURA", name="Jura")
    lead = UnitFactory(tenant=tenant, code="LEDELSE", name="Ledelse")
    house = UnitFactory(tenant=tenant, code="IT", name="It")
    tine = _member(team, Role.CASEWORKER, "tine", "Tine", initials="TINE")
    mette = _member(law, Role.JURIST, "mette", "Mette")
    _grant(tenant, unit=law, purpose=Purpose.LEGAL_OVERSIGHT, ground=Ground.OVERSIGHT)
    amalie = _citizen(tenant, "amalie", "Amalie")
    joern = _citizen(tenant, "joern", "Jørn")
    elsewhere = CitizenFactory(tenant=tenant, name="Sydpå")
    for citizen in (amalie, joern):
        CaseFactory(citizen=citizen, unit=team, caseworker=tine.user)
    CaseFactory(citizen=elsewhere, unit=other)
    return {
        "team": team,
        "tine": tine.user,
        "mette": mette.user,
        "karin": _member(lead, Role.MANAGER, "karin", "Karin").user,
        "ib": _member(house, Role.ADMINISTRATOR, "ib", "Ib").user,
        "amalie": amalie,
        "joern": joern,
        "elsewhere": elsewhere,
    }


def second_jurist(world: World) -> User:
    """Lone, who works beside Mette and may confirm what she records; built as the worker."""
    law = Unit.objects.get(tenant=world.tenant, code="JURA")
    return _member(law, Role.JURIST, "lone", "Lone").user


@contextmanager
def overseeing(world: World, jurist: User) -> Iterator[None]:
    """Look at the world as the web does for a jurist."""
    with acting(world.tenant.pk, jurist.pk, Purpose.LEGAL_OVERSIGHT):
        law = Unit.objects.get(code="JURA")
    with acting(world.tenant.pk, jurist.pk, Purpose.LEGAL_OVERSIGHT, unit=law.pk):
        yield


def _member(unit: Unit, role: Role, subject: str, name: str, **fields: object) -> Membership:
    user = UserFactory(tenant=unit.tenant, name=name, known_as=subject, **fields)
    return MembershipFactory(unit=unit, user=user, role=role)


def _citizen(tenant: Tenant, subject: str, name: str) -> Citizen:
    user = UserFactory(tenant=tenant, name=name, known_as=subject)
    citizen = CitizenFactory(tenant=tenant, name=name, user=user)
    _grant(tenant, citizen=citizen, user=user, purpose=Purpose.OWN_CASE, ground=Ground.SELF)
    return citizen


def _grant(tenant: Tenant, **grant: object) -> None:
    Access.objects.create(tenant=tenant, starts_at=LONG_AGO, **grant)


@contextmanager
def steering(world: World) -> Iterator[None]:
    """Look at the world as the web does for Karin, who leads the job centre."""
    with acting(world.tenant.pk, world.karin.pk, Purpose.STEERING):
        lead = Unit.objects.get(code="LEDELSE")
    with acting(world.tenant.pk, world.karin.pk, Purpose.STEERING, unit=lead.pk):
        yield
