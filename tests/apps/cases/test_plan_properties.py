"""Whatever two people write in a plan, a goal has a next step, and the rows tell the same plan."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.apps.cases.conftest import MONDAY, step
from tests.world.municipality import World
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.models import PlanChange
from velvalgt.apps.cases.plans import Plan, Version, plan_of, replay
from velvalgt.apps.cases.services import Hand, NewGoal

VERBS = (
    "add_goal", "change_goal", "reach_goal", "drop_goal", "add_step", "change_step", "finish_step",
    "finish_and_reach", "drop_step", "yes", "no",
)  # fmt: skip
MOVES = st.lists(
    st.tuples(
        st.sampled_from(VERBS),
        st.sampled_from(Side),
        st.sampled_from(Owner),
        st.integers(0, 5),
        st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


class Rollback(Exception):
    """Leave the world as it was for the next example."""


def move(world: World, hand: Hand, verb: str, owner: Owner, pick: int, has_next: bool) -> None:
    """Do one thing to a goal or step of the plan, chosen by number; open or not."""
    citizen = world.joern
    new = step(f"Skridt {pick}", owner, pick, "Mester" if owner == Owner.SOMEBODY else "")
    goals = plan_of(citizen).goals
    steps = [each.key for goal in goals for each in goal.steps]
    waiting = list(PlanChange.objects.filter(needs_yes=True, reply__isnull=True).order_by("pk"))
    common = {"citizen": citizen, "hand": hand}
    a_goal = {"key": goals[pick % len(goals)].key} if goals else {}
    a_step = {"key": steps[pick % len(steps)]} if steps else {}
    a_change = {"change": waiting[pick % len(waiting)]} if waiting else {}
    then = new if has_next else None
    wanted: dict[str, tuple[Callable[..., object], dict[str, object], dict[str, object]]] = {
        "change_goal": (services.change_goal, a_goal, {"goal": NewGoal("Andet")}),
        "reach_goal": (services.end_goal, a_goal, {"is_reached": True}),
        "drop_goal": (services.end_goal, a_goal, {"is_reached": False}),
        "change_step": (services.change_step, a_step, {"step": new}),
        "finish_step": (services.finish_step, a_step, {"then": then, "reaches_goal": False}),
        "finish_and_reach": (services.finish_step, a_step, {"then": then, "reaches_goal": True}),
        "drop_step": (services.drop_step, a_step, {}),
        "yes": (services.reply, a_change, {"is_yes": True}),
        "no": (services.reply, a_change, {"is_yes": False}),
    }
    if verb == "add_step" and goals:
        services.add_step(**common, goal_key=goals[pick % len(goals)].key, step=new)
    elif verb in wanted and wanted[verb][1]:
        do, about, how = wanted[verb]
        do(**common, **about, **how)
    else:
        services.add_goal(**common, goal=NewGoal(f"Mål {pick}"), first=new)


def told(plan: Plan) -> list[object]:
    return [
        (g.key, g.now.pk, g.is_open, g.proposal, [(s.key, s.now.pk, s.end) for s in g.steps])
        for g in plan.goals
    ]


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(moves=MOVES, seed=st.integers(0, 1000))
def test_an_open_goal_always_has_a_next_step_and_replaying_gives_the_same_plan(
    world: World, joern_writes: Hand, tine_writes: Hand, moves: list[tuple], seed: int
) -> None:
    with pytest.raises(Rollback), world.as_tine(), transaction.atomic():
        for minute, (verb, side, owner, pick, has_next) in enumerate(moves):
            hand = joern_writes if side == Side.CITIZEN else tine_writes
            hand = replace(hand, at=hand.at + timedelta(minutes=2 * minute))
            try:
                with transaction.atomic():
                    move(world, hand, verb, owner, pick, has_next)
            except services.CannotChange:
                continue
            plan = plan_of(world.joern)
            assert all(goal.next_step for goal in plan.open_goals)
            assert all(step.now.due_on >= MONDAY for goal in plan.goals for step in goal.steps)

        rows = [Version(c, getattr(c, "reply", None)) for c in PlanChange.objects.all()]
        random.Random(seed).shuffle(rows)  # noqa: S311 - the order of rows, no secret
        assert told(replay(rows)) == told(plan_of(world.joern))
        raise Rollback
