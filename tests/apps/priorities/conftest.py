"""A municipality for which a plan is made: Jørn has just come, Amalie has been talked with."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from tests.world.factories import LONG_AGO, MONDAY, EntryFactory, SpellFactory
from tests.world.municipality import World, overseeing
from tests.world.offers import a_start, an_offer
from tests.world.roles import as_role
from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.cases.models import NeedAssessment
from velvalgt.apps.priorities.models import CapacityPlan, ProfilingBasis, Run
from velvalgt.apps.priorities.services import replan

AT = datetime(2026, 11, 23, 4, 30, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Planned:
    """A world, and the plan that is made for it."""

    world: World

    def plan(self, on: date = MONDAY) -> Run:
        """Make the plan of a day, as the worker does."""
        with as_role("worker"):
            return replan(tenant=self.world.tenant, on=on, at=AT)

    def records_basis(self) -> None:
        """Mette writes down the ground on which people are weighed by gain."""
        with overseeing(self.world, self.world.mette):
            ProfilingBasis.objects.create(
                tenant_id=self.world.tenant.pk,
                legal_ground="LAB § 1",
                assessment="DPIA 7",
                assessed_on=MONDAY,
                starts_on=MONDAY,
                ends_on=date(2027, 6, 1),
                recorded_by=self.world.mette,
                recorded_at=AT,
            )

    def writes_capacities(self, **figures: object) -> None:
        """Karin writes down what there is."""
        said = {
            "weeks": 26,
            "unit_hours": {str(self.world.team.pk): 30.0},
            "effort_hours": {"frequent_contact": 6.0},
        }
        with self.world.building():
            CapacityPlan.objects.create(
                tenant_id=self.world.tenant.pk,
                starts_on=MONDAY,
                recorded_by=self.world.karin,
                recorded_at=AT,
                **(said | figures),
            )

    def assesses(self, level: NeedLevel = NeedLevel.AT_RISK) -> None:
        """Tine sees Jørn's need and Amalie's."""
        with self.world.building():
            for citizen in (self.world.joern, self.world.amalie):
                NeedAssessment.objects.create(
                    tenant_id=self.world.tenant.pk,
                    citizen=citizen,
                    level=level,
                    words="Vi har talt om det.",
                    assessed_by=self.world.tine,
                    assessed_at=LONG_AGO,
                )


def arrived(world: World) -> Planned:
    """Jørn asked for help on Monday; Amalie was talked with three weeks ago."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
        SpellFactory(citizen=world.amalie, benefit="dagpenge", target_group="G1")
        EntryFactory(citizen=world.amalie)
    return Planned(world)


def weighing(world: World) -> Planned:
    """The same, with a ground, a course, capacities and levels of need."""
    planned = arrived(world)
    a_start(world, an_offer(world, price_oere=100_000, price_source="aftale"))
    planned.records_basis()
    planned.writes_capacities()
    planned.assesses()
    return planned


@pytest.fixture
def planned(world: World) -> Planned:
    """A municipality that plans without profiling."""
    return arrived(world)


@pytest.fixture
def weighed(world: World) -> Planned:
    """A municipality that plans by assessment and published studies."""
    return weighing(world)
