"""What the citizen's first page gathers from each station, and in which order it is told.

Each station is asked one question; one that the reader's power does not open is not asked at all.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases.choices import Kind, Owner, Side
from velvalgt.apps.cases.models import Case, Entry
from velvalgt.apps.cases.queries import Goal, Plan, PreparationState, Standing, Step
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.queries import DutyLine
from velvalgt.apps.messages.queries import Unread, unread
from velvalgt.apps.offers.queries import ApplicationLine, open_applications
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.queries import Money
from velvalgt.apps.people.requests import CitizenRequest
from velvalgt.screens.citizen.journal import TOLD
from velvalgt.screens.citizen.meetings import Line
from velvalgt.screens.citizen.next_meeting import Arranged, arranged
from velvalgt.screens.citizen.waits import Waits, waits_for
from velvalgt.web.templatetags.web import clock
from velvalgt.web.templatetags.words import detail, word

WAITING = {Status.OVERDUE, Status.UPCOMING}
NOT_OVER = {*WAITING, Status.SUSPENDED}
MOST_AHEAD = 5
MOST_LATELY = 3
SOON = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A day that comes: what happens then, where to read more of it, and who does it if not you."""

    on: date
    words: str
    to: str
    part: str = ""
    who: str = ""


@dataclass(frozen=True, slots=True)
class Lately:
    """What happened on a day, in the words of the citizen's case, and how."""

    on: date
    words: str
    how: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to talk to, and whether the citizen has asked for it."""

    case: Case | None
    open_request: Entry | None


@dataclass(frozen=True, slots=True)
class FirstPage:
    """All that the first page tells; what the reader may not see is empty."""

    contact: Contact
    left_out: Entry | None = None
    agreed: Arranged = field(default_factory=Arranged)
    step: DutyLine | None = None
    asked: list[DutyLine] = field(default_factory=list)
    preparation: PreparationState | None = None
    agreement: Standing | None = None
    plan: Plan | None = None
    own_step: tuple[Goal, Step] | None = None
    news: Unread | None = None
    applications: list[ApplicationLine] = field(default_factory=list)
    money: Money | None = None
    ahead: list[Ahead] = field(default_factory=list)
    lately: list[Lately] = field(default_factory=list)
    waits: Waits = field(default_factory=Waits)

    @property
    def to_prepare(self) -> PreparationState | None:
        """The preparation, while something of it is open."""
        return self.preparation if self.preparation and self.preparation.next_step else None

    @property
    def has_besides(self) -> bool:
        """Whether a line stands below what is first."""
        is_later = self.waits.first and (self.agreed.next or self.left_out or self.step)
        return self.waits.has_more or bool(is_later)

    @property
    def waits_for_yes(self) -> int:
        """How many changes of the plan wait for the citizen's yes."""
        return len(self.plan.waiting_for(Side.CITIZEN)) if self.plan else 0


def contact_of(request: CitizenRequest, told: Sequence[Entry]) -> Contact:
    """Say whom the citizen can talk to, and what they have asked for."""
    citizen = request.citizen
    return Contact(cases.open_case_of(citizen), cases.open_request(citizen, told))


def first_page(request: CitizenRequest) -> FirstPage:
    """Gather the first page, a question for each station."""
    citizen, today, sees = request.citizen, request.today, request.standing.sees
    told = cases.standing_of(citizen)
    lines = duties.duties_of(citizen, today)
    left_out = duties.leave_out_in(told, today)
    step = None if left_out else duties.next_step(lines)
    is_new = not any(entry.kind == Kind.INTERVIEW for entry in told)
    plan = cases.plan_of(citizen) if Area.PLAN in sees else None
    prepares = is_new and Area.PREPARATION in sees
    steers = not is_new and Area.PLAN in sees
    agreement = cases.agreement_of(citizen, today) if steers else None
    contact = contact_of(request, told)
    agreed = arranged(request, told, lines, step, contact.case)
    money = people.money_of(citizen, today) if Area.MONEY in sees else None
    return FirstPage(
        contact=contact,
        left_out=left_out,
        agreed=agreed,
        step=step,
        asked=asked_besides(lines, step) if Area.RIGHTS in sees else [],
        preparation=cases.preparation_state(citizen) if prepares else None,
        agreement=agreement,
        plan=plan,
        own_step=cases.next_own_step(plan) if plan else None,
        news=unread(citizen) if Area.MESSAGES in sees else None,
        applications=open_applications(citizen, on=today) if Area.OFFERS in sees else [],
        money=money,
        ahead=soonest(
            days_of_meetings(agreed.coming[1:]),
            days_of_law(lines, step),
            days_of_money(money),
            days_of_plan(plan),
            days_of_agreement(agreement),
            on=today,
        ),
        lately=latest(told) if Area.CASE in sees else [],
        waits=waits_for(request, has_meeting=bool(agreed.coming)),
    )


