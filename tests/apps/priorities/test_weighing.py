"""Whose weeks count how much: the council's decision, or what is shipped."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import Error, transaction

from tests.world.municipality import World, steering
from tests.world.plans import MONDAY, NOW
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.models import NeedWeights
from velvalgt.apps.staff.models import User

ALIKE = {"close": 1.0, "some_help": 1.0, "at_risk": 1.0, "far": 1.0}
DECIDED = services.WeightsDraft(
    starts_on=MONDAY, weights=ALIKE, decided_on=date(2026, 11, 18), decision="Byrådet, punkt 12"
)


def decided(world: World, by: User | None = None, **figures: Any) -> NeedWeights:
    return services.decide_weights(
        tenant=world.tenant, draft=replace(DECIDED, **figures), by=by or world.karin, at=NOW
    )


def test_without_a_decision_the_starting_values_favour_those_far_from_work(world: World) -> None:
    with steering(world):
        holds = queries.weights_on(MONDAY)

    assert holds.decided is None
    assert [weight for _, weight in holds.by_level] == sorted(holds.weights.values())
    assert holds.weights["far"] > holds.weights["close"]


def test_a_decision_holds_from_its_day(world: World) -> None:
    with steering(world):
        decision = decided(world)

        assert queries.weights_on(MONDAY).decided == decision
        assert queries.weights_on(date(2026, 11, 22)).decided is None


def test_the_same_decision_again_writes_nothing(world: World) -> None:
    with steering(world):
        assert decided(world) == decided(world)
        assert NeedWeights.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"weights": {**ALIKE, "far": 0.0}}, "weights-far"),
        ({"weights": {**ALIKE, "close": -1.0}}, "weights-close"),
        ({"weights": {**ALIKE, "close": 101.0}}, "weights-close"),
        ({"weights": {**ALIKE, "close": float("nan")}}, "weights-close"),
        ({"weights": {"close": 1.0, "some_help": 1.0, "at_risk": 1.0}}, "weights-far"),
        ({"weights": {**ALIKE, "asleep": 1.0}}, "weights-asleep"),
        ({"decision": ""}, "decision"),
        ({"decided_on": date(2026, 11, 24)}, "decided_on"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(
    world: World, wrong: dict[str, Any], place: str
) -> None:
    with steering(world), pytest.raises(services.CannotBePlanned) as refused:
        decided(world, **wrong)

    assert list(refused.value.errors) == [place]


def test_everybody_reads_the_weights_and_only_the_manager_writes_them(world: World) -> None:
    with steering(world):
        decision = decided(world)

    with world.as_tine():
        assert queries.weights_on(MONDAY).decided == decision
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            decided(world, by=world.tine, decision="Tine")
