"""What there is of hours, seats and money: said by the manager, checked, and kept by day."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import Error, transaction

from tests.world.municipality import World, steering
from tests.world.offers import an_offer
from tests.world.plans import MONDAY, NOW
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import queries, services
from velvalgt.apps.priorities.models import CapacityPlan
from velvalgt.apps.staff.models import User

NOBODY = "00000000-0000-0000-0000-000000000007"
FLOOR = {"level": "far", "group": None, "efforts": ["course"], "at_least": 5}


def draft(world: World, **figures: Any) -> services.CapacityDraft:
    said = services.CapacityDraft(starts_on=MONDAY, unit_hours={str(world.team.pk): 37.0})
    return replace(said, **figures)


def planned(world: World, by: User | None = None, **figures: Any) -> CapacityPlan:
    return services.plan_capacity(
        tenant=world.tenant, draft=draft(world, **figures), by=by or world.karin, at=NOW
    )


def test_figures_hold_from_their_day_on(world: World) -> None:
    with steering(world):
        now = planned(world)
        later = planned(world, starts_on=date(2027, 1, 4), weeks=13)

        assert queries.capacity_on(date(2026, 12, 31)) == now
        assert queries.capacity_on(date(2027, 1, 4)) == later
        assert queries.capacity_on(date(2026, 11, 22)) is None
        assert queries.capacity_to_come(MONDAY) == [later]


def test_the_same_figures_again_write_nothing(world: World) -> None:
    with steering(world):
        first = planned(world, floors=[FLOOR], budget_oere=100_000)
        again = planned(world, floors=[FLOOR], budget_oere=100_000)

        assert again == first
        assert CapacityPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"weeks": 0}, "weeks"),
        ({"weeks": 53}, "weeks"),
        ({"unit_hours": {NOBODY: 3.0}}, f"unit_hours-{NOBODY}"),
        ({"effort_hours": {"course": -0.5}}, "effort_hours-course"),
        ({"effort_hours": {"course": float("inf")}}, "effort_hours-course"),
        ({"effort_hours": {"self_service": 1.0}}, "effort_hours-self_service"),
        ({"effort_hours": {"dancing": 1.0}}, "effort_hours-dancing"),
        ({"seats": {NOBODY: 3}}, f"seats-{NOBODY}"),
        ({"budget_oere": -1}, "budget_oere"),
        ({"floors": [FLOOR, {**FLOOR, "level": None}]}, "floors-1"),
        ({"floors": [{**FLOOR, "group": "G2"}]}, "floors-0"),
        ({"floors": [{**FLOOR, "level": "asleep"}]}, "floors-0"),
        ({"floors": [{**FLOOR, "efforts": ["self_service"]}]}, "floors-0"),
        ({"floors": [{**FLOOR, "at_least": 0}]}, "floors-0"),
        ({"floors": [{**FLOOR, "at_least": None}]}, "floors-0"),
    ],
)
def test_what_cannot_be_is_refused_by_its_place(
    world: World, wrong: dict[str, Any], place: str
) -> None:
    with steering(world), pytest.raises(services.CannotBePlanned) as refused:
        planned(world, **wrong)

    assert list(refused.value.errors) == [place]


def test_hours_below_nothing_are_refused_with_the_unit(world: World) -> None:
    key = str(world.team.pk)

    with steering(world), pytest.raises(services.CannotBePlanned) as refused:
        planned(world, unit_hours={key: -1.0})

    assert list(refused.value.errors) == [f"unit_hours-{key}"]


def test_seats_are_told_of_offers_of_the_catalogue(world: World) -> None:
    offer = an_offer(world)

    with steering(world):
        plan = planned(world, seats={offer.key: 12})

    assert plan.seats == {offer.key: 12}


def test_a_caseworker_writes_no_figures(world: World) -> None:
    with world.as_tine(), pytest.raises(Error, match="row-level security"), transaction.atomic():
        planned(world, by=world.tine)


def test_a_manager_writes_in_no_other_name(world: World) -> None:
    with steering(world), pytest.raises(Error, match="row-level security"), transaction.atomic():
        planned(world, by=world.tine)


def test_the_neighbour_sees_nothing_of_it(world: World) -> None:
    with steering(world):
        planned(world)

    with acting(world.neighbour.pk, world.karin.pk, Purpose.STEERING):
        assert queries.capacity_on(MONDAY) is None
