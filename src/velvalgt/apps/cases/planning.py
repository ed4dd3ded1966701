"""The verbs of the plan: write goals and steps, finish them, take them out, say yes or no.

Every verb writes new rows and then reads the plan again: an open goal without a next step is
refused, and with it all that led there.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.choices import Change, Owner, Side
from velvalgt.apps.cases.models import PlanChange, PlanReply, PlanVisit
from velvalgt.apps.cases.plans import Goal, needs_yes
from velvalgt.apps.cases.planwriting import (
    AnswerFirst,
    CannotChange,
    Hand,
    NewGoal,
    NewStep,
    clear_the_way,
    close,
    open_goal,
    open_step,
    write,
    write_goal,
    write_replies,
    write_step,
    written_just_now,
)
from velvalgt.apps.cases.turns import one_at_a_time
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


@transaction.atomic
def add_goal(*, citizen: Citizen, goal: NewGoal, first: NewStep, hand: Hand) -> UUID:
    """Write a goal with its first step (skrive et mål); a second click gives the goal of the first.

    Raises:
        PastDay, HoldsCpr: of what is written.
    """
    one_at_a_time(citizen.pk)
    same = written_just_now(citizen, Change.GOAL, hand).filter(words=goal.words).first()
    if same is not None:
        return same.goal
    key = new_id()
    write_goal(citizen, key, goal, hand)
    write_step(citizen, (key, new_id()), first, hand)
    close(citizen, key, goal.words, hand)
    return key


@transaction.atomic
def change_goal(*, citizen: Citizen, key: UUID, goal: NewGoal, hand: Hand) -> None:
    """Write a goal anew (ændre et mål); the earlier words stay as a version.

    Raises:
        NotOpen, AnswerFirst, HoldsCpr: as their names say.
    """
    one_at_a_time(citizen.pk)
    found = open_goal(citizen, key)
    if (found.now.words, found.now.why) == (goal.words, goal.why):
        return
    clear_the_way(found, hand)
    write_goal(citizen, key, goal, hand)
    close(citizen, key, goal.words, hand)


@transaction.atomic
def end_goal(*, citizen: Citizen, key: UUID, is_reached: bool, hand: Hand) -> None:
    """Close a goal (afslutte et mål): it is reached, or it is taken out.

    Raises:
        NotOpen, AnswerFirst: as their names say.
    """
    one_at_a_time(citizen.pk)
    found = open_goal(citizen, key)
    if is_reached:
        _reach(citizen, found, hand, waits=needs_yes(Change.GOAL_REACHED, hand.side, set()))
    else:
        clear_the_way(found, hand)
        if not found.is_proposed:
            waits = needs_yes(Change.GOAL_DROPPED, hand.side, set())
            words = found.now.words
            write(citizen, (key, None), Change.GOAL_DROPPED, hand, waits=waits, words=words)
    close(citizen, key, found.now.words, hand)


@transaction.atomic
def add_step(*, citizen: Citizen, goal_key: UUID, step: NewStep, hand: Hand) -> None:
    """Write one more step towards a goal (skrive et skridt); a second click writes nothing.

    Raises:
        NotOpen, PastDay, HoldsCpr: as their names say.
    """
    one_at_a_time(citizen.pk)
    open_goal(citizen, goal_key)
    written = written_just_now(citizen, Change.STEP, hand)
    if written.filter(goal=goal_key, words=step.words, due_on=step.due_on).exists():
        return
    write_step(citizen, (goal_key, new_id()), step, hand)
    close(citizen, goal_key, step.words, hand)


@transaction.atomic
def change_step(*, citizen: Citizen, key: UUID, step: NewStep, hand: Hand) -> None:
    """Write a step anew (ændre et skridt): other words, another day, another owner.

    Raises:
        NotOpen, AnswerFirst, PastDay, HoldsCpr: as their names say.
    """
    one_at_a_time(citizen.pk)
    goal, found = open_step(citizen, key)
    now, before = found.now, Owner(found.now.owner)
    if (now.words, now.due_on, before, now.owner_name) == (
        step.words, step.due_on, step.owner, step.owner_name
    ):  # fmt: skip
        return
    clear_the_way(found, hand)
    write_step(citizen, (goal.key, key), step, hand, before=None if found.is_proposed else before)
    close(citizen, goal.key, step.words, hand)


@transaction.atomic
def finish_step(
    *, citizen: Citizen, key: UUID, then: NewStep | None, reaches_goal: bool, hand: Hand
) -> None:
    """Mark a step as done (udføre et skridt), and say what comes then; a second click is one.

    Args:
        citizen: whose plan it is.
        key: the step.
        then: the step to take next; may be left out while other steps are open.
        reaches_goal: the goal is reached with it.
        hand: whose.

    Raises:
        NeedsNextStep: it was the last step, and nothing comes then.
        NotOpen, AnswerFirst, PastDay, HoldsCpr: as their names say.
    """
    one_at_a_time(citizen.pk)
    if written_just_now(citizen, Change.STEP_DONE, hand).filter(step=key).exists():
        return
    goal, found = open_step(citizen, key)
    if found.is_proposed:
        raise AnswerFirst(_("You have not both said yes to this step yet."))
    clear_the_way(found, hand)
    waits = needs_yes(Change.STEP_DONE, hand.side, {Owner(found.now.owner)})
    if reaches_goal:
        # The two wait together: a goal that is not yet reached keeps its last step.
        waits = waits or needs_yes(Change.GOAL_REACHED, hand.side, set())
        _reach(citizen, goal, hand, waits=waits)
    elif then is not None:
        write_step(citizen, (goal.key, new_id()), then, hand)
    words = found.now.words
    write(citizen, (goal.key, key), Change.STEP_DONE, hand, waits=waits, words=words)
    close(citizen, goal.key, words, hand)


@transaction.atomic
def drop_step(*, citizen: Citizen, key: UUID, hand: Hand) -> None:
    """Take a step out of the plan (fjerne et skridt), or take one's own proposal back.

    Raises:
        NeedsNextStep: it is the goal's last step.
        NotOpen, AnswerFirst: as their names say.
    """
    one_at_a_time(citizen.pk)
    goal, found = open_step(citizen, key)
    clear_the_way(found, hand)
    words = found.now.words
    if not found.is_proposed:
        waits = needs_yes(Change.STEP_DROPPED, hand.side, {Owner(found.now.owner)})
        write(citizen, (goal.key, key), Change.STEP_DROPPED, hand, waits=waits, words=words)
    close(citizen, goal.key, words, hand)


@transaction.atomic
def reply(*, citizen: Citizen, change: PlanChange, is_yes: bool, hand: Hand) -> None:
    """Say yes or no to a proposal (svare på forslag) and to what was proposed with it.

    A yes to a goal is a yes to the first step that came with it; a no to it is a no to all that
    waits under it. A no by the side that proposed it takes it back. A second click changes nothing.

    Raises:
        NeedsNextStep: the goal would be left without a next step.
        NotOpen: what it is about is closed.
        CannotChange: one's own proposal needs the other side's yes.
    """
    one_at_a_time(citizen.pk)
    if not change.needs_yes or PlanReply.objects.filter(change=change).exists():
        return
    if is_yes and Side(change.side) == hand.side:
        raise CannotChange(_("The other side has to say yes to this."))
    goal = open_goal(citizen, change.goal)
    if change.step is not None:
        open_step(citizen, change.step)
    waiting = PlanChange.objects.filter(
        citizen=citizen, goal=goal.key, needs_yes=True, reply__isnull=True
    )
    if is_yes or change.what != Change.GOAL or not goal.is_proposed:
        waiting = waiting.filter(proposed_at=change.proposed_at, side=change.side)
    write_replies(list(waiting), is_yes=is_yes, hand=hand)
    close(citizen, goal.key, change.words, hand)


def visit(*, citizen: Citizen, visitor: User, on: date, at: datetime) -> None:
    """Note that somebody reads a plan today (besøg), so that they are shown what is new next time.

    It is called when the page is read: one row a day.
    """
    if not PlanVisit.objects.filter(citizen=citizen, visitor=visitor, on=on).exists():
        row = PlanVisit(
            tenant_id=citizen.tenant_id, citizen=citizen, visitor=visitor, on=on, visited_at=at
        )
        PlanVisit.objects.bulk_create([row], ignore_conflicts=True)


def _reach(citizen: Citizen, goal: Goal, hand: Hand, *, waits: bool) -> None:
    """Write that a goal is reached; a citizen may have reached what they themself proposed."""
    is_own = goal.is_proposed and hand.side == Side.CITIZEN == Side(goal.now.side)
    if goal.is_proposed and not is_own:
        raise AnswerFirst(_("You have not both said yes to this goal yet."))
    if not is_own:
        clear_the_way(goal, hand)
    write(citizen, (goal.key, None), Change.GOAL_REACHED, hand, waits=waits, words=goal.now.words)
