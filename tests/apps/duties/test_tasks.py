"""The nightly reckoning runs once a night, at four in Copenhagen, in winter and in summer."""

from datetime import UTC, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world.factories import MONDAY, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.duties.models import Reckoning
from velvalgt.apps.duties.tasks import reckon_duties, reckon_tenant


@pytest.mark.parametrize(
    ("called_at", "runs"),
    [
        (datetime(2026, 11, 23, 2, tzinfo=UTC), False),
        (datetime(2026, 11, 23, 3, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 2, tzinfo=UTC), True),
        (datetime(2026, 7, 6, 3, tzinfo=UTC), False),
    ],
)
def test_it_runs_at_four_in_copenhagen(world: World, called_at: datetime, runs: bool) -> None:
    with as_role("worker"):
        reckon_duties(timestamp=int(called_at.timestamp()))
        jobs = ProcrastinateJob.objects.filter(task_name=reckon_tenant.name)
        asked = [job.args["day"] for job in jobs.filter(args__tenant_id=str(world.tenant.pk))]

    assert asked == ["2026-11-23"] * runs


def test_a_tenants_night_reckons_its_duties_and_says_so_in_the_log(world: World) -> None:
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)

    with as_role("worker"):
        reckon_tenant(tenant_id=str(world.tenant.pk), day="2026-11-23")

    with world.building():
        ran = Trace.objects.get(action=Action.RUN)
        assert Reckoning.objects.filter(citizen=world.joern).exists()
        assert (ran.what, ran.count) == ("duties_recompute", 3)
