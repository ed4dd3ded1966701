"""Searching forgives, shows only one's own, and stands in the log without the words."""

from datetime import UTC, datetime

import pytest

from tests.world.factories import CaseFactory, CitizenFactory
from tests.world.municipality import World
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.people.queries import search

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def named(world: World) -> World:
    """Tine's team has two with names to misspell; Team Syd has a third."""
    with world.building():
        for name in ("Søren Kierkegaard", "Åse Lindstrøm"):
            citizen = CitizenFactory(tenant=world.tenant, name=name)
            CaseFactory(citizen=citizen, unit=world.team)
        south = world.elsewhere.cases.get().unit
        CaseFactory(citizen=CitizenFactory(tenant=world.tenant, name="Søren Kirkegård"), unit=south)
    return world


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("Søren", "Søren Kierkegaard"),
        ("soren", "Søren Kierkegaard"),
        ("kirkegaard", "Søren Kierkegaard"),
        ("åse", "Åse Lindstrøm"),
        ("  ase   lindstrom ", "Åse Lindstrøm"),
    ],
)
def test_a_half_remembered_name_finds_its_citizen(named: World, asked: str, name: str) -> None:
    with named.as_tine():
        assert [citizen.name for citizen in search(asked, at=NOW)] == [name]


@pytest.mark.parametrize("asked", ["", "s", "%", "_", "' or true --", "\x00", "Fremmed", "Sydpå"])
def test_what_is_no_name_or_not_ones_own_finds_nobody(named: World, asked: str) -> None:
    with named.as_tine():
        assert search(asked, at=NOW) == []


def test_a_search_is_logged_without_its_words(named: World) -> None:
    with named.as_tine():
        search("Søren", at=NOW)

        line = Trace.objects.get(action=Action.SEARCH)
        assert (line.what, line.count, line.citizen_id) == ("citizens_by_name", 1, None)
