"""A manager asks for a plan, or for what a plan would be; a job does the work."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import Error, connection, transaction

from tests.world.municipality import World, steering
from tests.world.plans import MONDAY, NOW, a_capacity, reckoned
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.asking import PATIENCE
from velvalgt.apps.priorities.models import Forecast


def asked_of_the_worker() -> list[tuple[str, dict[str, Any]]]:
    with as_role("owner"), connection.cursor() as cursor:
        cursor.execute("select task_name, args from procrastinate_jobs where queue_name = 'plans'")
        return [(name.rpartition(".")[2], json.loads(args)) for name, args in cursor.fetchall()]


def draft(world: World) -> dict[str, Any]:
    capacity = services.CapacityDraft(starts_on=MONDAY, unit_hours={str(world.team.pk): 40.0})
    return queries.draft_of(on=MONDAY, capacity=capacity, beside={})


def forecast(world: World, at: Any = NOW) -> Forecast:
    return services.ask_for_forecast(draft=draft(world), by=world.karin, at=at)


def test_a_plan_is_asked_for_once_however_often_one_clicks(world: World) -> None:
    with steering(world):
        services.ask_for_plan(on=MONDAY)
        services.ask_for_plan(on=MONDAY)

    wanted = {
        "tenant_id": str(world.tenant.pk), "day": "2026-11-23", "asked_by": str(world.karin.pk),
    }  # fmt: skip
    assert asked_of_the_worker() == [("replan_tenant", wanted)]


def test_a_caseworker_asks_for_no_plan(world: World) -> None:
    with (
        world.as_tine(),
        pytest.raises(Error, match="asked for by a manager"),
        transaction.atomic(),
    ):
        services.ask_for_plan(on=MONDAY)


def test_a_forecast_is_asked_for_once_while_it_waits(world: World) -> None:
    with steering(world):
        first, again = forecast(world), forecast(world)

    assert again == first
    assert [name for name, _ in asked_of_the_worker()] == ["reckon_forecast"]


def test_one_that_never_came_or_has_come_is_asked_for_anew(world: World) -> None:
    with steering(world):
        lost = forecast(world)
        anew = forecast(world, at=NOW + 2 * PATIENCE)
    with world.building(), acting(world.tenant.pk, SYSTEM, Purpose.STEERING):
        reckoned(anew, world.team)
    with steering(world):
        third = forecast(world, at=NOW + 2 * PATIENCE + timedelta(seconds=5))

    assert len({lost.pk, anew.pk, third.pk}) == 3
    assert queries.is_overdue(lost, NOW + 2 * PATIENCE)
    assert not queries.is_overdue(anew, NOW + 9 * PATIENCE)


def test_what_is_not_tried_is_as_it_holds(world: World) -> None:
    with world.building():
        a_capacity(world.tenant, world.team)
    weights = {"close": 1.0, "some_help": 2.0, "at_risk": 3.0, "far": 4.0}

    with steering(world):
        tried = queries.draft_of(on=MONDAY, weights=weights, beside={})

    assert tried["weights"] == weights
    assert tried["capacity"]["unit_hours"] == {str(world.team.pk): 20.0}
    assert tried["capacity"]["weeks"] == 26


def test_weights_are_not_tried_before_there_is_a_capacity(world: World) -> None:
    weights = queries.weights_on(MONDAY).weights

    with steering(world), pytest.raises(services.NoCapacityYet):
        queries.draft_of(on=MONDAY, weights=weights, beside={})


def test_a_forecast_says_what_more_it_gives(world: World) -> None:
    with steering(world):
        asked = forecast(world)
        assert queries.compared(asked) is None
    with world.building(), acting(world.tenant.pk, SYSTEM, Purpose.STEERING):
        reckoned(asked, world.team)
        said = queries.compared(asked)

    assert said is not None
    assert said.weeks is not None
    assert said.weeks.more == 12
    assert [pair.name for pair in said.capacities] == ["Jobteam Nord"]
    assert [pair.after.share for pair in said.levels] == [14 / 40, 20 / 40, 13 / 20, 13 / 20]


def test_a_caseworker_and_the_neighbour_see_no_forecast(world: World) -> None:
    with steering(world):
        asked = forecast(world)
        assert queries.forecast_of(asked.pk) == asked

    with world.as_tine():
        assert queries.forecast_of(asked.pk) is None
    with acting(world.neighbour.pk, world.karin.pk, Purpose.STEERING):
        assert queries.forecast_of(asked.pk) is None