def latest(told: Sequence[Entry]) -> list[Lately]:
    """Give what the journal tells of lately, in the words of the citizen's case."""
    return [
        Lately(each.on, str(TOLD[each.kind][1]), word(each.form, "form") or _asked_for(each))
        for each in told[:MOST_LATELY]
    ]


def _asked_for(entry: Entry) -> str:
    asks = {Kind.REQUEST, Kind.OBJECTION}
    return detail(entry.detail, entry.kind) if entry.kind in asks else ""


def waiting_first(lines: Iterable[DutyLine]) -> list[DutyLine]:
    """Give what the law asks: what waits first, what is settled last."""
    asked = [line for line in lines if not line.is_right]
    return sorted(asked, key=lambda line: line.duty.status not in WAITING)


def asked_besides(lines: Iterable[DutyLine], step: DutyLine | None) -> list[DutyLine]:
    """Give what the law still asks besides the next step; the rest stands with the rights."""
    asked = [line for line in lines if not line.is_right and line is not step]
    return [line for line in asked if line.duty.status in NOT_OVER]


def days_of_meetings(later: Iterable[Line]) -> list[Ahead]:
    """Give the days of the meetings after the next one."""
    return [
        Ahead(
            timezone.localdate(line.meeting.starts_at),
            _("You talk with %(name)s at %(time)s.")
            % {"name": line.meeting.caseworker.name, "time": clock(line.meeting.starts_at)},
            "citizen:meetings",
        )
        for line in later
    ]


def days_of_law(lines: Iterable[DutyLine], step: DutyLine | None) -> list[Ahead]:
    """Give the last days of what the law asks besides the next step."""
    return [
        Ahead(line.duty.due, line.sentence, "citizen:rights", "#asked")
        for line in asked_besides(lines, step)
        if line.duty.status == Status.UPCOMING and line.duty.due
    ]


def days_of_money(money: Money | None) -> list[Ahead]:
    """Give the day of the next payment."""
    if money is None or money.next is None or money.next.paid_on is None or money.stopped_by:
        return []
    return [Ahead(money.next.paid_on, _("You get your money."), "citizen:home", "#money")]


def days_of_plan(plan: Plan | None) -> list[Ahead]:
    """Give the days of the plan's open steps, whoever takes them."""
    steps = [step for goal in plan.open_goals for step in goal.open_steps] if plan else []
    return [
        Ahead(step.now.due_on, step.now.words, "citizen:plan", who=_taker(step))
        for step in steps
        if step.now.due_on
    ]


def _taker(step: Step) -> str:
    """Name who takes a step of somebody else's."""
    if step.now.owner == Owner.CITIZEN:
        return ""
    unit = step.now.unit
    return step.now.owner_name or (unit.name if unit else capfirst(step.now.get_owner_display()))


def days_of_agreement(agreement: Standing | None) -> list[Ahead]:
    """Give the next time we say hello to somebody who steers themself."""
    if agreement is None or not agreement.is_running or agreement.next_check_in is None:
        return []
    return [Ahead(agreement.next_check_in.on, _("We say hello to you."), "citizen:agreement")]


def soonest(*days: Iterable[Ahead], on: date) -> list[Ahead]:
    """Give the days of the next quarter of a year, soonest first; few at a time."""
    coming = [ahead for some in days for ahead in some if on <= ahead.on <= on + SOON]
    return sorted(coming, key=lambda ahead: (ahead.on, ahead.words))[:MOST_AHEAD]
