"""Answering an application: yes, no with reasons and a way to complain, or a question first."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Actor, Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.cases.services import one_at_a_time, record
from velvalgt.apps.duties.services import follow
from velvalgt.apps.offers.choices import FINAL, Outcome
from velvalgt.apps.offers.models import Addition, Answer, Application, ApplicationWithdrawal
from velvalgt.apps.offers.seats import one_grant_at_a_time, seats_of
from velvalgt.apps.offers.telling import Ruling, tell_answer, write_answer
from velvalgt.apps.staff.models import User


class CannotAnswer(Exception):
    """An answer that cannot be given; the message says why and what to do."""


class NoSeatLeft(CannotAnswer):
    """All seats are given away; the application keeps its place in line."""


class AnsweredAlready(CannotAnswer):
    """Somebody said yes or no before."""


class TakenBack(CannotAnswer):
    """The citizen took the application back."""


class ReasonsMissing(CannotAnswer):
    """A no, or a question, has no words."""


class LawMissing(CannotAnswer):
    """A yes or a no does not say what it rests on."""


@transaction.atomic
def answer(
    *, application: Application, ruling: Ruling, today: date, by: User, at: datetime
) -> Answer:
    """Answer an application (svare, afgøre); the citizen is told, and a yes or no is a letter.

    The same answer twice is one. An offer in the law's sense that is granted stands in the
    journal, since the law counts it.

    Raises:
        ReasonsMissing: a no or a question without its words.
        LawMissing: a yes or no that names no law.
        AnsweredAlready: there is another yes or no.
        TakenBack: the citizen took the application back.
        NoSeatLeft: all seats are given away.
    """
    _check_words(ruling)
    one_at_a_time(application.citizen_id)
    if given := _same_before(application, ruling):
        return given
    if ApplicationWithdrawal.objects.filter(application=application).exists():
        raise TakenBack(_("The citizen has taken the application back."))
    if ruling.outcome == Outcome.GRANTED:
        _take_seat(application)
    document = write_answer(application, ruling, by=by, at=at)
    given = Answer.objects.create(
        tenant_id=application.tenant_id,
        citizen=application.citizen,
        application=application,
        outcome=ruling.outcome,
        reasons=ruling.reasons.strip(),
        law=ruling.law.strip(),
        answered_by=by,
        answered_at=at,
        document=document,
        entry=_journal(application, ruling, today=today, by=by, at=at),
    )
    if given.entry is not None:
        follow(citizen=application.citizen, on=today)
    tell_answer(application, ruling, by=by, at=at)
    return given


def _check_words(ruling: Ruling) -> None:
    """Forvaltningsloven §§ 22 and 24: reasons, and the rule they rest on."""
    if ruling.outcome != Outcome.GRANTED and not ruling.reasons.strip():
        raise ReasonsMissing(_("Write why: the citizen reads the same words."))
    if ruling.outcome in FINAL and not ruling.law.strip():
        raise LawMissing(_("Name the paragraph of the law that it rests on."))


def _same_before(application: Application, ruling: Ruling) -> Answer | None:
    answers = Answer.objects.filter(application=application).order_by("-answered_at", "-pk")
    last = answers.first()
    if last is None:
        return None
    is_same = last.outcome == ruling.outcome and last.reasons == ruling.reasons.strip()
    if is_same and (last.is_final or not _has_replied_since(last)):
        return last
    if last.is_final:
        raise AnsweredAlready(_("This application has its answer already."))
    return None


def _has_replied_since(question: Answer) -> bool:
    """Whether the citizen has answered a question; then the same one may be asked again."""
    replies = Addition.objects.filter(application=question.application_id)
    return replies.filter(added_at__gt=question.answered_at).exists()


def _take_seat(application: Application) -> None:
    if application.start_id is None:
        return
    one_grant_at_a_time(application.start_id)
    if seats_of([application.start_id])[application.start_id].left < 1:
        raise NoSeatLeft(_("No seat is left. The application keeps its place on the waiting list."))


def _journal(
    application: Application, ruling: Ruling, *, today: date, by: User, at: datetime
) -> Entry | None:
    word = application.offer.law_word
    if ruling.outcome != Outcome.GRANTED or not word:
        return None
    return record(
        citizen=application.citizen,
        kind=Kind.OFFER_GIVEN,
        on=today,
        actor=Actor.MUNICIPALITY,
        detail=word,
        by=by,
        at=at,
    )
