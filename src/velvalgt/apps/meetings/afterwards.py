"""After a contact (tilbagemelding): two questions to the citizen, both of which may be skipped."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.services import give_receipt, one_at_a_time
from velvalgt.apps.meetings.choices import Helpful, OwnChoice, Result, Way
from velvalgt.apps.meetings.models import ContactAnswer, Meeting, MeetingQuerySet, Outcome
from velvalgt.apps.meetings.refusals import NotHeld, NothingSaid
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

ASKED_FOR = timedelta(days=14)
"""So long after a contact we ask; later few remember. A starting value."""


@dataclass(frozen=True, slots=True)
class AnswersByForm:
    """How many have said the same of contacts in one form; never fewer than five."""

    form: Form
    helpful: str  # of Helpful, or "" where it was skipped
    own_choice: str  # of OwnChoice, or ""
    count: int


def contacts_to_ask(citizen: Citizen, at: datetime) -> MeetingQuerySet:
    """Give the contacts of the last two weeks that a citizen may still say something of."""
    held = Outcome.objects.standing().filter(result=Result.HELD, citizen=citizen)
    lately = Meeting.objects.standing().filter(
        citizen=citizen, ends_at__gt=at - ASKED_FOR, ends_at__lte=at, answer__isnull=True
    )
    asked = lately.filter(pk__in=held.values("meeting"))
    return asked.select_related("caseworker", "citizen").order_by("-starts_at", "pk")


@transaction.atomic
def answer_contact(
    *, meeting: Meeting, helpful: str, own_choice: str, by: User, at: datetime
) -> ContactAnswer:
    """Say what one thought of a contact; the first answer stands. Twice is once.

    Args:
        meeting: the contact.
        helpful: one of Helpful, or "" to skip it.
        own_choice: one of OwnChoice, or "" to skip it.
        by: who answers; stands on the receipt alone.
        at: when.

    Raises:
        NotHeld: it was not held, so there is nothing to answer about.
        NothingSaid: both were skipped.
    """
    one_at_a_time(meeting.citizen_id)
    if (before := ContactAnswer.objects.filter(meeting=meeting).first()) is not None:
        return before
    if not contacts_to_ask(meeting.citizen, at).filter(pk=meeting.pk).exists():
        raise NotHeld
    if not helpful and not own_choice:
        raise NothingSaid
    answer = ContactAnswer.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        meeting=meeting,
        form=Way(meeting.way).form,
        helpful=Helpful(helpful) if helpful else "",
        own_choice=OwnChoice(own_choice) if own_choice else "",
        answered_at=at,
    )
    title = _("You told what you thought of a meeting")
    give_receipt(citizen=meeting.citizen, deed=Deed.MEETING, by=by, at=at, title=title)
    return answer


def answers_by_form(begins: date, ends: date) -> list[AnswersByForm]:
    """Count what citizens thought of contacts, by form, from one week to the week before another.

    A definer function counts, for steering alone; it tells of no group smaller than five, of
    nobody by name, and of whole weeks only: a day more or less would tell of a single answer.
    """
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_answers(%s, %s)", [begins, ends])
        return [
            AnswersByForm(Form(form), helpful, own_choice, count)
            for form, helpful, own_choice, count in cursor.fetchall()
        ]
