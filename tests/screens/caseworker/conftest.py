"""Tine's Monday: Jørn came today, Amalie has been heard, and Tine is signed in."""

from datetime import date

import pytest
from django.test import Client

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World

MONDAY = date(2026, 11, 23)


@pytest.fixture
def monday(world: World) -> World:
    """Jørn asked for help today; Amalie has talked with her a-kasse and the municipality."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
        SpellFactory(
            citizen=world.amalie,
            benefit="dagpenge",
            target_group="G1",
            starts_on=date(2026, 8, 18),
        )
        for actor, day in (("a_kasse", date(2026, 8, 28)), ("municipality", date(2026, 11, 19))):
            EntryFactory(citizen=world.amalie, actor=actor, on=day)
    return world


@pytest.fixture
def tine(monday: World) -> Client:
    """Tine's browser, signed in."""
    return signed_in("tine")


def signed_in(persona: str) -> Client:
    """A browser in which a persona has signed in."""
    client = Client(headers={"accept-language": "en"})
    client.post("/session/", {"persona": persona})
    return client
