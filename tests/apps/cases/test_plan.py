"""The plan: written by both, agreed by both, and no goal without a next step."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import Error, connection, transaction
from pytest_django import DjangoAssertNumQueries

from tests.apps.cases.conftest import MONDAY, NOW, later, step
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases import services
from velvalgt.apps.cases.choices import Owner, Side
from velvalgt.apps.cases.models import PlanChange, PlanReply, PlanVisit, Receipt
from velvalgt.apps.cases.plans import Goal, last_visit, next_own_step, plan_of, proposals_waiting
from velvalgt.apps.cases.queries import caseload
from velvalgt.apps.cases.services import Hand, NewGoal

GOAL = NewGoal("Et job i lageret", "Jeg kan lide orden")


def write(world: World, hand: Hand, owner: Owner = Owner.CITIZEN) -> UUID:
    return services.add_goal(citizen=world.joern, goal=GOAL, first=step(owner=owner), hand=hand)


def the_goal(world: World) -> Goal:
    (goal,) = plan_of(world.joern).goals
    return goal


def agreed(world: World, joern: Hand, tine: Hand) -> Goal:
    """Jørn's goal with a step of his own, to which Tine has said yes."""
    write(world, joern)
    services.reply(
        citizen=world.joern, change=the_goal(world).now, is_yes=True, hand=later(tine, 1)
    )
    return the_goal(world)


def test_a_goal_waits_for_the_other_sides_yes_and_ones_own_step_does_not(
    world: World, joern_writes: Hand
) -> None:
    with world.as_tine():
        write(world, joern_writes)
        goal = the_goal(world)

        assert goal.is_proposed
        assert goal.next_step is not None
        assert not goal.next_step.is_proposed
        assert plan_of(world.joern).waiting_for(Side.MUNICIPALITY) == [goal.now]
        assert plan_of(world.joern).waiting_for(Side.CITIZEN) == []


