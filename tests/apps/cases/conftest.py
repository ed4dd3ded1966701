"""The two hands that write in Jørn's plan, and steps to write."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.world.municipality import World
from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.services import Hand, NewStep

MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def joern_writes(world: World) -> Hand:
    """Jørn's own hand."""
    assert world.joern.user is not None
    return Hand(Side.CITIZEN, world.joern.user, NOW, MONDAY)


@pytest.fixture
def tine_writes(world: World) -> Hand:
    """Tine's hand, for the municipality."""
    return Hand(Side.MUNICIPALITY, world.tine, NOW, MONDAY)


def later(hand: Hand, minutes: int = 10) -> Hand:
    """The same hand some minutes after."""
    return replace(hand, at=hand.at + timedelta(minutes=minutes))


def step(
    words: str = "Ring til værkstedet",
    owner: Owner = Owner.CITIZEN,
    days: int = 7,
    owner_name: str = "",
) -> NewStep:
    """A step a week from now."""
    return NewStep(words, MONDAY + timedelta(days=days), owner, owner_name)
