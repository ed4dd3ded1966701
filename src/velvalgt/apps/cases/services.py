"""The verbs of the journal: record what happened, correct it, withdraw it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.assessing import assess_need
from velvalgt.apps.cases.choices import Actor, Deed, Kind
from velvalgt.apps.cases.documents import File, add_documents, hand_in, keep
from velvalgt.apps.cases.filetypes import CannotKeep
from velvalgt.apps.cases.job_search import (
    ChangedMeanwhile,
    CvLine,
    JobLine,
    NotAppliedYet,
    note_job,
    take_back,
    write_cv,
    write_job_log,
)
from velvalgt.apps.cases.models import Case, Entry, Receipt
from velvalgt.apps.cases.own_data import (
    change_contact_details,
    let_act,
    let_company_see,
    request_correction,
    say_yes,
    stop_acting,
    stop_sharing,
    take_yes_back,
)
from velvalgt.apps.cases.ownwords import HoldsCpr, refuse_cpr
from velvalgt.apps.cases.planning import (
    add_goal,
    add_step,
    change_goal,
    change_step,
    drop_step,
    end_goal,
    finish_step,
    reply,
    visit,
)
from velvalgt.apps.cases.planwriting import (
    AnswerFirst,
    CannotChange,
    Hand,
    NeedsNextStep,
    NewGoal,
    NewStep,
    NotOpen,
    PastDay,
)
from velvalgt.apps.cases.preparing import (
    answer,
    change_answer,
    choose_contact,
    skip_contact,
)
from velvalgt.apps.cases.queries import PROFILING, objection_to_profiling, open_request
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.receiving import (
    Seen,
    receive_cases,
    receive_entries,
    receive_need_assessments,
)
from velvalgt.apps.cases.steering import (
    CannotAgree,
    ChecksInWrong,
    EndsWrong,
    HasAgreement,
    Terms,
    answer_self_steering,
    end_self_steering,
    propose_self_steering,
)
from velvalgt.apps.cases.turns import SAME_CLICK, one_at_a_time
from velvalgt.apps.people.choices import Ground
from velvalgt.apps.people.models import Access, Citizen
from velvalgt.apps.people.services import grant, revoke
from velvalgt.apps.staff.models import Unit, User

__all__ = [
    "SAME_CLICK",
    "AlreadyCorrected",
    "AnswerFirst",
    "BeforeBirth",
    "CannotAgree",
    "CannotChange",
    "CannotKeep",
    "ChangedMeanwhile",
    "ChecksInWrong",
    "CvLine",
    "EndsWrong",
    "File",
    "Hand",
    "HasAgreement",
    "HasAnOpenCase",
    "HoldsCpr",
    "InTheFuture",
    "JobLine",
    "NeedsNextStep",
    "NewGoal",
    "NewStep",
    "NotAppliedYet",
    "NotOpen",
    "NotThatDay",
    "PastDay",
    "Seen",
    "Terms",
    "add_documents",
    "add_goal",
    "add_step",
    "allow_profiling",
    "answer",
    "answer_self_steering",
    "assess_need",
    "change_answer",
    "change_contact_details",
    "change_goal",
    "change_step",
    "choose_contact",
    "close_case",
    "correct",
    "drop_step",
    "end_goal",
    "end_self_steering",
    "finish_step",
    "give_receipt",
    "hand_in",
    "keep",
    "let_act",
    "let_company_see",
    "note_job",
    "object_to_profiling",
    "one_at_a_time",
    "open_case",
    "propose_self_steering",
    "receive_cases",
    "receive_entries",
    "receive_need_assessments",
    "record",
    "record_interview",
    "refuse_cpr",
    "reply",
    "request_call",
    "request_correction",
    "request_interview",
    "say_yes",
    "skip_contact",
    "stop_acting",
    "stop_sharing",
    "take_back",
    "take_yes_back",
    "visit",
    "withdraw",
    "write_cv",
    "write_job_log",
]


class AlreadyCorrected(Exception):
    """An entry has been corrected before; the correction is what can be corrected."""


class HasAnOpenCase(Exception):
    """A citizen has at most one open case."""


class NotThatDay(Exception):
    """Something is said to have happened on a day on which it cannot have."""


class InTheFuture(NotThatDay):
    """The day has not come."""


class BeforeBirth(NotThatDay):
    """The citizen was not born."""


INTERVIEW, CALL = "interview", "call"
"""What a request is for: words of the core's vocabulary."""


@transaction.atomic
def record(  # noqa: PLR0913 - the columns of the journal
    *,
    citizen: Citizen,
    kind: Kind,
    on: date,
    actor: Actor,
    by: User | None,
    at: datetime,
    form: str = "",
    detail: str = "",
    until: date | None = None,
) -> Entry:
    """Write in the journal what happened (journalisere)."""
    return Entry.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        kind=kind,
        on=on,
        until=until,
        actor=actor,
        form=form,
        detail=detail,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def record_interview(
    *, citizen: Citizen, on: date, form: str, today: date, by: User, at: datetime
) -> Entry:
    """Write in the journal that the municipality held an interview (afholdt samtale).

    The same again gives the entry of the first: an event that differs in nothing from another of
    its day is told once, and the law counts it once.

    Raises:
        InTheFuture: the day is after today.
        BeforeBirth: the day is before the citizen was born.
    """
    if on > today:
        raise InTheFuture(_("The interview has not been held yet: choose today or an earlier day."))
    if on < citizen.born_on:
        raise BeforeBirth(_("The citizen was not born on that day: look at the year."))
    one_at_a_time(citizen.pk)
    told = Entry.objects.standing().of_kind(Kind.INTERVIEW).filter(citizen=citizen, on=on)
    same = told.filter(form=form, actor=Actor.MUNICIPALITY, detail="")
    return same.order_by("pk").first() or record(
        citizen=citizen,
        kind=Kind.INTERVIEW,
        on=on,
        actor=Actor.MUNICIPALITY,
        form=form,
        by=by,
        at=at,
    )


