"""The verbs of dispensations: write down what the State gave, confirm it, withdraw it."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.duties import law
from velvalgt.apps.duties.dispensations import Draft
from velvalgt.apps.duties.holding import hold
from velvalgt.apps.duties.models import (
    Confirmation,
    Dispensation,
    DispensationWithdrawal,
    WithdrawalConfirmation,
)
from velvalgt.apps.duties.oversight import oversees_everyone
from velvalgt.apps.duties.refusals import (
    AskedAlready,
    AskedByTheSame,
    ConfirmedAlready,
    ConfirmedByItsRecorder,
    NoReason,
    NotAskedFor,
    NotYoursToRecord,
    RecordedAlready,
    WithdrawnAlready,
)
from velvalgt.apps.staff.models import User


@transaction.atomic
def record_dispensation(*, draft: Draft, by: User, at: datetime) -> Dispensation:
    """Write down a dispensation as the State gave it; it changes nothing before it is confirmed.

    Raises:
        NotYoursToRecord: the one who acts does not oversee everyone.
        DoesNotHold: by its subclasses, what is missing or cannot be.
        RecordedAlready: an equal one stands.
    """
    _overseen()
    hold(draft, law.book())
    _one_at_a_time(f"dispensations {by.tenant_id}")
    first = Dispensation.objects.standing().like(draft).select_related("recorded_by").first()
    if first is not None:
        raise RecordedAlready(first)
    return Dispensation.objects.create(
        tenant_id=by.tenant_id,
        instrument=draft.instrument,
        paragraph=draft.paragraph,
        url=draft.url,
        effect=draft.effect,
        rules=list(draft.rules),
        forms=list(draft.forms),
        clocks=list(draft.clocks),
        regions=list(draft.regions),
        municipalities=list(draft.municipalities),
        first_day=draft.first_day,
        last_day=draft.last_day,
        words_da=draft.words_da,
        words_en=draft.words_en,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def confirm_dispensation(
    *, dispensation: Dispensation, on: date, by: User, at: datetime
) -> Confirmation:
    """Vouch for a dispensation as the second person (godkende); from now on the law here has it.

    Raises:
        NotYoursToRecord: the one who acts does not oversee everyone.
        ConfirmedByItsRecorder: the same person recorded it.
        ConfirmedAlready: somebody was first.
        WithdrawnAlready: it was withdrawn meanwhile.
    """
    _overseen()
    if by.pk == dispensation.recorded_by_id:
        raise ConfirmedByItsRecorder(_("You recorded it yourself. Somebody else must confirm it."))
    _one_at_a_time(str(dispensation.pk))
    _not_withdrawn(dispensation)
    if Confirmation.objects.filter(dispensation=dispensation).exists():
        raise ConfirmedAlready(_("Somebody has confirmed it already."))
    confirmation = Confirmation.objects.create(
        dispensation=dispensation,
        tenant_id=dispensation.tenant_id,
        recorded_by_id=dispensation.recorded_by_id,
        confirmed_by=by,
        confirmed_at=at,
    )
    _reckon_anew(on)
    return confirmation


@transaction.atomic
def withdraw_dispensation(
    *, dispensation: Dispensation, reason: str, by: User, at: datetime
) -> DispensationWithdrawal:
    """Take a dispensation back (tilbagekalde); it then never held.

    One that nobody has confirmed is gone at once. One that two people vouch for holds until a
    second person confirms this, too.

    Raises:
        NotYoursToRecord: the one who acts does not oversee everyone.
        NoReason: nothing is said.
        WithdrawnAlready: it is withdrawn.
        AskedAlready: somebody was first, and a second person is waited for.
    """
    _overseen()
    if not reason.strip():
        raise NoReason(_("Write why."))
    _one_at_a_time(str(dispensation.pk))
    _not_asked_back(dispensation)
    return DispensationWithdrawal.objects.create(
        dispensation=dispensation,
        tenant_id=dispensation.tenant_id,
        reason=reason.strip(),
        withdrawn_by=by,
        withdrawn_at=at,
    )


@transaction.atomic
def confirm_withdrawal(
    *, dispensation: Dispensation, on: date, by: User, at: datetime
) -> WithdrawalConfirmation:
    """Agree as the second person that a confirmed dispensation is taken back; now it is.

    Raises:
        NotYoursToRecord: the one who acts does not oversee everyone.
        NotAskedFor: nobody has asked for it.
        AskedByTheSame: the same person asked for it.
        WithdrawnAlready: it is withdrawn.
    """
    _overseen()
    _one_at_a_time(str(dispensation.pk))
    asked = DispensationWithdrawal.objects.filter(dispensation=dispensation).first()
    if asked is None:
        raise NotAskedFor(_("Nobody has asked for it to be withdrawn."))
    _not_withdrawn(dispensation)
    if asked.withdrawn_by_id == by.pk:
        raise AskedByTheSame(_("You asked for it yourself. Somebody else must confirm it."))
    confirmation = WithdrawalConfirmation.objects.create(
        withdrawal=asked,
        tenant_id=dispensation.tenant_id,
        withdrawn_by_id=asked.withdrawn_by_id,
        confirmed_by=by,
        confirmed_at=at,
    )
    _reckon_anew(on)
    return confirmation


def _overseen() -> None:
    if not oversees_everyone():
        raise NotYoursToRecord


def _one_at_a_time(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 5))", [key])


def _not_withdrawn(dispensation: Dispensation) -> None:
    if Dispensation.objects.withdrawn().filter(pk=dispensation.pk).exists():
        raise WithdrawnAlready(_("It has been withdrawn. Record it anew if it holds after all."))


def _not_asked_back(dispensation: Dispensation) -> None:
    _not_withdrawn(dispensation)
    if DispensationWithdrawal.objects.filter(dispensation=dispensation).exists():
        raise AskedAlready(_("Somebody has asked for it already. A second person must confirm it."))


def _reckon_anew(on: date) -> None:
    """Have the tenant's duties follow, by a job in this transaction; a page of one follows itself.

    The web has no place in the queue: a reviewed function asks for `tasks.reckon_tenant`.
    """
    law.forget()
    with connection.cursor() as cursor:
        cursor.execute("select duties_ask_for_reckoning(%s)", [on])
