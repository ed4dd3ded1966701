"""The verbs of the citizen's own search for a job: write and take back in the CV and the job log.

What is written lies with the people; that it reached us is a receipt, in the same transaction.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.turns import one_at_a_time
from velvalgt.apps.people.choices import JobLogState
from velvalgt.apps.people.models import Citizen, CvEntry, JobLogEntry
from velvalgt.apps.staff.models import User

Line = TypeVar("Line", CvEntry, JobLogEntry)


class ChangedMeanwhile(Exception):
    """A line was changed or taken back in another window."""


class NotAppliedYet(Exception):
    """A job is said to have been applied for on a day that has not come."""


@dataclass(frozen=True, slots=True)
class CvLine:
    """What a line of a CV says."""

    kind: str
    title: str
    place: str = ""
    from_year: int | None = None
    to_year: int | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class JobLine:
    """What a line of a job log says."""

    title: str
    company: str
    state: str
    applied_on: date | None = None
    how: str = ""
    url: str = ""


@transaction.atomic
def write_cv(
    *, citizen: Citizen, line: CvLine, by: User, at: datetime, instead_of: CvEntry | None = None
) -> CvEntry:
    """Write a line of the CV (skrive cv), new or instead of another; a second click is the first.

    Raises:
        ChangedMeanwhile: the other is no longer what holds.
    """
    one_at_a_time(citizen.pk)
    known = _said_already(CvEntry, citizen, asdict(line), instead_of)
    return known or _written(
        CvEntry, Deed.CV, citizen=citizen, facts=asdict(line), by=by, at=at, replaces=instead_of
    )


@transaction.atomic
def write_job_log(
    *,
    citizen: Citizen,
    line: JobLine,
    today: date,
    by: User,
    at: datetime,
    instead_of: JobLogEntry | None = None,
) -> JobLogEntry:
    """Write a line of the job log (skrive joblog), new or instead of another.

    A second click is the first.

    Raises:
        NotAppliedYet: the day of applying has not come.
        ChangedMeanwhile: the other line is no longer what holds.
    """
    if line.applied_on and line.applied_on > today:
        raise NotAppliedYet(_("That day has not come. Choose today or an earlier day."))
    one_at_a_time(citizen.pk)
    known = _said_already(JobLogEntry, citizen, asdict(line), instead_of)
    return known or _written(
        JobLogEntry,
        Deed.JOB_LOG,
        citizen=citizen,
        facts=asdict(line),
        by=by,
        at=at,
        replaces=instead_of,
    )


@transaction.atomic
def note_job(
    *, citizen: Citizen, title: str, company: str, url: str, by: User, at: datetime
) -> JobLogEntry:
    """Write in the job log that a citizen wants to apply for a vacancy, unless it stands there."""
    one_at_a_time(citizen.pk)
    there = JobLogEntry.objects.standing().filter(citizen=citizen, url=url).exclude(url="")
    line = JobLine(title=title, company=company, state=JobLogState.WANTED, url=url)
    return there.order_by("-said_at", "-pk").first() or _written(
        JobLogEntry, Deed.JOB_LOG, citizen=citizen, facts=asdict(line), by=by, at=at
    )


@transaction.atomic
def take_back(*, entry: Line, by: User, at: datetime) -> Line:
    """Take a line out of the CV or the job log (fjerne fra cv og joblog); twice is once.

    Raises:
        ChangedMeanwhile: the line was changed since it was shown.
    """
    one_at_a_time(entry.citizen_id)
    model, deed = type(entry), Deed.CV if isinstance(entry, CvEntry) else Deed.JOB_LOG
    after = model.objects.filter(replaces=entry).first()
    if after is not None and not after.is_withdrawal:
        raise ChangedMeanwhile(_("You have changed this line since. Look at the newest one."))
    return after or _written(
        model,
        deed,
        citizen=entry.citizen,
        facts=entry.facts,
        by=by,
        at=at,
        replaces=entry,
        is_withdrawal=True,
    )


def _said_already(
    model: type[Line], citizen: Citizen, facts: dict[str, Any], instead_of: Line | None
) -> Line | None:
    """The line that says the same already, which a second click or an unchanged form finds."""
    if instead_of is None or instead_of.facts == facts:
        return model.objects.standing().filter(citizen=citizen, **facts).first()
    after = model.objects.filter(replaces=instead_of).first()
    if after is not None and (after.is_withdrawal or after.facts != facts):
        raise ChangedMeanwhile(_("You have changed this line since. Look at the newest one."))
    return after


def _written(
    model: type[Line],
    deed: Deed,
    *,
    citizen: Citizen,
    facts: dict[str, Any],
    by: User,
    at: datetime,
    **more: Any,
) -> Line:
    entry = model.objects.create(
        tenant_id=citizen.tenant_id, citizen=citizen, said_by=by, said_at=at, **facts, **more
    )
    give_receipt(citizen=citizen, deed=deed, title=entry.title, by=by, at=at)
    return entry
