"""The world with its office, and as Tine sees it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.world.meetings import Office, build_office
from tests.world.municipality import World


@pytest.fixture
def office(world: World) -> Office:
    with world.building():
        return build_office(world.tenant, world.team, world.tine)


@pytest.fixture
def tine(world: World, office: Office) -> Iterator[World]:
    with world.as_tine():
        yield world


@pytest.fixture
def in_english() -> Iterator[None]:
    """Refusals as an English reader sees them."""
    with translation.override("en"):
        yield
