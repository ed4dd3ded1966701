"""Contact details that a citizen gives, requests to correct a fact, and their answers."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email
from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.people.choices import ContactField, Fact, Outcome
from velvalgt.apps.people.knowledge import Known
from velvalgt.apps.people.models import Citizen, ContactDetail, Correction, CorrectionAnswer
from velvalgt.apps.people.reaching import reachable_at
from velvalgt.apps.staff.models import User

is_phone_number = RegexValidator(r"^\+?[0-9](?: ?[0-9]){7,14}$")


class NoSuchAddress(Exception):
    """What was given is no phone number or e-mail address; `field` says which."""

    def __init__(self, message: str, field: ContactField) -> None:
        super().__init__(message)
        self.field = field


class NeedsReason(Exception):
    """A correction is refused with a reason, or not at all."""


@transaction.atomic
def give_contact_details(
    *, citizen: Citizen, phone: str, email: str, by: User, at: datetime
) -> list[Correction]:
    """Keep how a citizen can be reached (ændre kontaktoplysninger); it holds here at once.

    What a source is the master of is asked corrected there, too, so that the two agree.

    Returns:
        The requests to the source.

    Raises:
        NoSuchAddress: one of the two cannot be right.
    """
    _check(phone, email)
    one_correction_at_a_time(citizen)
    before = reachable_at(citizen)
    given = {ContactField.PHONE: (before.phone, phone), ContactField.EMAIL: (before.email, email)}
    asked = []
    for field, (old, new) in given.items():
        if old == new:
            continue
        ContactDetail.objects.create(
            tenant_id=citizen.tenant_id,
            citizen=citizen,
            field=field,
            value=new,
            given_by=by,
            given_at=at,
        )
        if citizen.source:
            should_be = new or _("none any more")
            asked.append(_ask(citizen, Known(Fact(field.value), old), should_be, "", by, at))
    return asked


def _check(phone: str, email: str) -> None:
    try:
        if phone:
            is_phone_number(phone)
    except ValidationError:
        told = _("Write 8 digits, or + and the country's number first.")
        raise NoSuchAddress(told, ContactField.PHONE) from None
    try:
        if email:
            validate_email(email)
    except ValidationError:
        told = _("Write the address with @, such as name@example.dk.")
        raise NoSuchAddress(told, ContactField.EMAIL) from None


@transaction.atomic
def ask_for_correction(
    *, citizen: Citizen, known: Known, should_be: str, why: str, by: User, at: datetime
) -> Correction:
    """Ask for a fact to be corrected (berigtigelse); the same request, still open, is one."""
    one_correction_at_a_time(citizen)
    waiting = Correction.objects.filter(
        citizen=citizen, fact=known.fact, about=known.about, should_be=should_be
    ).filter(answers__isnull=True)
    same = waiting.order_by("pk").first()
    return same or _ask(citizen, known, should_be, why, by, at)


def _ask(
    citizen: Citizen, known: Known, should_be: str, why: str, by: User, at: datetime
) -> Correction:
    return Correction.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        fact=known.fact,
        about=known.about,
        stood=known.value[:300],
        should_be=should_be,
        why=why,
        asked_by=by,
        asked_at=at,
    )


@transaction.atomic
def answer_correction(
    *, correction: Correction, outcome: Outcome, words: str, by: User, at: datetime
) -> CorrectionAnswer:
    """Answer a request to correct a fact; a second click gives the answer of the first.

    Raises:
        NeedsReason: it is refused without one.
    """
    if outcome == Outcome.REFUSED and not words.strip():
        raise NeedsReason(_("Write why. The citizen reads it."))
    one_correction_at_a_time(correction.citizen)
    newest = correction.answers.order_by("-answered_at", "-pk").first()
    if newest and (newest.outcome, newest.words) == (outcome, words):
        return newest
    return CorrectionAnswer.objects.create(
        tenant_id=correction.tenant_id,
        citizen_id=correction.citizen_id,
        correction=correction,
        outcome=outcome,
        words=words,
        answered_by=by,
        answered_at=at,
    )


def one_correction_at_a_time(citizen: Citizen) -> None:
    """Wait until nobody else asks for or answers a correction of this citizen's facts."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(citizen.pk)])
