"""Duties follow the facts: recomputed for all, refreshed for one, never stale or doubled."""

from datetime import date

import pytest

from tests.world.factories import EntryFactory, SpellFactory
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.duties.models import Duty
from velvalgt.apps.duties.services import recompute

MONDAY = date(2026, 11, 23)


@pytest.fixture
def joern_arrived(world: World) -> World:
    """Jørn asked for help on Monday and is job-ready on cash benefit."""
    with world.building():
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
    return world


def reckoned(world: World) -> list[tuple[str, str, date | None]]:
    with as_role("worker"):
        recompute(tenant=world.tenant, on=MONDAY)
    with world.as_tine():
        duties = Duty.objects.of_citizen(world.joern.pk).order_by("rule_id")
        return [(d.rule_id, d.status, d.due) for d in duties]


def test_joern_owes_his_first_interview_within_a_week(joern_arrived: World) -> None:
    assert ("k3_first_for_all", "upcoming", date(2026, 11, 30)) in reckoned(joern_arrived)


def test_reckoning_twice_changes_nothing(joern_arrived: World) -> None:
    assert reckoned(joern_arrived) == reckoned(joern_arrived)
