"""Writing a meeting up in one go: what came of it, the plan's next step, the next meeting."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.cases import services as cases
from velvalgt.apps.cases.services import NewGoal, NewStep, one_at_a_time
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings.asking import duty_to_meet, open_invitation
from velvalgt.apps.meetings.booking import AROUND, Hand, book
from velvalgt.apps.meetings.choices import Result, Way
from velvalgt.apps.meetings.exemptions import why_not_invited
from velvalgt.apps.meetings.finding import Slot, free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.inviting import Asked, invite
from velvalgt.apps.meetings.models import Meeting, Outcome
from velvalgt.apps.meetings.moving import as_it_is
from velvalgt.apps.meetings.outcomes import Told, record_outcome
from velvalgt.apps.meetings.permitting import permitted_ways
from velvalgt.apps.meetings.types import MeetingType, type_of, types
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.queries import language_of
from velvalgt.apps.messages.services import tell

PROPOSED = 3
"""How many times for the next meeting are proposed; who wants another looks at them all."""


@dataclass(frozen=True, slots=True)
class Following:
    """The time of the next meeting, and with whom."""

    starts_at: datetime
    caseworker_id: UUID


@dataclass(frozen=True, slots=True)
class Then:
    """What comes after a meeting: a step of the plan, towards a goal or a new one, and a time.

    Either the next time is agreed on, or the citizen is invited to choose it.
    """

    step: NewStep | None = None
    goal: UUID | NewGoal | None = None
    following: Following | None = None
    invites: bool = False


@transaction.atomic
def write_up(
    *, meeting: Meeting, told: Told, then: Then, hand: cases.Hand, moment: datetime
) -> Outcome:
    """Write a meeting up (referat): all that came of it, or nothing of it.

    Args:
        meeting: as it stands.
        told: what came of it.
        then: what comes next.
        hand: whose, as the plan knows it.
        moment: now, as meetings are booked by.

    Raises:
        NotBegun, NotAgreedAnyMore: of the meeting.
        PastDay, NotOpen, HoldsCpr: of what is written in the plan.
        TimeTaken, TooSoon, TooFarAhead, NotThatWay: of the next meeting.
        NotAsked, InvitedAlready, NoWays, NobodyThere: of the invitation to it.
    """
    one_at_a_time(meeting.citizen_id)
    outcome = record_outcome(meeting=meeting, told=told, by=hand.by, at=moment, today=hand.today)
    if then.step is not None:
        _plan(meeting, then.step, then.goal, hand)
    if then.following is not None:
        _book(meeting, told.result, then.following, hand, moment)
    if then.invites:
        _invite(meeting, told.result, hand, moment)
    if told.agreed and outcome.said_at == moment:
        _tell(meeting, hand)
    return outcome


def times_after(meeting: Meeting, at: datetime) -> list[Slot]:
    """Propose the next meeting: a time on each of the days nearest to when it is followed up."""
    wanted, days = _wanted(meeting, Result.HELD), type_of(meeting.type).follow_up_days
    if days is None:
        return []
    asked = timezone.localtime(meeting.starts_at) + timedelta(days=days)
    to = max(asked, timezone.localtime(at) + timedelta(days=1))
    latest = at + timedelta(days=wanted.type.longest_notice_days)
    begins, ends = max(to - AROUND, at), min(to + AROUND, latest)
    times = free_times(citizen=meeting.citizen, wanted=wanted, begins=begins, ends=ends)
    by_day: dict[date, Slot] = {}
    for slot in sorted(times.slots(), key=partial(_how_far, to)):
        by_day.setdefault(timezone.localdate(slot.starts_at), slot)
    return sorted(islice(by_day.values(), PROPOSED), key=lambda slot: slot.starts_at)


def may_be_invited(meeting: Meeting, at: datetime) -> bool:
    """Whether the citizen may be invited to choose the time of the next meeting themself."""
    following = _wanted(meeting, Result.HELD).type
    if following.follow_up_days is None or "citizen" not in following.booked_by:
        return False
    why = why_not_invited(meeting.citizen, following.key, "", timezone.localdate(at))
    return why is None and open_invitation(meeting.citizen) is None


def _how_far(to: datetime, slot: Slot) -> tuple[int, timedelta, datetime]:
    """How many days a time lies from another; on a day, how far from the same hour."""
    days = (timezone.localdate(slot.starts_at) - timezone.localdate(to)).days
    return abs(days), abs(slot.starts_at - to - timedelta(days=days)), slot.starts_at


def _wanted(meeting: Meeting, result: Result) -> Wanted:
    """The next meeting as this one was, but that after the first interview come later ones."""
    this = type_of(meeting.type)
    following = _later(this) if result == Result.HELD else this
    way = Way(meeting.way) if meeting.way in following.ways else following.ways[0]
    return replace(as_it_is(meeting), type=following, way=way)


def _later(this: MeetingType) -> MeetingType:
    if this.when != "first":
        return this
    same = (each for each in types().values() if each.purpose == this.purpose)
    return next((each for each in same if each.when == "later" and not each.detail), this)


def _plan(meeting: Meeting, step: NewStep, goal: UUID | NewGoal | None, hand: cases.Hand) -> None:
    if isinstance(goal, UUID):
        cases.add_step(citizen=meeting.citizen, goal_key=goal, step=step, hand=hand)
    else:
        new = goal or NewGoal(step.words)
        cases.add_goal(citizen=meeting.citizen, goal=new, first=step, hand=hand)


def _book(
    meeting: Meeting, result: Result, following: Following, hand: cases.Hand, moment: datetime
) -> None:
    wanted = replace(_wanted(meeting, result), caseworker_id=following.caseworker_id)
    permitted = permitted_ways(wanted.type, duties_of(meeting.citizen, hand.today))
    book(
        citizen=meeting.citizen,
        wanted=wanted,
        starts_at=following.starts_at,
        permitted=permitted,
        hand=Hand(hand.by, moment, is_staff=True),
    )


def _invite(meeting: Meeting, result: Result, hand: cases.Hand, moment: datetime) -> None:
    following = _wanted(meeting, result).type
    lines = duties_of(meeting.citizen, hand.today)
    invite(
        citizen=meeting.citizen,
        asked=Asked(following, following.ways, duty_to_meet(following, lines)),
        permitted=permitted_ways(following, lines),
        by=hand.by,
        at=moment,
    )


def _tell(meeting: Meeting, hand: cases.Hand) -> None:
    citizen = meeting.citizen
    with override(language_of(citizen)):
        title = _("What we agreed stands on your plan")
        tell(citizen=citizen, occasion=Occasion.INTERVIEW, title=title, by=hand.by, at=hand.at)
