"""Tine's Monday in judgement mode: a ground holds, and a plan suggests a mentor for Jørn."""

import pytest

from tests.world.municipality import World
from tests.world.priorities import a_ground, a_run, a_suggestion
from velvalgt.apps.priorities.models import Suggestion


@pytest.fixture
def suggested(world: World) -> Suggestion:
    """What the plan that holds suggests for Jørn."""
    with world.building():
        a_ground(world.tenant, world.mette)
        return a_suggestion(a_run(world.tenant), world.joern)
