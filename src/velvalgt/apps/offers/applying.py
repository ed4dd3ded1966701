"""Applying for an offer, writing besides, and taking it back; each gives a receipt at once."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.cases.services import give_receipt, one_at_a_time
from velvalgt.apps.offers.choices import Outcome
from velvalgt.apps.offers.models import (
    Addition,
    Answer,
    Application,
    ApplicationWithdrawal,
    Offer,
    Start,
)
from velvalgt.apps.offers.speaking import title_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class CannotApply(Exception):
    """An application that cannot be taken in; the message says why and what to do."""


class TooLate(CannotApply):
    """The last day to apply has gone."""


class NotOffered(CannotApply):
    """It is not in the catalogue any more."""


class NothingWritten(Exception):
    """There is nothing in what was sent."""


class WithdrawnAlready(Exception):
    """The application was taken back before."""


@transaction.atomic
def apply(  # noqa: PLR0913 - what an application is, and when and by whom
    *,
    citizen: Citizen,
    offer: Offer,
    start: Start | None,
    words: str,
    today: date,
    by: User,
    at: datetime,
) -> Receipt:
    """Apply for an offer (søge); the receipt is given in the same transaction.

    The same application sent twice is one; what was written the second time is kept beside it.

    Raises:
        TooLate: the last day to apply for the start has gone.
        NotOffered: it is not in the catalogue any more.
    """
    one_at_a_time(citizen.pk)
    standing = standing_application(citizen, offer, today)
    if standing is not None:
        return _again(standing, words=words, by=by, at=at)
    if not Offer.objects.shown(today).filter(pk=offer.pk).exists():
        raise NotOffered(_("We do not offer this any more. Look at the other offers, or call us."))
    if start is not None and start.apply_by < today:
        raise TooLate(_("The last day to apply for this start has gone. Choose another one."))
    receipt = _receipt(Deed.APPLICATION, offer, citizen=citizen, by=by, at=at)
    Application.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        offer=offer,
        start=start,
        words=words.strip(),
        applied_at=at,
        receipt=receipt,
    )
    return receipt


@transaction.atomic
def add_words(*, application: Application, words: str, by: User, at: datetime) -> Receipt:
    """Write more to an application (supplere), such as the answer to a question.

    Raises:
        NothingWritten: there are no words.
        WithdrawnAlready: it was taken back; nobody would read them.
    """
    one_at_a_time(application.citizen_id)
    if not words.strip():
        raise NothingWritten(_("Write a few words."))
    if ApplicationWithdrawal.objects.filter(application=application).exists():
        raise WithdrawnAlready(_("You have taken this application back. Apply again instead."))
    return _again(application, words=words, by=by, at=at)


@transaction.atomic
def withdraw_application(*, application: Application, by: User, at: datetime) -> Receipt:
    """Take an application back (trække tilbage); the rest of the line moves up. Twice is once."""
    one_at_a_time(application.citizen_id)
    before = ApplicationWithdrawal.objects.filter(application=application)
    if withdrawn := before.select_related("receipt").first():
        return withdrawn.receipt
    citizen = application.citizen
    receipt = _receipt(Deed.WITHDRAWAL, application.offer, citizen=citizen, by=by, at=at)
    ApplicationWithdrawal.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        application=application,
        withdrawn_at=at,
        receipt=receipt,
    )
    return receipt


def standing_application(citizen: Citizen, offer: Offer, today: date) -> Application | None:
    """Give the application that waits for an answer, or was granted and has not begun."""
    mine = Application.objects.filter(citizen=citizen, offer=offer)
    waiting = mine.undecided().order_by("pk").first()
    if waiting is not None:
        return waiting
    granted = Answer.objects.filter(application__in=mine, outcome=Outcome.GRANTED)
    coming = mine.filter(
        pk__in=granted.values("application"), withdrawal__isnull=True, start__starts_on__gte=today
    )
    return coming.order_by("pk").first()


def _again(application: Application, *, words: str, by: User, at: datetime) -> Receipt:
    """Keep what is new; give the receipt of the first where nothing is.

    Words that were said before are new where we have asked since: a yes may answer two questions.
    """
    said, asked_at = words.strip(), _last_asked(application)
    if not said or (asked_at is None and said == application.words):
        return application.receipt
    added = Addition.objects.filter(application=application, words=said).select_related("receipt")
    if asked_at is not None:
        added = added.filter(added_at__gt=asked_at)
    if same := added.order_by("pk").first():
        return same.receipt
    citizen = application.citizen
    receipt = _receipt(Deed.APPLICATION, application.offer, citizen=citizen, by=by, at=at)
    Addition.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        application=application,
        words=said,
        added_at=at,
        receipt=receipt,
    )
    return receipt


def _last_asked(application: Application) -> datetime | None:
    """When we last asked the citizen something about it."""
    asked = Answer.objects.filter(application=application, outcome=Outcome.MORE_NEEDED)
    return asked.order_by("-answered_at").values_list("answered_at", flat=True).first()


def _receipt(deed: Deed, offer: Offer, *, citizen: Citizen, by: User, at: datetime) -> Receipt:
    return give_receipt(citizen=citizen, deed=deed, by=by, at=at, title=title_of(offer))