@transaction.atomic
def correct(*, entry: Entry, by: User | None, at: datetime, **changes: object) -> Entry:
    """Correct an entry (berigtige) by a new one that points to it.

    Raises:
        AlreadyCorrected: somebody corrected it before.
    """
    one_at_a_time(entry.citizen_id)
    if Entry.objects.filter(corrects=entry).exists():
        raise AlreadyCorrected(_("This entry has been corrected already. Look at the newest one."))
    return Entry.objects.create(
        **_facts(entry) | changes, corrects=entry, recorded_by=by, recorded_at=at
    )


def withdraw(*, entry: Entry, by: User | None, at: datetime) -> Entry:
    """Take back an entry that was wrong altogether; both stay in the journal.

    Raises:
        AlreadyCorrected: somebody corrected it before.
    """
    return correct(entry=entry, by=by, at=at, is_withdrawal=True)


@transaction.atomic
def request_interview(*, citizen: Citizen, today: date, by: User, at: datetime) -> Entry:
    """Write that a citizen asks for an interview (ret til samtale), unless a request waits."""
    one_at_a_time(citizen.pk)
    waiting = open_request(citizen)
    if waiting is not None:
        return waiting
    give_receipt(citizen=citizen, deed=Deed.REQUEST, by=by, at=at)
    return record(
        citizen=citizen,
        kind=Kind.REQUEST,
        on=today,
        actor=Actor.CITIZEN,
        detail=INTERVIEW,
        by=by,
        at=at,
    )


@transaction.atomic
def request_call(*, citizen: Citizen, today: date, by: User, at: datetime) -> Receipt:
    """Write that a citizen asks to be called (ring mig op); once a day, the receipt of the first.

    It is no request for an interview: the law counts nothing by it.
    """
    one_at_a_time(citizen.pk)
    asked = Entry.objects.standing().of_kind(Kind.REQUEST).filter(citizen=citizen, on=today)
    if asked.filter(detail=CALL).exists():
        earlier = citizen.receipts.filter(deed=Deed.CALL).order_by("-given_at", "-pk").first()
        if earlier is not None:
            return earlier
    record(
        citizen=citizen,
        kind=Kind.REQUEST,
        on=today,
        actor=Actor.CITIZEN,
        detail=CALL,
        by=by,
        at=at,
    )
    return give_receipt(citizen=citizen, deed=Deed.CALL, by=by, at=at)


@transaction.atomic
def object_to_profiling(*, citizen: Citizen, today: date, by: User, at: datetime) -> Receipt | None:
    """Write that a citizen objects to profiling (indsigelse mod profilering); nothing is asked.

    It holds from this moment. A second click gives no second objection, and no receipt.
    """
    one_at_a_time(citizen.pk)
    if objection_to_profiling(citizen) is not None:
        return None
    record(
        citizen=citizen,
        kind=Kind.OBJECTION,
        on=today,
        actor=Actor.CITIZEN,
        detail=PROFILING,
        by=by,
        at=at,
    )
    return give_receipt(
        citizen=citizen, deed=Deed.OBJECTION, title=_("No to profiling"), by=by, at=at
    )


@transaction.atomic
def allow_profiling(*, citizen: Citizen, by: User, at: datetime) -> Receipt | None:
    """Take an objection to profiling back; both entries stay in the journal."""
    one_at_a_time(citizen.pk)
    objection = objection_to_profiling(citizen)
    if objection is None:
        return None
    withdraw(entry=objection, by=by, at=at)
    title = _("No to profiling, taken back")
    return give_receipt(citizen=citizen, deed=Deed.OBJECTION, title=title, by=by, at=at)


def _facts(entry: Entry) -> dict[str, object]:
    names = (
        "tenant_id", "citizen_id", "kind", "on", "until", "actor", "form", "detail",
        "source", "external_key",
    )  # fmt: skip
    return {name: getattr(entry, name) for name in names}


@transaction.atomic
def open_case(
    *, citizen: Citizen, unit: Unit, caseworker: User | None, on: date, at: datetime
) -> Case:
    """Open a citizen's case in a unit (oprette sag); the unit and the citizen may then see it.

    Raises:
        HasAnOpenCase: there is one already; it is moved, not doubled.
    """
    if Case.objects.open().filter(citizen=citizen).exists():
        raise HasAnOpenCase(_("The citizen has an open case already."))
    case = Case.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        unit=unit,
        caseworker=caseworker,
        opened_on=on,
    )
    grant(to=unit, citizen=citizen, purpose=Purpose.CASE_WORK, ground=Ground.CASE, at=at)
    if citizen.user is not None:
        grant(to=citizen.user, citizen=citizen, purpose=Purpose.OWN_CASE, ground=Ground.SELF, at=at)
    return case


@transaction.atomic
def close_case(*, case: Case, on: date, at: datetime) -> Case:
    """Close a case (lukke sag): its unit sees it no more, the citizen keeps their own view."""
    case.closed_on = on
    case.save(update_fields=["closed_on"])
    for access in Access.objects.filter(
        citizen_id=case.citizen_id, unit_id=case.unit_id, ground=Ground.CASE, ends_at__isnull=True
    ):
        revoke(access=access, at=at)
    return case
