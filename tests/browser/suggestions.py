"""A plan for two newcomers of Tine's, on a ground that holds; taken away again after each test."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Tenant

NAMES = ("Ali Forslag", "Berit Forslag")


def a_plan_suggests() -> None:
    """Ali is suggested a mentor, Berit a placement; both cases are Tine's."""
    from tests.world.priorities import a_ground, a_run, a_suggestion, a_turn
    from velvalgt.apps.staff.models import User

    tenant = _tenant()
    a_ground(tenant, User.objects.get(name="Mette"))
    run = a_run(tenant)
    ali, berit = (_citizen(tenant, name) for name in NAMES)
    a_suggestion(run, ali)
    a_suggestion(
        run, berit, effort="placement", reasons=["wish", "law:k3_first_for_all"], is_new=False
    )
    a_turn(run, ali, 1, "law:overdue", "mark:at_risk")
    a_turn(run, berit, 2, "wish")


def the_ground_ends() -> None:
    """Every ground is ended: the municipality is in plain mode, and the order of work stands."""
    from velvalgt.apps.priorities.models import BasisEnd, ProfilingBasis

    for basis in ProfilingBasis.objects.filter(end__isnull=True):
        BasisEnd.objects.create(
            basis=basis,
            tenant_id=basis.tenant_id,
            reason="Prøven er slut.",
            ended_by=basis.recorded_by,
            ended_at=basis.recorded_at,
        )


def it_is_over() -> None:
    """The cases are closed, and no plan holds that speaks of anybody."""
    from tests.browser.municipality import NOW, TODAY
    from tests.world.priorities import a_run
    from velvalgt.apps.cases.services import close_case
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.priorities.choices import Mode

    the_ground_ends()
    a_run(_tenant(), mode=Mode.PLAIN)
    for citizen in Citizen.objects.filter(name__in=NAMES):
        for case in citizen.cases.open():
            close_case(case=case, on=TODAY, at=NOW)


def _citizen(tenant: "Tenant", name: str) -> "Citizen":
    from datetime import date

    from tests.world.factories import CaseFactory, CitizenFactory, SpellFactory
    from velvalgt.apps.staff.models import Unit, User

    citizen = CitizenFactory(tenant=tenant, name=name)
    tine = User.objects.get(initials="TINE")
    CaseFactory(citizen=citizen, unit=Unit.objects.get(code="NORD"), caseworker=tine)
    SpellFactory(citizen=citizen, starts_on=date(2026, 11, 23))
    return citizen


def _tenant() -> "Tenant":
    from velvalgt.apps.staff.models import Tenant

    return Tenant.objects.get(code="099")
