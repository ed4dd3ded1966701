"""The questions about cases and the journal."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q

from velvalgt.apps.cases.agreements import (
    Standing,
    agreement_of,
    agreements_waiting,
    check_ins_due,
    expired_on_benefit,
)
from velvalgt.apps.cases.assessing import need_assessment_of, need_assessments_of
from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Case, CaseQuerySet, Entry, EntryQuerySet
from velvalgt.apps.cases.packing import packed, parts_of
from velvalgt.apps.cases.plan_templates import ready_step_named, template_named, templates
from velvalgt.apps.cases.plans import (
    Goal,
    Plan,
    Step,
    last_visit,
    next_own_step,
    plan_of,
    proposals_waiting,
)
from velvalgt.apps.cases.prepared import (
    Asked,
    Preparation,
    PreparationState,
    need_profile_of,
    outside_status_of,
    preparation_of,
    preparation_state,
)
from velvalgt.apps.cases.quarantine import (
    Held,
    InQuarantine,
    content_of,
    document_of,
    documents_of,
    held,
)
from velvalgt.apps.cases.receipts import receipt_of, receipts_of
from velvalgt.apps.people.models import Citizen

__all__ = [
    "Asked",
    "Goal",
    "Held",
    "InQuarantine",
    "Plan",
    "Preparation",
    "PreparationState",
    "Standing",
    "Step",
    "agreement_of",
    "agreements_waiting",
    "arrived",
    "by_name",
    "caseload",
    "check_ins_due",
    "content_of",
    "document_of",
    "documents_of",
    "expired_on_benefit",
    "flags_of",
    "held",
    "journal_of",
    "last_visit",
    "need_assessment_of",
    "need_assessments_of",
    "need_profile_of",
    "next_own_step",
    "objection_to_profiling",
    "objects_to_profiling",
    "open_case_of",
    "open_request",
    "outside_status_of",
    "packed",
    "parts_of",
    "plan_of",
    "preparation_of",
    "preparation_state",
    "proposals_waiting",
    "ready_step_named",
    "receipt_of",
    "receipts_of",
    "standing_of",
    "template_named",
    "templates",
    "unit_caseload",
]

PROFILING = "profiling"
"""The detail of an objection that is to profiling; a word of the core's vocabulary."""

ARRIVALS = (
    Kind.REGISTRATION,
    Kind.FIRST_CONTACT,
    Kind.REQUEST,
    Kind.OBJECTION,
    Kind.SICK_REPORT,
    Kind.WELL_REPORT,
    Kind.WORK_START,
    Kind.WORK_END,
    Kind.MOVED,
)


def caseload(caseworker_id: UUID) -> CaseQuerySet:
    """Give a caseworker's open cases (sagsstamme)."""
    return Case.objects.open().of_caseworker(caseworker_id)


def unit_caseload(unit_id: UUID) -> CaseQuerySet:
    """Give a unit's open cases."""
    return Case.objects.open().filter(unit_id=unit_id)


def by_name(cases: CaseQuerySet) -> CaseQuerySet:
    """Give cases with citizen and caseworker, in the order of the citizens' names."""
    return cases.select_related("citizen", "caseworker").order_by("citizen__name", "pk")


def open_case_of(citizen: Citizen) -> Case | None:
    """Give a citizen's open case with its unit and caseworker."""
    return Case.objects.open().select_related("unit", "caseworker").filter(citizen=citizen).first()


def journal_of(citizen: Citizen) -> EntryQuerySet:
    """Give a citizen's journal, newest first, withdrawn and corrected entries included."""
    entries = Entry.objects.filter(citizen=citizen).select_related("recorded_by", "correction")
    return entries.order_by("-on", "-recorded_at", "-pk")


def arrived(*, cases: CaseQuerySet, on: date, days: int = 7) -> EntryQuerySet:
    """Give what came in lately about the citizens of some cases, newest first."""
    mine = cases.values("citizen_id")
    recent = Entry.objects.standing().of_kind(*ARRIVALS).since(on - timedelta(days=days))
    return (
        recent.filter(citizen_id__in=mine, on__lte=on)
        .select_related("citizen")
        .order_by("-on", "-recorded_at", "-pk")
    )


def standing_of(citizen: Citizen) -> list[Entry]:
    """Give what holds of a citizen's journal, newest first."""
    standing = Entry.objects.standing().filter(citizen=citizen)
    return list(standing.order_by("-on", "-recorded_at", "-pk"))


def open_request(citizen: Citizen, told: Sequence[Entry] | None = None) -> Entry | None:
    """Give the citizen's newest request for an interview that none has followed, or None.

    Args:
        citizen: who asked.
        told: what holds of the journal, newest first, where it is known already.
    """
    told = standing_of(citizen) if told is None else told
    asked = (e for e in told if e.kind == Kind.REQUEST and e.detail in {"", "interview"})
    newest = next(asked, None)
    if newest is None or any(e.kind == Kind.INTERVIEW and e.on >= newest.on for e in told):
        return None
    return newest


def flags_of(citizen: Citizen, on: date) -> EntryQuerySet:
    """Give the marks that hold on a day, newest first; each was set by a person."""
    flags = Entry.objects.standing().of_kind(Kind.FLAG).filter(citizen=citizen, on__lte=on)
    still = flags.filter(Q(until__isnull=True) | Q(until__gt=on))
    return still.order_by("-on", "-recorded_at", "-pk")


def objection_to_profiling(citizen: Citizen) -> Entry | None:
    """Give a citizen's standing objection to profiling, or None."""
    objections = Entry.objects.standing().of_kind(Kind.OBJECTION).filter(detail=PROFILING)
    return objections.filter(citizen=citizen).order_by("-on", "-recorded_at", "-pk").first()


def objects_to_profiling(citizen: Citizen) -> bool:
    """Whether a citizen objects to profiling (indsigelse mod profilering): then there is none."""
    return objection_to_profiling(citizen) is not None
