"""Nadia, new today: she signs in where Jørn does, so that a test begins with an empty case.

What is written in a preparation or a plan is never deleted; a newcomer for each test is how a test
leaves the municipality as it found it.
"""

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.browser.municipality import NOW, TODAY

if TYPE_CHECKING:
    from velvalgt.apps.cases.services import Hand
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

NAME = "Nadia"


def arrive() -> None:
    """Nadia gets a case with Tine, and Jørn's way in."""
    from tests.world.factories import LONG_AGO, CaseFactory, CitizenFactory, UserFactory
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.people.choices import Ground
    from velvalgt.apps.people.models import Access
    from velvalgt.apps.staff.models import Tenant, Unit, User

    tenant = Tenant.objects.get(code="099")
    user = UserFactory(tenant=tenant, name=NAME)
    citizen = CitizenFactory(tenant=tenant, name=NAME, user=user)
    Access.objects.create(
        tenant=tenant,
        citizen=citizen,
        user=user,
        purpose=Purpose.OWN_CASE,
        ground=Ground.SELF,
        starts_at=LONG_AGO,
    )
    tine = User.objects.get(initials="TINE")
    CaseFactory(citizen=citizen, unit=Unit.objects.get(code="NORD"), caseworker=tine)
    _let_in(user)


def leave() -> None:
    """Her case is closed, and Jørn signs in again."""
    from velvalgt.apps.cases.services import close_case
    from velvalgt.apps.people.models import Citizen

    for citizen in Citizen.objects.filter(name=NAME):
        for case in citizen.cases.open():
            close_case(case=case, on=TODAY, at=NOW)
    _let_in(Citizen.objects.get(name="Jørn").user)


def she_writes() -> None:
    """Nadia answers a question, suggests a goal, and would like to steer alone."""
    from velvalgt.apps.cases import services
    from velvalgt.apps.cases.choices import Owner, Side
    from velvalgt.apps.cases.questions import profile
    from velvalgt.apps.cases.services import Hand, NewGoal, NewStep, Terms

    citizen = _nadia()
    hand = Hand(Side.CITIZEN, citizen.user, NOW, TODAY)
    who = {"citizen": citizen, "side": hand.side, "by": hand.by, "at": hand.at}
    services.answer(**who, asked=profile(), given={"care": "Korte dage"}, skips_rest=False)
    services.add_goal(
        citizen=citizen,
        goal=NewGoal("Et job med cykler"),
        first=NewStep("Ring til Kaj", TODAY + timedelta(days=7), Owner.CITIZEN),
        hand=hand,
    )
    services.propose_self_steering(
        citizen=citizen,
        terms=Terms(
            goal="Et job med cykler",
            words="Jeg søger selv.",
            check_in_on=TODAY + timedelta(days=17),
            ends_on=TODAY + timedelta(days=70),
        ),
        hand=hand,
    )


def tine_says_yes() -> None:
    """Tine agrees to whatever Nadia has suggested, the agreement too."""
    from velvalgt.apps.cases import services
    from velvalgt.apps.cases.choices import Side
    from velvalgt.apps.cases.queries import agreement_of, plan_of

    citizen, hand = _nadia(), _tines_hand()
    for change in plan_of(citizen).waiting_for(Side.MUNICIPALITY):
        services.reply(citizen=citizen, change=change, is_yes=True, hand=hand)
    standing = agreement_of(citizen, TODAY)
    if standing is not None and standing.waits:
        services.answer_self_steering(
            citizen=citizen, agreement=standing.agreement, is_yes=True, hand=hand
        )


def tine_suggests() -> None:
    """Tine suggests a goal with a step for Nadia."""
    from velvalgt.apps.cases import services
    from velvalgt.apps.cases.choices import Owner
    from velvalgt.apps.cases.services import NewGoal, NewStep

    first = NewStep("Se på to steder", TODAY + timedelta(days=9), Owner.CITIZEN)
    services.add_goal(
        citizen=_nadia(),
        goal=NewGoal("Prøv et værksted", "Du er god til at reparere."),
        first=first,
        hand=_tines_hand(),
    )


def _nadia() -> "Citizen":
    from velvalgt.apps.people.models import Citizen

    return Citizen.objects.filter(name=NAME, cases__closed_on__isnull=True).latest("pk")


def _tines_hand() -> "Hand":
    from velvalgt.apps.cases.choices import Side
    from velvalgt.apps.cases.services import Hand
    from velvalgt.apps.staff.models import User

    return Hand(Side.MUNICIPALITY, User.objects.get(initials="TINE"), NOW, TODAY)


def _let_in(user: "User | None") -> None:
    from velvalgt.apps.staff.models import Identity

    Identity.objects.filter(issuer="demo", subject="joern").update(user=user)
