"""The verbs of duties: reckon what the law asks, leave somebody out, take them back in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.services import trace
from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties import frames, ledgers
from velvalgt.apps.duties.choices import LeaveOutReason
from velvalgt.apps.duties.dispensations import Draft
from velvalgt.apps.duties.dispensing import (
    confirm_dispensation,
    confirm_withdrawal,
    record_dispensation,
    withdraw_dispensation,
)
from velvalgt.apps.duties.holding import SHORTEST_NUMBER
from velvalgt.apps.duties.law import book
from velvalgt.apps.duties.models import LeaveOut
from velvalgt.apps.duties.refusals import (
    AskedAlready,
    AskedByTheSame,
    ConfirmedAlready,
    ConfirmedByItsRecorder,
    DoesNotHold,
    EndsBeforeItBegins,
    NoClock,
    NoForms,
    NoReason,
    NotAskedFor,
    NothingChosen,
    NotInForceThen,
    NotInTheBook,
    NotWritten,
    NotYoursToRecord,
    OutOfTime,
    RecordedAlready,
    RightsStay,
    WithdrawnAlready,
)
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

__all__ = [
    "SHORTEST_NUMBER", "AskedAlready", "AskedByTheSame", "Assessment", "BadPeriod",
    "ConfirmedAlready", "ConfirmedByItsRecorder", "DoesNotHold", "Draft", "EndsBeforeItBegins",
    "EndsTooSoon", "HeardInTheFuture", "LeftOutAlready", "NoClock", "NoForms", "NoReason",
    "NotAskedFor", "NotInForceThen", "NotInTheBook", "NotWritten", "NotYetHeard",
    "NotYoursToRecord", "NothingChosen", "OutOfTime", "Progress", "RecordedAlready", "RightsStay",
    "WithdrawnAlready", "confirm_dispensation", "confirm_withdrawal", "end_leave_out", "follow",
    "leave_out", "reckon", "recompute", "record_dispensation", "withdraw_dispensation",
]  # fmt: skip

Progress = Callable[[int, int], None]


class NotYetHeard(Exception):
    """A leave-out before the first interview: the citizen has not been heard."""


class BadPeriod(Exception):
    """A leave-out that cannot stand in the time it is given."""


class HeardInTheFuture(BadPeriod):
    """The day the citizen is said to be heard has not come."""


class EndsTooSoon(BadPeriod):
    """It would end before it begins."""


class LeftOutAlready(BadPeriod):
    """One runs already; two at once would not end in one click."""


def recompute(*, tenant: Tenant, on: date, at: datetime, progress: Progress | None = None) -> int:
    """Reckon the duties of a tenant's citizens for a day, and its ledgers; one transaction.

    The log tells that the job ran and over how many citizens.

    Returns:
        How many duties stand.
    """
    steps = progress or (lambda done, of: None)
    with acting(tenant.pk, SYSTEM, Purpose.LAW):
        steps(0, 3)
        facts = frames.facts_of(None)
        steps(1, 3)
        duties = book().duties(facts.people, facts.spells, facts.events, on)
        steps(2, 3)
        frames.store(duties, facts, None, law_version=book().version, on=on)
        ledgers.reckon(on)
        trace(action=Action.RUN, what="duties_recompute", at=at, count=facts.people.height)
        steps(3, 3)
    return duties.height


@transaction.atomic
def reckon(citizens: Sequence[UUID], on: date) -> None:
    """Reckon the duties of some citizens, as the actor who may see them."""
    if citizens:
        facts = frames.facts_of(citizens)
        duties = book().duties(facts.people, facts.spells, facts.events, on)
        frames.store(duties, facts, citizens, law_version=book().version, on=on)


@transaction.atomic
def follow(*, citizen: Citizen, on: date) -> None:
    """Have a citizen's duties and the ledgers follow what was just recorded."""
    reckon([citizen.pk], on)
    ledgers.reckon(on)


@dataclass(frozen=True, slots=True)
class Assessment:
    """A caseworker's own words on why somebody will find work alone (konkret vurdering)."""

    reason: LeaveOutReason
    words: str
    heard_on: date
    until: date


@transaction.atomic
def leave_out(
    *, citizen: Citizen, assessment: Assessment, on: date, by: User, at: datetime
) -> LeaveOut:
    """Leave a citizen out of interviews (fritage for samtaler) on a caseworker's assessment.

    Raises:
        NotYetHeard: no interview has been held by the day the citizen is said to be heard.
        HeardInTheFuture: the day of hearing is after today.
        EndsTooSoon: the last day is not after today.
        LeftOutAlready: one runs.
    """
    if assessment.heard_on > on:
        raise HeardInTheFuture(_("That day has not come: choose the day you talked."))
    if assessment.until <= on:
        raise EndsTooSoon(_("Choose a day after today."))
    journal.one_at_a_time(citizen.pk)
    running = Q(until__isnull=True) | Q(until__gt=on)
    left_out_now = Entry.objects.standing().of_kind(Kind.LEAVE_OUT).filter(running, citizen=citizen)
    if left_out_now.exists():
        raise LeftOutAlready(_("The citizen is left out already. Take them back in first."))
    held = Entry.objects.standing().of_kind(Kind.INTERVIEW)
    if not held.filter(citizen=citizen, on__lte=assessment.heard_on).exists():
        raise NotYetHeard(_("Hold the first interview first: it is owed to everyone."))
    entry = journal.record(
        citizen=citizen,
        kind=Kind.LEAVE_OUT,
        on=on,
        until=assessment.until,
        actor=Actor.MUNICIPALITY,
        detail=assessment.reason,
        by=by,
        at=at,
    )
    left_out = LeaveOut.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        entry=entry,
        reason=assessment.reason,
        words=assessment.words.strip(),
        heard_on=assessment.heard_on,
    )
    follow(citizen=citizen, on=on)
    return left_out


@transaction.atomic
def end_leave_out(
    *, citizen: Citizen, entry: Entry, on: date, by: User | None, at: datetime
) -> None:
    """Take a citizen back in (ophæve fritagelse), at once; the citizen may do so without a reason.

    Where somebody did it a moment before, it is done.
    """
    journal.one_at_a_time(citizen.pk)
    if not Entry.objects.standing().filter(pk=entry.pk).exists():
        return
    if entry.on < on:
        journal.correct(entry=entry, by=by, at=at, until=on)
    else:
        journal.withdraw(entry=entry, by=by, at=at)
    follow(citizen=citizen, on=on)
