"""Jørn came today, Amalie has talked with the municipality, and each has a browser."""

from datetime import date

import pytest
from django.test import Client

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.meetings import Office, build_office
from tests.world.municipality import World

MONDAY = date(2026, 11, 23)


@pytest.fixture
def monday(world: World) -> World:
    """Jørn asked for help today; Amalie was heard on Thursday."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
        SpellFactory(
            citizen=world.amalie,
            benefit="dagpenge",
            target_group="G1",
            starts_on=date(2026, 8, 18),
        )
        EntryFactory(citizen=world.amalie, on=date(2026, 11, 19))
    return world


@pytest.fixture
def office(monday: World) -> Office:
    """Tine and Hans can be met, nine to three."""
    with monday.building():
        return build_office(monday.tenant, monday.team, monday.tine)


@pytest.fixture
def joern(monday: World) -> Client:
    """Jørn's browser, signed in."""
    return signed_in("joern")


@pytest.fixture
def amalie(monday: World) -> Client:
    """Amalie's browser, signed in."""
    return signed_in("amalie")


def signed_in(persona: str) -> Client:
    """A browser in which a persona has signed in."""
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": persona})
    return client
