"""The verbs of dispensations: write down what the State gave, confirm it, withdraw it."""

from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _
from pydantic import ValidationError

from velvalgt.apps.duties import law
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.dispensations import Draft
from velvalgt.apps.duties.models import Confirmation, Dispensation, DispensationWithdrawal
from velvalgt.apps.staff.models import User
from velvalgt.core.regime import LawBook, LawError
from velvalgt.core.words import possible_days

SHORTEST_NUMBER = 3
"""Signs in the number of an order, as the core asks."""


class DoesNotHold(Exception):
    """A dispensation that cannot be as it is written; `about` names what is wrong with it."""

    about = "effect"


class NotWritten(DoesNotHold):
    """The number and day of the order, its paragraph, or the words are missing."""

    about = "instrument"


class EndsBeforeItBegins(DoesNotHold):
    """The last day is before the first."""

    about = "last_day"


class OutOfTime(DoesNotHold):
    """A day that no case can reach: a slip of the keyboard."""

    about = "first_day"


class NothingChosen(DoesNotHold):
    """It names nothing that it could change."""

    about = "rules"


class NoForms(DoesNotHold):
    """It allows more forms of interview, and names none."""

    about = "forms"


class NoClock(DoesNotHold):
    """It stops a clock, and names none."""

    about = "clocks"


class NotInTheBook(DoesNotHold):
    """It names a rule or a clock that the book does not have, or none of that kind."""

    about = "rules"


class NotInForceThen(DoesNotHold):
    """It names a rule that is not in force on any day of it."""

    about = "rules"


class RightsStay(DoesNotHold):
    """It would take a right from somebody; the State pauses duties."""

    about = "rules"


class ConfirmedByItsRecorder(Exception):
    """The one who recorded a dispensation would confirm it, too."""


class ConfirmedAlready(Exception):
    """A second person has confirmed it before."""


class WithdrawnAlready(Exception):
    """It has been withdrawn, and nothing more can be done with it."""


class NoReason(Exception):
    """A withdrawal without a reason."""


@transaction.atomic
def record_dispensation(*, draft: Draft, by: User, at: datetime) -> Dispensation:
    """Write down a dispensation as the State gave it; it changes nothing before it is confirmed.

    Raises:
        DoesNotHold: by its subclasses, what is missing or cannot be.
    """
    _hold(draft, law.book())
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
        ConfirmedByItsRecorder: the same person recorded it.
        ConfirmedAlready: somebody was first.
        WithdrawnAlready: it was withdrawn meanwhile.
    """
    if by.pk == dispensation.recorded_by_id:
        raise ConfirmedByItsRecorder(_("You recorded it yourself. Somebody else must confirm it."))
    _one_at_a_time(dispensation)
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
    *, dispensation: Dispensation, reason: str, on: date, by: User, at: datetime
) -> DispensationWithdrawal:
    """Take a dispensation back (tilbagekalde), whether confirmed or not; it never held.

    Raises:
        NoReason: nothing is said.
        WithdrawnAlready: somebody was first.
    """
    if not reason.strip():
        raise NoReason(_("Write why."))
    _one_at_a_time(dispensation)
    _not_withdrawn(dispensation)
    withdrawal = DispensationWithdrawal.objects.create(
        dispensation=dispensation,
        tenant_id=dispensation.tenant_id,
        reason=reason.strip(),
        withdrawn_by=by,
        withdrawn_at=at,
    )
    if Confirmation.objects.filter(dispensation=dispensation).exists():
        _reckon_anew(on)
    return withdrawal


def _one_at_a_time(dispensation: Dispensation) -> None:
    with connection.cursor() as cursor:
        key = str(dispensation.pk)
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 5))", [key])


def _not_withdrawn(dispensation: Dispensation) -> None:
    if DispensationWithdrawal.objects.filter(dispensation=dispensation).exists():
        raise WithdrawnAlready(_("It has been withdrawn. Record it anew if it holds after all."))


def _reckon_anew(on: date) -> None:
    """Have the tenant's duties follow, by a job in this transaction; a page of one follows itself.

    The web has no place in the queue: a reviewed function asks for `tasks.reckon_tenant`.
    """
    law.forget()
    with connection.cursor() as cursor:
        cursor.execute("select duties_ask_for_reckoning(%s)", [on])


def _hold(draft: Draft, book: LawBook) -> None:
    """Check that a draft can stand, by having the core's law take it."""
    if len(draft.instrument) < SHORTEST_NUMBER:
        raise NotWritten(_("Write the number and the day of the order."))
    if not (draft.paragraph and draft.words_da and draft.words_en):
        raise NotWritten(_("Write the paragraph, and the words in both languages."))
    if draft.last_day is not None and draft.last_day < draft.first_day:
        raise EndsBeforeItBegins(_("Choose a last day that is not before the first."))
    first, last = possible_days()
    if not all(first <= day <= last for day in (draft.first_day, draft.last_day or last)):
        raise OutOfTime(_("Look at the year."))
    _something_chosen(draft)
    _rules_fit(draft, book)
    try:
        book.amended([draft.as_law()])
    except ValidationError as error:
        raise DoesNotHold(_("Something in it is not a word that the law files know.")) from error
    except LawError as error:
        raise NotInTheBook(_("It names something that is not in the book: choose anew.")) from error


def _something_chosen(draft: Draft) -> None:
    if draft.effect == Effect.CLOCK_EXCLUDED:
        if not draft.clocks:
            raise NoClock(_("Choose the clock that stops."))
    elif not draft.rules:
        raise NothingChosen(_("Choose at least one rule."))
    elif draft.effect == Effect.FORM_RELAXED and not draft.forms:
        raise NoForms(_("Choose the forms that are allowed."))


def _rules_fit(draft: Draft, book: LawBook) -> None:
    for rule in (rule for rule in book.rules if rule.id in draft.rules):
        if draft.effect == Effect.DUTY_SUSPENDED and rule.is_right:
            raise RightsStay(_("A right is never paused: take it off the list."))
        begins_after = draft.last_day is not None and rule.valid_from > draft.last_day
        ended_before = rule.valid_to is not None and rule.valid_to <= draft.first_day
        if begins_after or ended_before:
            raise NotInForceThen(_("A rule on the list is not in force in these days."))
