"""The nightly reckoning runs once a night, at four in Copenhagen, in winter and in summer."""

from datetime import UTC, datetime

import pytest

from tests.world.factories import MONDAY, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.duties.models import Reckoning
from velvalgt.apps.duties.tasks import reckon_duties


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
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)

    with as_role("worker"):
        reckon_duties(timestamp=int(called_at.timestamp()))

    with world.as_tine():
        assert Reckoning.objects.filter(citizen=world.joern).exists() is runs
