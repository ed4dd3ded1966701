"""The verbs of the journal: record what happened, correct it, withdraw it."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class AlreadyCorrected(Exception):
    """An entry has been corrected before; the correction is what can be corrected."""


class InTheFuture(Exception):
    """Something is said to have happened on a day that has not come."""


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


def record_interview(
    *, citizen: Citizen, on: date, form: str, today: date, by: User, at: datetime
) -> Entry:
    """Write in the journal that the municipality held an interview (afholdt samtale).

    Raises:
        InTheFuture: the day is after today.
    """
    if on > today:
        raise InTheFuture(_("The interview has not been held yet: choose today or an earlier day."))
    return record(
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


def _facts(entry: Entry) -> dict[str, object]:
    names = (
        "tenant_id", "citizen_id", "kind", "on", "until", "actor", "form", "detail",
        "source", "external_key",
    )  # fmt: skip
    return {name: getattr(entry, name) for name in names}
