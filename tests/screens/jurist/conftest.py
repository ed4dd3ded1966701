"""Mette's desk: Jørn asked for help today, the duties are reckoned, and Mette is signed in."""

from datetime import date

import pytest
from django.test import Client

from tests.world.factories import LONG_AGO, EntryFactory, SpellFactory
from tests.world.municipality import World, second_jurist
from tests.world.roles import as_role
from velvalgt.apps.duties.services import recompute

MONDAY = date(2026, 11, 23)


@pytest.fixture
def reckoned(world: World) -> World:
    """Jørn asked for help today, and what the law asks of him is reckoned."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
    with as_role("worker"):
        recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)
    return world


@pytest.fixture
def mette(reckoned: World) -> Client:
    """Mette's browser, signed in."""
    return signed_in("mette")


@pytest.fixture
def lone(reckoned: World) -> Client:
    """The browser of the second jurist, signed in."""
    with reckoned.building():
        second_jurist(reckoned)
    return signed_in("lone")


def signed_in(persona: str) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": persona})
    return client
