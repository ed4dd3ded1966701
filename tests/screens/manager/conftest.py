"""Karin's desk: a team that can be met, and Karin is signed in."""

import pytest
from django.test import Client

from tests.world.meetings import Office, build_office
from tests.world.municipality import World


@pytest.fixture
def office(world: World) -> Office:
    with world.building():
        return build_office(world.tenant, world.team, world.tine)


@pytest.fixture
def karin(office: Office) -> Client:
    """Karin's browser, signed in."""
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": "karin"})
    return client
