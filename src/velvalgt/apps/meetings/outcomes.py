"""What came of a meeting (udfald): held, missed or excused; a wrong word is corrected."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry, EntryQuerySet
from velvalgt.apps.cases.services import one_at_a_time
from velvalgt.apps.duties.services import follow
from velvalgt.apps.meetings.choices import Result, Way
from velvalgt.apps.meetings.missing import hand_over_was_wrong, tell_of_wrong_hand_over
from velvalgt.apps.meetings.models import Meeting, Outcome
from velvalgt.apps.meetings.refusals import NotAgreedAnyMore, NotBegun
from velvalgt.apps.meetings.stepping import follow_outcome, outcome_taken_back
from velvalgt.apps.meetings.types import type_of, types
from velvalgt.apps.staff.models import User


@dataclass(frozen=True, slots=True)
class Told:
    """What one of the staff tells of a meeting: what came of it, and what was agreed.

    `way` is how it was held in the end, which may differ from what was booked.
    """

    result: Result
    way: Way
    agreed: str = ""


@transaction.atomic
def record_outcome(*, meeting: Meeting, told: Told, by: User, at: datetime, today: date) -> Outcome:
    """Record what came of a meeting (udfald); the journal and the duties follow.

    Saying the same twice is saying it once. Saying another thing corrects what was said, and the
    journal with it: both stay.

    Raises:
        NotBegun: the meeting is still to come.
        NotAgreedAnyMore: it was changed or called off.
        HoldsCpr: a CPR number stands in what was agreed.
    """
    journal.refuse_cpr(told.agreed)
    one_at_a_time(meeting.citizen_id)
    if not Meeting.objects.standing().filter(pk=meeting.pk).exists():
        raise NotAgreedAnyMore
    if meeting.starts_at > at:
        raise NotBegun
    before = meeting.outcomes.standing().select_related("entry").first()
    if before is not None and _says(before, told):
        return before
    outcome = Outcome.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        meeting=meeting,
        corrects=before,
        result=told.result,
        entry=_entry(meeting, told, before.entry if before else None, by, at),
        agreed=told.agreed,
        said_by=by,
        said_at=at,
    )
    _follow(outcome, today)
    if before and before.result == Result.MISSED and hand_over_was_wrong(meeting):
        tell_of_wrong_hand_over(meeting, by=by, at=at)
    return outcome


@transaction.atomic
def take_back(*, outcome: Outcome, by: User, at: datetime, today: date) -> Outcome:
    """Take back what was said of a meeting; the journal's entry is withdrawn, and all stays.

    Raises:
        AlreadyCorrected: it has been corrected meanwhile.
    """
    one_at_a_time(outcome.citizen_id)
    if Outcome.objects.filter(corrects=outcome).exists():
        raise journal.AlreadyCorrected(str(NotAgreedAnyMore()))
    if outcome.entry is not None:
        _withdraw(outcome.entry, outcome.meeting, by, at)
    taken_back = Outcome.objects.create(
        tenant_id=outcome.tenant_id,
        citizen=outcome.citizen,
        meeting=outcome.meeting,
        corrects=outcome,
        result="",
        said_by=by,
        said_at=at,
    )
    _follow(taken_back, today)
    return taken_back


@transaction.atomic
def withdraw_interview(*, entry: Entry, by: User, at: datetime, today: date) -> Entry:
    """Take back an interview in the journal, and what was said of the meeting that it came from.

    Raises:
        AlreadyCorrected: somebody corrected it before.
    """
    one_at_a_time(entry.citizen_id)
    said = Outcome.objects.standing().filter(entry=entry).first()
    if said is not None:
        take_back(outcome=said, by=by, at=at, today=today)
        return entry.correction
    withdrawal = journal.withdraw(entry=entry, by=by, at=at)
    follow(citizen=entry.citizen, on=today)
    return withdrawal


def _says(outcome: Outcome, told: Told) -> bool:
    """Whether an outcome says what is told now."""
    if outcome.result != told.result or outcome.agreed != told.agreed:
        return False
    return outcome.entry is None or outcome.entry.form == told.way.form


def _entry(
    meeting: Meeting, told: Told, before: Entry | None, by: User, at: datetime
) -> Entry | None:
    """Write in the journal what counts there; correct or withdraw what was written before."""
    kind = _kind(meeting, before) if told.result == Result.HELD else None
    same = _same(meeting, kind, told, before)
    # An event is told once: a second one on the day that differs in nothing is the same.
    is_new = kind is not None and not same.exists()
    parts = before is not None and before.form != told.way.form and _sharing(before, meeting)
    if before is not None and is_new and not parts:
        return journal.correct(entry=before, by=by, at=at, form=told.way.form)
    if before is not None:
        _withdraw(before, meeting, by, at)
    if kind is None:
        return None
    if is_new:
        return _write(meeting, kind, told.way.form, by, at)
    return same.filter(source="", outcome__isnull=True).first()


def _kind(meeting: Meeting, before: Entry | None) -> Kind | None:
    """As what a meeting counts; as before where the file no longer has its type."""
    known = types().get(meeting.type)
    if known is not None:
        return known.kind
    return Kind(before.kind) if before else None


def _withdraw(entry: Entry, meeting: Meeting, by: User, at: datetime) -> None:
    """Withdraw an entry; another talk of that day that counted by it counts by one of its own."""
    journal.withdraw(entry=entry, by=by, at=at)
    shares = _sharing(entry, meeting)
    if shares is None:
        return
    Outcome.objects.create(
        tenant_id=shares.tenant_id,
        citizen=shares.citizen,
        meeting=shares.meeting,
        corrects=shares,
        result=shares.result,
        entry=_write(shares.meeting, Kind(entry.kind), entry.form, by, at),
        agreed=shares.agreed,
        said_by=by,
        said_at=at,
    )


def _sharing(entry: Entry, meeting: Meeting) -> Outcome | None:
    """Another talk that was held that day, and that the journal told by the same entry.

    Where the day has entries of other forms, the way that was booked says which one it was.
    """
    of_day = {"citizen": entry.citizen, "kind": entry.kind, "on": entry.on, "detail": entry.detail}
    is_only = not Entry.objects.standing().filter(**of_day).exclude(pk=entry.pk).exists()
    held = Outcome.objects.standing().filter(citizen=entry.citizen, result=Result.HELD, entry=None)
    others = held.filter(meeting__starts_at__date=entry.on).exclude(meeting__uid=meeting.uid)
    for each in others.select_related("meeting", "citizen").order_by("said_at", "pk"):
        its = type_of(each.meeting.type)
        is_form = is_only or Way(each.meeting.way).form == entry.form
        if is_form and (its.kind, its.detail) == (entry.kind, entry.detail):
            return each
    return None


def _same(meeting: Meeting, kind: Kind | None, told: Told, before: Entry | None) -> EntryQuerySet:
    """What stands in the journal already of such a meeting on its day."""
    this = type_of(meeting.type)
    told_already = Entry.objects.standing().filter(
        citizen=meeting.citizen,
        kind=kind or "",
        on=timezone.localdate(meeting.starts_at),
        actor=Actor.MUNICIPALITY,
        form=told.way.form,
        detail=this.detail,
    )
    return (told_already.exclude(pk=before.pk) if before else told_already).order_by("pk")


def _write(meeting: Meeting, kind: Kind, form: str, by: User, at: datetime) -> Entry:
    return journal.record(
        citizen=meeting.citizen,
        kind=kind,
        on=timezone.localdate(meeting.starts_at),
        actor=Actor.MUNICIPALITY,
        form=form,
        detail=type_of(meeting.type).detail,
        by=by,
        at=at,
    )


def _follow(outcome: Outcome, today: date) -> None:
    """Have everything follow that hangs on whether a meeting was held."""
    follow(citizen=outcome.citizen, on=today)
    if not outcome.result:
        outcome_taken_back(outcome.meeting, by=outcome.said_by, at=outcome.said_at)
        return
    result = Result(outcome.result)
    follow_outcome(outcome.meeting, result, by=outcome.said_by, at=outcome.said_at)