def test_a_yes_to_a_goal_is_a_yes_to_the_step_that_came_with_it(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        write(world, tine_writes, Owner.CITIZEN)
        assert plan_of(world.joern).waiting_for(Side.CITIZEN) == [the_goal(world).now]
        services.reply(
            citizen=world.joern, change=the_goal(world).now, is_yes=True, hand=joern_writes
        )

        goal = the_goal(world)
        assert not goal.is_proposed
        assert not goal.steps[0].is_proposed


def test_a_no_to_a_goal_takes_it_out_with_all_that_waits_under_it(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        write(world, tine_writes)
        services.add_step(
            citizen=world.joern,
            goal_key=the_goal(world).key,
            step=step("Kom på besøg"),
            hand=later(tine_writes),
        )
        services.reply(
            citizen=world.joern, change=the_goal(world).now, is_yes=False, hand=later(joern_writes)
        )

        assert plan_of(world.joern).goals == ()
        assert PlanReply.objects.filter(is_yes=False).count() == 3


def test_nobody_says_yes_to_their_own_proposal(world: World, joern_writes: Hand) -> None:
    with world.as_tine():
        write(world, joern_writes)

        with pytest.raises(services.CannotChange):
            services.reply(
                citizen=world.joern, change=the_goal(world).now, is_yes=True, hand=joern_writes
            )


def test_the_last_step_is_not_finished_without_a_next_one(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        first = agreed(world, joern_writes, tine_writes).steps[0]
        hand = later(joern_writes)

        with pytest.raises(services.NeedsNextStep), transaction.atomic():
            services.finish_step(
                citizen=world.joern, key=first.key, then=None, reaches_goal=False, hand=hand
            )
        with pytest.raises(services.NeedsNextStep), transaction.atomic():
            services.drop_step(citizen=world.joern, key=first.key, hand=hand)
        services.finish_step(
            citizen=world.joern,
            key=first.key,
            then=step("Send en ansøgning"),
            reaches_goal=False,
            hand=hand,
        )

        goal = the_goal(world)
        assert [done.now.words for done in goal.done_steps] == ["Ring til værkstedet"]
        assert goal.next_step is not None
        assert goal.next_step.now.words == "Send en ansøgning"


def test_a_citizen_may_say_that_the_goal_is_reached(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        first = agreed(world, joern_writes, tine_writes).steps[0]
        services.finish_step(
            citizen=world.joern,
            key=first.key,
            then=None,
            reaches_goal=True,
            hand=later(joern_writes),
        )

        assert the_goal(world).is_done
        assert plan_of(world.joern).open_goals == ()


def test_a_citizen_may_reach_a_goal_nobody_has_answered_yet(
    world: World, joern_writes: Hand
) -> None:
    with world.as_tine():
        write(world, joern_writes)
        services.end_goal(
            citizen=world.joern, key=the_goal(world).key, is_reached=True, hand=later(joern_writes)
        )

        assert the_goal(world).is_done
        assert plan_of(world.joern).waiting_for(Side.MUNICIPALITY) == []


def test_when_the_municipality_says_the_goal_is_reached_the_step_waits_with_it(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        services.finish_step(
            citizen=world.joern,
            key=goal.steps[0].key,
            then=None,
            reaches_goal=True,
            hand=later(tine_writes),
        )
        waiting = the_goal(world)
        assert waiting.is_open
        assert waiting.next_step is not None
        assert waiting.proposal is not None
        services.reply(
            citizen=world.joern, change=waiting.proposal, is_yes=True, hand=later(joern_writes, 20)
        )

        assert the_goal(world).is_done
        assert the_goal(world).steps[0].is_done


@pytest.mark.parametrize(
    ("owner", "waits"),
    [(Owner.MUNICIPALITY, False), (Owner.CITIZEN, True), (Owner.SOMEBODY, True)],
)
def test_what_the_municipality_promises_holds_at_once_and_what_it_asks_waits(
    world: World, joern_writes: Hand, tine_writes: Hand, owner: Owner, waits: bool
) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        new = step("Find en plads", owner, owner_name="Mester" if owner == Owner.SOMEBODY else "")
        services.add_step(citizen=world.joern, goal_key=goal.key, step=new, hand=later(tine_writes))

        found = next(s for s in the_goal(world).steps if s.now.words == "Find en plads")
        assert found.is_proposed == waits
        assert (found.now.unit == world.team) == (owner == Owner.MUNICIPALITY)


def test_a_promise_of_the_municipality_is_not_changed_without_the_citizens_yes(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        promise = step("Find en plads", Owner.MUNICIPALITY)
        services.add_step(
            citizen=world.joern, goal_key=goal.key, step=promise, hand=later(tine_writes)
        )
        key = next(s.key for s in the_goal(world).steps if s.now.owner == Owner.MUNICIPALITY)
        postponed = replace(promise, due_on=MONDAY + timedelta(days=60))
        services.change_step(
            citizen=world.joern, key=key, step=postponed, hand=later(tine_writes, 20)
        )

        found = plan_of(world.joern).step(key)
        assert found is not None
        assert found[1].now.due_on == promise.due_on
        assert found[1].change_that_waits is not None


def test_a_proposal_is_answered_before_another_is_made(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        other = NewGoal("Et job på havnen")
        services.change_goal(citizen=world.joern, key=goal.key, goal=other, hand=later(tine_writes))

        with pytest.raises(services.AnswerFirst), transaction.atomic():
            services.change_goal(
                citizen=world.joern,
                key=goal.key,
                goal=NewGoal("Et job i byen"),
                hand=later(joern_writes),
            )
        assert the_goal(world).now.words == GOAL.words


def test_whoever_thinks_again_replaces_their_own_proposal(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        for minutes, words in ((10, "Et job på havnen"), (20, "Et job i byen")):
            services.change_goal(
                citizen=world.joern,
                key=goal.key,
                goal=NewGoal(words),
                hand=later(tine_writes, minutes),
            )

        assert the_goal(world).proposal is not None
        assert the_goal(world).proposal.words == "Et job i byen"
        assert [v.is_taken_back for v in the_goal(world).versions] == [False, True, False]


def test_every_version_is_kept(world: World, joern_writes: Hand, tine_writes: Hand) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        services.change_step(
            citizen=world.joern,
            key=goal.steps[0].key,
            step=step("Ring til havnen"),
            hand=later(joern_writes),
        )

        found = the_goal(world).steps[0]
        assert found.now.words == "Ring til havnen"
        assert [v.change.words for v in found.past] == ["Ring til værkstedet"]


def test_a_second_click_writes_nothing(world: World, joern_writes: Hand) -> None:
    with world.as_tine():
        first, second = write(world, joern_writes), write(world, later(joern_writes, 0))

        assert first == second
        assert PlanChange.objects.count() == 2


def test_a_day_that_is_over_is_refused(world: World, joern_writes: Hand) -> None:
    with world.as_tine(), pytest.raises(services.PastDay):
        services.add_goal(citizen=world.joern, goal=GOAL, first=step(days=-1), hand=joern_writes)


def test_a_cpr_number_in_the_words_is_refused(world: World, joern_writes: Hand) -> None:
    with world.as_tine(), pytest.raises(services.HoldsCpr) as refusal:
        services.add_goal(
            citizen=world.joern,
            goal=NewGoal("Ring til 010180-1234"),
            first=step(),
            hand=joern_writes,
        )

    assert "010180" not in str(refusal.value)


def test_a_citizens_change_gives_a_receipt_and_a_caseworkers_none(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        agreed(world, joern_writes, tine_writes)

        assert [(r.deed, r.title) for r in Receipt.objects.all()] == [("plan", GOAL.words)]


def test_what_the_other_side_did_since_the_last_visit_is_marked(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    joern = joern_writes.by
    yesterday = NOW - timedelta(days=1)
    with world.as_tine():
        services.visit(citizen=world.joern, visitor=joern, on=yesterday.date(), at=yesterday)
        services.visit(citizen=world.joern, visitor=joern, on=MONDAY, at=NOW)
        services.visit(citizen=world.joern, visitor=joern, on=MONDAY, at=NOW)
        write(world, joern_writes)
        since = last_visit(world.joern, joern, MONDAY)
        assert since == yesterday
        assert not plan_of(world.joern, reader=joern, since=since).has_news

        services.reply(
            citizen=world.joern, change=the_goal(world).now, is_yes=True, hand=later(tine_writes)
        )
        assert plan_of(world.joern, reader=joern, since=since).has_news
        own = plan_of(world.joern, reader=world.tine, since=NOW)
        assert not own.has_news


def test_the_next_own_step_is_the_nearest_day_first(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        goal = agreed(world, joern_writes, tine_writes)
        for words, days, owner in (
            ("Skriv CV", 3, Owner.CITIZEN),
            ("Find plads", 1, Owner.MUNICIPALITY),
        ):
            hand = joern_writes if owner == Owner.CITIZEN else tine_writes
            services.add_step(
                citizen=world.joern,
                goal_key=goal.key,
                step=step(words, owner, days),
                hand=later(hand),
            )

        found = next_own_step(plan_of(world.joern))
        assert found is not None
        assert found[1].now.words == "Skriv CV"


def test_the_plan_takes_one_question_however_long_it_is(
    world: World,
    joern_writes: Hand,
    tine_writes: Hand,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with world.as_tine():
        agreed(world, joern_writes, tine_writes)
        with django_assert_num_queries(1):
            (goal,) = plan_of(world.joern).goals
            assert goal.now.proposed_by == joern_writes.by
            assert goal.versions[0].reply is not None


def test_the_worklist_hears_of_proposals_that_wait_for_us(
    world: World, joern_writes: Hand, tine_writes: Hand
) -> None:
    with world.as_tine():
        write(world, joern_writes)
        mine = caseload(world.tine.pk)
        assert [c.words for c in proposals_waiting(mine, Side.MUNICIPALITY)] == [GOAL.words]
        assert proposals_waiting(mine, Side.CITIZEN) == []

        services.reply(
            citizen=world.joern, change=the_goal(world).now, is_yes=True, hand=later(tine_writes)
        )
        assert proposals_waiting(mine, Side.MUNICIPALITY) == []


def test_another_unit_another_citizen_and_another_tenant_see_nothing(
    world: World, joern_writes: Hand
) -> None:
    with world.as_tine():
        write(world, joern_writes)
        services.visit(citizen=world.joern, visitor=world.tine, on=MONDAY, at=NOW)

    assert world.amalie.user is not None
    with world.building():
        other = world.elsewhere.cases.get().unit
    for tenant, user, purpose, unit in (
        (world.tenant, world.amalie.user, Purpose.OWN_CASE, None),
        (world.tenant, world.tine, Purpose.CASE_WORK, other.pk),
        (world.neighbour, world.tine, Purpose.CASE_WORK, world.team.pk),
    ):
        with acting(tenant.pk, user.pk, purpose, unit=unit):
            assert not PlanChange.objects.exists()
            assert not PlanVisit.objects.exists()


@pytest.mark.parametrize("table", ["cases_planchange", "cases_answer", "cases_planreply"])
def test_nothing_that_was_written_is_changed_or_deleted(
    world: World, joern_writes: Hand, table: str
) -> None:
    with world.building():
        write(world, joern_writes)
        for statement in (f"update {table} set side = 'x'", f"delete from {table}"):
            with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
