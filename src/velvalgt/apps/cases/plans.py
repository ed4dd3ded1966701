"""What a citizen's plan is now, read from everything that was ever written in it.

A change holds from when it was written, or, where it needed the other side's yes, from when that
came. Replaying the rows in the order in which they came to hold gives the plan; nothing else is
stored, so the same rows give the same plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from velvalgt.apps.cases.choices import Change, Owner, Side
from velvalgt.apps.cases.models import CaseQuerySet, PlanChange, PlanReply, PlanVisit
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

WRITTEN = (Change.GOAL, Change.STEP)


@dataclass(frozen=True, slots=True)
class Version:
    """A change with the answer to it."""

    change: PlanChange
    reply: PlanReply | None

    @property
    def holds(self) -> bool:
        """It needed no yes, or got one."""
        return not self.change.needs_yes or (self.reply is not None and self.reply.is_yes)

    @property
    def waits(self) -> bool:
        """It needs the other side's yes, and has no answer."""
        return self.change.needs_yes and self.reply is None

    @property
    def moment(self) -> datetime:
        """When it came to hold, was turned down, or began to wait."""
        return self.reply.answered_at if self.reply else self.change.proposed_at

    @property
    def is_taken_back(self) -> bool:
        """The side that proposed it thought better of it."""
        return self.reply is not None and not self.reply.is_yes and self.reply.side == self.side

    @property
    def side(self) -> Side:
        """Who wrote it."""
        return Side(self.change.side)

    def is_news(self, since: datetime | None, reader: User | None) -> bool:
        """Whether somebody else did it since the reader's last visit."""
        hand = self.reply.answered_by_id if self.reply else self.change.proposed_by_id
        return since is not None and self.moment > since and (not reader or hand != reader.pk)


@dataclass(frozen=True, slots=True)
class Item:
    """What goals and steps of a plan have in common: versions, and at most one proposal."""

    key: UUID
    versions: tuple[Version, ...]
    now: PlanChange
    """The words to show: those that hold, else those that are proposed."""
    is_proposed: bool
    """The whole of it waits for a yes."""
    proposal: PlanChange | None
    """What waits for the other side's yes."""
    end: PlanChange | None
    """What closed it: done or reached, or taken out."""
    is_news: bool

    @property
    def is_open(self) -> bool:
        """Neither done nor taken out."""
        return self.end is None

    @property
    def is_done(self) -> bool:
        """Done, or reached."""
        return self.end is not None and self.end.what in {Change.STEP_DONE, Change.GOAL_REACHED}

    @property
    def change_that_waits(self) -> PlanChange | None:
        """A proposal about something that is in the plan already."""
        return None if self.is_proposed else self.proposal

    @property
    def past(self) -> list[Version]:
        """All that was written about it besides what stands now and what waits."""
        return [v for v in self.versions if v.change not in (self.now, self.proposal)]


@dataclass(frozen=True, slots=True)
class Step(Item):
    """A step towards a goal (skridt): what, by whom, by when."""


