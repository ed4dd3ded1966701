"""How the plan stands: what it says in totals, how good it is, and how it is answered."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world.factories import CaseFactory, CitizenFactory
from tests.world.municipality import World, steering
from tests.world.plans import (
    MONDAY,
    NOW,
    PLAIN,
    a_capacity,
    a_plan,
    an_attempt,
    hours,
    level,
    suggested,
)  # fmt: skip
from tests.world.priorities import a_ground
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import queries
from velvalgt.apps.priorities.asking import PATIENCE
from velvalgt.apps.priorities.overview import gap_percent
from velvalgt.apps.staff.models import Unit

SEATS = {
    "key": "offer:none", "counted_in": "seats", "amount": 10.0, "used": 10.0, "wanted": 16.0,
    "price": 1.5, "price_low": 0.5, "price_high": 2.5,
}  # fmt: skip


def overview(world: World, **asked: Any) -> queries.Overview:
    with steering(world):
        return queries.plan_overview(MONDAY, NOW, **asked)


def test_more_hours_are_told_where_they_give_most(world: World) -> None:
    with world.building():
        south = Unit.objects.get(code="SYD")
        a_ground(world.tenant, world.mette)
        a_capacity(world.tenant, world.team)
        a_plan(world.tenant, hours(world.team), hours(south, price=0.02), SEATS)

    more = overview(world).more

    assert more is not None
    assert (more.line.name, more.weeks) == ("Jobteam Nord", 26)
    assert (more.gain, more.low, more.high) == pytest.approx((4.68, 2.08, 7.8))


def test_the_offer_that_lacks_most_seats_is_told(world: World) -> None:
    with world.building():
        a_ground(world.tenant, world.mette)
        a_plan(world.tenant, hours(world.team), SEATS, {**SEATS, "key": "x", "wanted": 11.0})

    scarcest = overview(world).scarcest

    assert scarcest is not None
    assert scarcest.short == 6


def test_once_the_ground_has_ended_no_gain_is_told(world: World) -> None:
    with world.building():
        a_capacity(world.tenant, world.team)
        a_plan(world.tenant, hours(world.team), SEATS)

    seen = overview(world)

    assert (seen.is_by_gain, seen.more, seen.scarcest) == (False, None, None)


def test_a_plain_plan_tells_hours_and_no_gain(world: World) -> None:
    lacking = hours(world.team, lacking=30.0, price=None, price_low=None, price_high=None)
    with world.building():
        a_capacity(world.tenant, world.team)
        a_plan(world.tenant, lacking, **PLAIN, gap=None, frontier=[], less=[])

    seen = overview(world)

    assert (seen.is_by_gain, seen.more, seen.gap_percent) == (False, None, None)
    assert seen.lacking is not None
    assert seen.lacking.lacking == 30


def test_a_group_of_fewer_than_five_is_named_and_not_counted(world: World) -> None:
    with world.building():
        a_plan(world.tenant)

    few = overview(world).groups[-1]

    assert few.group == "G6"
    assert (few.citizens, few.legal_hours, few.hours, few.weeks) == (None, None, None, None)


@pytest.mark.parametrize(
    ("gap", "percent"),
    [(0.0, 0.0), (0.000001, 0.01), (0.0001, 0.01), (0.00011, 0.02), (None, None)],
)
def test_a_gap_is_never_rounded_down(gap: float | None, percent: float | None) -> None:
    assert gap_percent(gap) == (percent if percent is None else pytest.approx(percent))


@pytest.mark.parametrize(
    ("attempt", "standing"),
    [
        ({}, "running"),
        ({"started_at": NOW - 2 * PATIENCE}, "silent"),
        ({"ended_at": NOW, "ended": "done"}, "done"),
        ({"ended_at": NOW, "ended": "broken_off", "words": "x"}, "broken_off"),
        ({"ended_at": NOW, "ended": "refused", "words": "x"}, "refused"),
    ],
)
def test_the_last_attempt_says_how_it_stands(
    world: World, attempt: dict[str, Any], standing: str
) -> None:
    with world.building():
        an_attempt(world.tenant, started_at=NOW - timedelta(days=1), ended_at=NOW, ended="done")
        an_attempt(world.tenant, **attempt)

    assert overview(world).standing == standing


def test_what_was_asked_for_waits_until_it_begins(world: World) -> None:
    with world.building():
        an_attempt(world.tenant, started_at=NOW - timedelta(hours=1), ended_at=NOW, ended="done")

    assert overview(world, asked_at=NOW - timedelta(seconds=5)).standing == "asked"
    assert overview(world, asked_at=NOW - 2 * PATIENCE).standing == "done"
    assert overview(world).standing == "done"


def test_without_any_attempt_there_is_nothing(world: World) -> None:
    seen = overview(world)

    assert (seen.standing, seen.run, seen.lines) == ("nothing", None, [])


def answered(world: World, accepted: int, other: int = 0, words: str = "") -> None:
    with world.building():
        run = a_plan(world.tenant)
        for number in range(accepted + other):
            citizen = CitizenFactory(tenant=world.tenant)
            CaseFactory(citizen=citizen, unit=world.team)
            reply = "accepted" if number < accepted else "other"
            suggested(run, citizen, world.tine, reply, words)


def acceptance(world: World) -> list[queries.AcceptanceLine]:
    with steering(world):
        return queries.acceptance_by_unit(MONDAY - timedelta(weeks=12))


def test_a_unit_is_told_by_how_it_answers(world: World) -> None:
    answered(world, 6, 2)

    [line] = acceptance(world)
    assert (line.unit, line.answered, line.accepted, line.share) == ("Jobteam Nord", 8, 6, 0.75)


def test_fewer_than_five_answers_are_not_told(world: World) -> None:
    with world.building():
        run = a_plan(world.tenant)
        for number in range(6):
            citizen = CitizenFactory(tenant=world.tenant)
            CaseFactory(citizen=citizen, unit=world.team)
            suggested(run, citizen, world.tine, "accepted" if number == 0 else "")

    [line] = acceptance(world)
    assert (line.suggested, line.shown, line.share) == (6, (None, None), None)


@pytest.mark.parametrize("purpose", [Purpose.CASE_WORK, Purpose.OWN_CASE])
def test_nobody_but_a_manager_counts_answers(world: World, purpose: Purpose) -> None:
    answered(world, 6, 2)

    with acting(world.tenant.pk, world.tine.pk, purpose, unit=world.team.pk):
        assert queries.acceptance_by_unit(MONDAY - timedelta(weeks=12)) == []


def test_a_unit_with_fewer_than_five_suggestions_is_not_told(world: World) -> None:
    answered(world, 4)

    assert acceptance(world) == []


@pytest.mark.parametrize(
    ("accepted", "other", "words", "is_asked"),
    [(20, 0, "", True), (19, 0, "", False), (19, 1, "", False), (20, 0, "Vi talte om det", False)],
)
def test_one_asks_where_nearly_all_of_many_are_accepted_without_a_word(
    world: World, accepted: int, other: int, words: str, is_asked: bool
) -> None:
    answered(world, accepted, other, words)

    [line] = acceptance(world)
    assert line.is_worth_a_talk == is_asked


def test_points_go_from_equal_weights_up_and_hide_the_few(world: World) -> None:
    with world.building():
        run = a_plan(world.tenant)
    run.frontier[0]["levels"] = [level("close", 4, 2, 3.0), level("far", 50, 10, 20.0)]

    points = queries.points(reversed(run.frontier))

    assert [point.number for point in points if point.is_chosen] == [3]
    assert points[0].near.share is None
    assert (points[0].far.share, points[0].far.weeks_each) == (0.2, 0.4)


def test_who_gets_less_is_told_and_the_few_are_not_counted(world: World) -> None:
    with world.building():
        run = a_plan(world.tenant)

    close, some_help = queries.less_lines(run.less)

    assert (close.citizens, close.weeks) == (16, 21)
    assert (some_help.citizens, some_help.weeks) == (None, None)


def test_the_neighbour_sees_no_plan(world: World) -> None:
    with world.building():
        a_plan(world.tenant)

    with acting(world.neighbour.pk, world.karin.pk, Purpose.STEERING):
        assert queries.plan_overview(MONDAY, NOW).run is None
