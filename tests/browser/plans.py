"""What Karin plans by: a plan by gain, a forecast that is reckoned, and the plan of before."""

from datetime import date

from tests.world.plans import NOW


def a_plan_by_gain() -> None:
    """A ground, capacities, and a plan in which Nord is the bottleneck and a course lacks seats."""
    from tests.world.plans import a_capacity, a_plan, hours
    from velvalgt.apps.priorities.models import CapacityPlan, ProfilingBasis
    from velvalgt.apps.staff.models import Tenant, Unit, User

    tenant = Tenant.objects.get(code="099")
    north, south = Unit.objects.get(code="NORD"), Unit.objects.get(code="SYD")
    ProfilingBasis.objects.create(
        tenant_id=tenant.pk, legal_ground="LAB § 10 (øvelse)", assessment="Konsekvensanalyse 3",
        assessed_on=date(2026, 10, 1), starts_on=date(2026, 11, 1), ends_on=date(2027, 11, 1),
        recorded_by=User.objects.get(name="Mette"), recorded_at=NOW,
    )  # fmt: skip
    if not CapacityPlan.objects.exists():
        a_capacity(tenant, north)
    seats = {
        "key": "budget", "counted_in": "kroner", "amount": 200_000.0, "used": 180_000.0,
        "price": 0.0002, "price_low": 0.0001, "price_high": 0.0003,
    }  # fmt: skip
    course = {
        "key": "Truckkort", "counted_in": "seats", "amount": 10.0, "used": 10.0, "wanted": 16.0,
        "price": 1.5, "price_low": 0.5, "price_high": 2.5,
    }  # fmt: skip
    short = hours(south, amount=40.0, legal=52.0, left=0.0, used=0.0, lacking=12.0, price=0.02)
    a_plan(tenant, hours(north), short, seats, course)


def a_plain_plan() -> None:
    """A plan by law, wishes and marks alone."""
    from tests.world.plans import PLAIN, a_plan, hours
    from velvalgt.apps.staff.models import Tenant, Unit

    none = {"price": None, "price_low": None, "price_high": None, "used": 0.0}
    line = hours(Unit.objects.get(code="NORD"), **none)
    tenant = Tenant.objects.get(code="099")
    a_plan(tenant, line, **PLAIN, gap=None, value=None, frontier=[], less=[])


def the_ground_ends() -> None:
    """The ground is called back, so that nobody else plans by it."""
    from velvalgt.apps.priorities.models import BasisEnd, ProfilingBasis
    from velvalgt.apps.staff.models import User

    for basis in ProfilingBasis.objects.filter(legal_ground="LAB § 10 (øvelse)", end=None):
        BasisEnd.objects.create(
            tenant_id=basis.tenant_id, basis=basis, reason="Øvelsen er slut.",
            ended_by=User.objects.get(name="Mette"), ended_at=NOW,
        )  # fmt: skip


def the_forecast_comes() -> None:
    """The job reckons what was asked for: twelve weeks more."""
    from tests.world.plans import reckoned
    from velvalgt.apps.priorities.models import Forecast
    from velvalgt.apps.staff.models import Unit

    for forecast in Forecast.objects.filter(result__isnull=True):
        reckoned(forecast, Unit.objects.get(code="NORD"))


def the_plan_is_made() -> None:
    """The job has made the plan that was asked for: now, by the clock."""
    from django.utils import timezone

    from tests.world.plans import an_attempt
    from velvalgt.apps.staff.models import Tenant

    now = timezone.now()
    an_attempt(Tenant.objects.get(code="099"), started_at=now, ended_at=now, ended="done")


def it_is_refused() -> None:
    """A plan was tried, and a floor could not be met."""
    from django.utils import timezone

    from tests.world.plans import an_attempt
    from velvalgt.apps.staff.models import Tenant

    now, words = timezone.now(), "Mindst 30 af gruppen får kursus: der er kun 20."
    tenant = Tenant.objects.get(code="099")
    an_attempt(tenant, started_at=now, ended_at=now, ended="refused", words=words)
