"""Somebody for each invitation: Vera is invited, Viggo let his days go by, Nadia was missed."""

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.browser import newcomer
from tests.browser.municipality import NOW, TODAY

if TYPE_CHECKING:
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

KEY = "first_interview"
RULE = "k3_first_for_all"


def new_people() -> None:
    """Vera and Viggo, each new on cash benefit with Tine; those of the test before move on."""
    from tests.world.factories import CaseFactory, CitizenFactory, SpellFactory
    from velvalgt.apps.cases.services import close_case
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Tenant, Unit

    for citizen in Citizen.objects.filter(name__in=["Vera", "Viggo"]):
        for case in citizen.cases.open():
            close_case(case=case, on=TODAY, at=NOW)
        Citizen.objects.filter(pk=citizen.pk).update(name="Borger fra i går")
    for name in ("Vera", "Viggo"):
        citizen = CitizenFactory(tenant=Tenant.objects.get(code="099"), name=name)
        CaseFactory(citizen=citizen, unit=Unit.objects.get(code="NORD"), caseworker=_tine())
        SpellFactory(citizen=citizen, starts_on=TODAY - timedelta(days=21))


def viggo_lets_his_days_go_by() -> None:
    """Viggo is invited, reminded, and chooses nothing."""
    from velvalgt.apps.meetings import services

    before = NOW - timedelta(days=14)
    invitation = _invited(_named("Viggo"), before)
    services.remind(invitation=invitation, by=None, at=before + timedelta(days=7))
    services.expire(invitation=invitation, by=None, at=NOW - timedelta(days=1))


def nadia_is_invited() -> None:
    """Nadia, who signs in as Jørn does, is invited."""
    from tests.world.factories import SpellFactory

    newcomer.arrive()
    nadia = _newest("Nadia")
    SpellFactory(citizen=nadia, starts_on=TODAY)
    _invited(nadia, NOW)


def nadia_is_missed() -> None:
    """Nadia had a meeting on Friday and did not come."""
    from tests.world.factories import SpellFactory
    from velvalgt.apps.meetings.models import Meeting, Outcome
    from velvalgt.apps.staff.models import Unit

    newcomer.arrive()
    nadia, friday = _newest("Nadia"), NOW - timedelta(days=3)
    SpellFactory(citizen=nadia, starts_on=TODAY - timedelta(days=20))
    meeting = Meeting.objects.create(
        tenant_id=nadia.tenant_id,
        citizen=nadia,
        type=KEY,
        starts_at=friday,
        ends_at=friday + timedelta(hours=1),
        way="phone",
        unit=Unit.objects.get(code="NORD"),
        caseworker=_tine(),
        booked_at=friday - timedelta(days=9),
    )
    Outcome.objects.create(
        tenant_id=nadia.tenant_id, citizen=nadia, meeting=meeting, result="missed", said_at=NOW
    )


def address_of_the_missed() -> str:
    """Under which name Nadia's missed meeting is found."""
    from velvalgt.apps.meetings.models import Meeting

    return str(Meeting.objects.filter(citizen=_newest("Nadia")).latest("booked_at").uid)


def _invited(citizen: "Citizen", at: object) -> "object":
    from velvalgt.apps.meetings import services
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.types import types

    return services.invite(
        citizen=citizen,
        asked=services.Asked(types()[KEY], (Way.OFFICE, Way.PHONE), RULE),
        permitted=frozenset(Way),
        by=None,
        at=at,  # type: ignore[arg-type]
    )


def _named(name: str) -> "Citizen":
    from velvalgt.apps.people.models import Citizen

    return Citizen.objects.get(name=name)


def _newest(name: str) -> "Citizen":
    from velvalgt.apps.people.models import Citizen

    return Citizen.objects.filter(name=name).order_by("-pk")[0]


def _tine() -> "User":
    from velvalgt.apps.staff.models import User

    return User.objects.get(initials="TINE")