@dataclass(frozen=True, slots=True)
class Goal(Item):
    """A goal of the plan (mål) with its steps, those to take first."""

    steps: tuple[Step, ...]

    @property
    def open_steps(self) -> tuple[Step, ...]:
        """What is still to do, the nearest day first."""
        return tuple(step for step in self.steps if step.is_open)

    @property
    def done_steps(self) -> tuple[Step, ...]:
        """What was done, in the order it was."""
        return tuple(step for step in self.steps if step.is_done)

    @property
    def next_step(self) -> Step | None:
        """The step to take first; every open goal has one."""
        return next(iter(self.open_steps), None)

    @property
    def has_one_step(self) -> bool:
        """Whether the next step is the last one, after which something has to come."""
        return len(self.open_steps) == 1

    @property
    def history(self) -> list[Version]:
        """What was written about the goal and its steps before, newest first."""
        past = self.past + [version for step in self.steps for version in step.past]
        return sorted(past, key=lambda v: (v.change.proposed_at, v.change.pk), reverse=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """A citizen's plan (min plan): its goals, oldest first."""

    goals: tuple[Goal, ...] = ()

    @property
    def open_goals(self) -> tuple[Goal, ...]:
        """What is worked for now."""
        return tuple(goal for goal in self.goals if goal.is_open)

    @property
    def reached(self) -> tuple[Goal, ...]:
        """What was reached."""
        return tuple(goal for goal in self.goals if goal.is_done)

    @property
    def has_news(self) -> bool:
        """Whether somebody else changed something since the reader's last visit."""
        return any(goal.is_news or any(s.is_news for s in goal.steps) for goal in self.goals)

    def waiting_for(self, side: Side) -> list[PlanChange]:
        """Give the proposals that a side has to answer, oldest first.

        The first step of a proposed goal is answered with the goal.
        """
        waiting = []
        for goal in self.open_goals:
            together = goal.proposal.proposed_at if goal.proposal else None
            waiting += [goal.proposal] if goal.proposal else []
            waiting += [
                step.proposal
                for step in goal.open_steps
                if step.proposal and step.proposal.proposed_at != together
            ]
        mine = [change for change in waiting if Side(change.side) != side]
        return sorted(mine, key=lambda change: (change.proposed_at, change.pk))

    def goal(self, key: UUID) -> Goal | None:
        """Find a goal."""
        return next((goal for goal in self.goals if goal.key == key), None)

    def done_item(self, key: str) -> Item | None:
        """Find what was just done, by the key in an address; whatever else is asked is None."""
        items: list[Item] = [item for goal in self.goals for item in (goal, *goal.steps)]
        return next((item for item in items if str(item.key) == key and item.is_done), None)

    def step(self, key: UUID) -> tuple[Goal, Step] | None:
        """Find a step, with its goal."""
        every = ((goal, step) for goal in self.goals for step in goal.steps)
        return next((found for found in every if found[1].key == key), None)


def needs_yes(what: Change, side: Side, owners: set[Owner]) -> bool:
    """Say whether a change needs the other side's yes (enighed).

    What a citizen will do themself they decide alone, and that they reached their goal nobody else
    has to grant. What the municipality promised it may keep and say so, but not quietly change.

    Args:
        what: the change.
        side: who makes it.
        owners: who takes the step, before and after.
    """
    own = Owner.CITIZEN if side == Side.CITIZEN else Owner.MUNICIPALITY
    if what == Change.GOAL_REACHED:
        return side != Side.CITIZEN
    if what == Change.STEP_DONE:
        return not owners <= {own, Owner.SOMEBODY}
    if what in {Change.STEP, Change.STEP_DROPPED} and side == Side.CITIZEN:
        return owners != {own}
    return True


def replay(
    versions: Iterable[Version], since: datetime | None = None, reader: User | None = None
) -> Plan:
    """Read the plan from all that was written, in whatever order it comes.

    Args:
        versions: the changes with their answers.
        since: when the reader last read the plan; None marks nothing as new.
        reader: whose own changes are no news to them.
    """
    of_goal: dict[UUID, list[Version]] = defaultdict(list)
    of_step: dict[UUID, dict[UUID, list[Version]]] = defaultdict(lambda: defaultdict(list))
    for version in versions:
        change = version.change
        if change.step is None:
            of_goal[change.goal].append(version)
        else:
            of_step[change.goal][change.step].append(version)
    goals = []
    for key, mine in of_goal.items():
        found = [_item(step, theirs, since, reader) for step, theirs in of_step[key].items()]
        steps = sorted((Step(**f) for f in found if f), key=_nearest_first)
        if fields := _item(key, mine, since, reader):
            goals.append(Goal(**fields, steps=tuple(steps)))
    return Plan(tuple(sorted(goals, key=lambda g: (g.versions[0].change.proposed_at, g.key))))


def plan_of(citizen: Citizen, *, reader: User | None = None, since: datetime | None = None) -> Plan:
    """Give a citizen's plan as it is now (min plan)."""
    return replay(_versions_of(citizen), since, reader)


def next_own_step(plan: Plan) -> tuple[Goal, Step] | None:
    """Give the step that a citizen is to take next themself, with its goal; late ones first."""
    own = [
        (goal, step)
        for goal in plan.open_goals
        for step in goal.open_steps
        if step.now.owner == Owner.CITIZEN and not step.is_proposed
    ]
    return min(own, key=lambda found: _nearest_first(found[1]), default=None)


def last_visit(citizen: Citizen, visitor: User, on: date) -> datetime | None:
    """Say when somebody last read a citizen's plan, before today."""
    visits = PlanVisit.objects.filter(citizen=citizen, visitor=visitor, on__lt=on)
    return visits.order_by("-on").values_list("visited_at", flat=True).first()


def _versions_of(citizen: Citizen) -> list[Version]:
    changes = citizen.plan_changes.select_related("proposed_by", "unit", "reply__answered_by")
    return [Version(change, getattr(change, "reply", None)) for change in changes]


def _item(
    key: UUID, versions: Sequence[Version], since: datetime | None, reader: User | None
) -> dict[str, Any] | None:
    """Fold the versions of a goal or step; None where nobody agreed to its being there."""
    told = sorted(versions, key=lambda v: (v.change.proposed_at, v.change.pk))
    holding = sorted((v for v in told if v.holds), key=lambda v: (v.moment, v.change.pk))
    words = [v.change for v in holding if v.change.what in WRITTEN]
    ends = [v.change for v in holding if v.change.what not in WRITTEN]
    waiting = [v.change for v in told if v.waits]
    if not words and not waiting:
        return None
    return {
        "key": key,
        "versions": tuple(told),
        "now": words[-1] if words else waiting[-1],
        "is_proposed": not words,
        "proposal": waiting[-1] if waiting else None,
        "end": ends[0] if ends else None,
        "is_news": any(version.is_news(since, reader) for version in told),
    }


def _nearest_first(step: Step) -> tuple[date, UUID]:
    return step.now.due_on or date.max, step.key


def proposals_waiting(cases: CaseQuerySet, side: Side) -> list[PlanChange]:
    """Give the proposals that a side has to answer in some cases, one a citizen, oldest first."""
    citizens = cases.values("citizen_id")
    waiting = PlanChange.objects.filter(
        citizen_id__in=citizens, needs_yes=True, reply__isnull=True, side=side.other
    )
    about = set(waiting.values_list("citizen_id", flat=True))
    by_citizen: dict[UUID, list[Version]] = defaultdict(list)
    everything = PlanChange.objects.filter(citizen_id__in=about).select_related("citizen", "reply")
    for change in everything:
        by_citizen[change.citizen_id].append(Version(change, getattr(change, "reply", None)))
    firsts = [replay(versions).waiting_for(side)[:1] for versions in by_citizen.values()]
    return sorted((first[0] for first in firsts if first), key=lambda change: change.proposed_at)
