"""What somebody writes in a plan, whose hand it is, what cannot be written, and the rows of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Change, Deed, Owner, Side
from velvalgt.apps.cases.models import Case, PlanChange, PlanReply
from velvalgt.apps.cases.ownwords import refuse_cpr
from velvalgt.apps.cases.plans import Goal, Item, Step, needs_yes, plan_of
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.turns import SAME_CLICK
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class CannotChange(Exception):
    """The plan cannot be changed so; the message says why, and what to do instead."""


class NeedsNextStep(CannotChange):
    """A goal would stand without a next step."""


class AnswerFirst(CannotChange):
    """A proposal waits for an answer."""


class NotOpen(CannotChange):
    """It is done, taken out or not in the plan."""


class PastDay(CannotChange):
    """The day of a step is over already."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand writes in the plan: for which side, when, and on which working day."""

    side: Side
    by: User
    at: datetime
    today: date


@dataclass(frozen=True, slots=True)
class NewGoal:
    """A goal as somebody writes it, and why it matters to the citizen."""

    words: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step as somebody writes it: what, by when, by whom."""

    words: str
    due_on: date
    owner: Owner
    owner_name: str = ""


def open_goal(citizen: Citizen, key: UUID) -> Goal:
    """Find a goal that is worked for.

    Raises:
        NotOpen: it is reached, taken out or unknown.
    """
    goal = plan_of(citizen).goal(key)
    if goal is None or not goal.is_open:
        raise NotOpen(_("This goal is no longer open. Look at the plan as it is now."))
    return goal


def open_step(citizen: Citizen, key: UUID) -> tuple[Goal, Step]:
    """Find a step that is still to do, with its goal.

    Raises:
        NotOpen: it is done, taken out or unknown.
    """
    found = plan_of(citizen).step(key)
    if found is None or not found[0].is_open or not found[1].is_open:
        raise NotOpen(_("This step is no longer open. Look at the plan as it is now."))
    return found


def clear_the_way(item: Item, hand: Hand) -> None:
    """Take one's own waiting proposal back, to write another in its place.

    Raises:
        AnswerFirst: the proposal is the other side's.
    """
    if item.proposal is None:
        return
    if Side(item.proposal.side) != hand.side:
        raise AnswerFirst(_("There is a proposal about this. Say yes or no to it first."))
    write_replies([item.proposal], is_yes=False, hand=hand)


def write_goal(citizen: Citizen, key: UUID, goal: NewGoal, hand: Hand) -> None:
    """Write the words of a goal, for the other side to agree to."""
    refuse_cpr(goal.words, goal.why)
    waits = needs_yes(Change.GOAL, hand.side, set())
    write(citizen, (key, None), Change.GOAL, hand, waits=waits, words=goal.words, why=goal.why)


def write_step(
    citizen: Citizen,
    keys: tuple[UUID, UUID],
    step: NewStep,
    hand: Hand,
    *,
    before: Owner | None = None,
) -> None:
    """Write the words of a step, agreed or for the other side to agree to.

    Args:
        citizen: whose plan it is.
        keys: the goal's and the step's.
        step: what is written.
        hand: whose.
        before: who was to take it until now; None for a step that was not in the plan.

    Raises:
        PastDay, HoldsCpr: of what is written.
    """
    refuse_cpr(step.words, step.owner_name)
    if step.due_on < hand.today:
        raise PastDay(_("This day is over. Choose today or a later day."))
    case = None
    if step.owner == Owner.MUNICIPALITY:
        case = Case.objects.open().filter(citizen=citizen).select_related("unit").first()
    write(
        citizen,
        keys,
        Change.STEP,
        hand,
        waits=_step_waits(step, hand, before),
        words=step.words,
        due_on=step.due_on,
        owner=step.owner,
        owner_name=step.owner_name if step.owner == Owner.SOMEBODY else "",
        unit=case.unit if case else None,
    )


def _step_waits(step: NewStep, hand: Hand, before: Owner | None) -> bool:
    """Whether a written step waits; what the municipality promises anew holds at once."""
    if before is None and step.owner == Owner.MUNICIPALITY and hand.side == Side.MUNICIPALITY:
        return False
    return needs_yes(Change.STEP, hand.side, {step.owner, before or step.owner})


def write(
    citizen: Citizen,
    keys: tuple[UUID, UUID | None],
    what: Change,
    hand: Hand,
    *,
    waits: bool,
    **content: object,
) -> None:
    """Write one change of a goal, or of a step of it."""
    goal, step = keys
    PlanChange.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        goal=goal,
        step=step,
        what=what,
        needs_yes=waits,
        side=hand.side,
        proposed_by=hand.by,
        proposed_at=hand.at,
        **content,
    )


def write_replies(changes: Iterable[PlanChange], *, is_yes: bool, hand: Hand) -> None:
    """Write the same yes or no to some changes."""
    PlanReply.objects.bulk_create(
        PlanReply(
            tenant_id=change.tenant_id,
            citizen_id=change.citizen_id,
            change=change,
            is_yes=is_yes,
            side=hand.side,
            answered_by=hand.by,
            answered_at=hand.at,
        )
        for change in changes
    )


def written_just_now(citizen: Citizen, what: Change, hand: Hand) -> QuerySet[PlanChange]:
    """Give what the same person wrote a moment ago, to tell a second click from a second deed."""
    return PlanChange.objects.filter(
        citizen=citizen, what=what, proposed_by=hand.by, proposed_at__gt=hand.at - SAME_CLICK
    )


def close(citizen: Citizen, key: UUID, words: str, hand: Hand) -> None:
    """End a writing: refuse an open goal without a next step, and give the citizen a receipt.

    Raises:
        NeedsNextStep: the goal would have none.
    """
    goal = plan_of(citizen).goal(key)
    if goal is not None and goal.is_open and not goal.open_steps:
        raise NeedsNextStep(
            _("A goal has a next step. Write the next one, or say that the goal is reached.")
        )
    if hand.side == Side.CITIZEN:
        give_receipt(citizen=citizen, deed=Deed.PLAN, by=hand.by, at=hand.at, title=words)
