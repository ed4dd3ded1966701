"""What the demo tells of citizens' own data: Grethe acts for Jørn, and he has asked to correct."""

from datetime import datetime

from velvalgt.apps.cases.services import let_act, request_correction, say_yes
from velvalgt.apps.people.choices import Choice, Fact, PowerKind
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.queries import Known
from velvalgt.apps.people.services import hold_power
from velvalgt.apps.staff.models import Tenant
from velvalgt.apps.staff.services import create_user

ISSUER = "demo"


def tell(tenant: Tenant, at: datetime) -> None:
    """Let Jørn's sister act for him, and Jørn and Amalie say a word about their data."""
    today = tenant.working_day(at.date())
    joern, amalie = (_named(subject) for subject in ("joern", "amalie"))
    if joern.user is None or amalie.user is None:
        raise LookupError("the demo's citizens sign in before they say anything")
    grethe = create_user(tenant=tenant, name="Grethe", issuer=ISSUER, subject="grethe")
    given = let_act(
        citizen=joern,
        kind=PowerKind.PARTY_REPRESENTATIVE,
        name="Grethe, min søster",
        by=joern.user,
        today=today,
        at=at,
    )
    hold_power(power=given.power, user=grethe, at=at)
    request_correction(
        citizen=joern,
        known=Known(Fact.OTHER, ""),
        should_be="Jeg har kørt truck i 12 år. Det står ingen steder.",
        why="Mit certifikat ligger i skuffen. Jeg tager det med.",
        by=joern.user,
        at=at,
    )
    say_yes(citizen=amalie, choice=Choice.COMPANY_CONTACT, by=amalie.user, at=at)


def _named(subject: str) -> Citizen:
    citizens = Citizen.objects.select_related("user")
    return citizens.get(user__identities__issuer=ISSUER, user__identities__subject=subject)
