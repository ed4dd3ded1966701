"""The verbs of the preparation: answer, skip, change one's mind, choose how to be met."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed, Side
from velvalgt.apps.cases.models import Answer
from velvalgt.apps.cases.ownwords import refuse_cpr
from velvalgt.apps.cases.questions import CONTACT, Kind, Question, question_step
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.turns import one_at_a_time
from velvalgt.apps.people.models import Citizen, ContactWish
from velvalgt.apps.people.services import Wish
from velvalgt.apps.people.services import wish_contact as write_wish
from velvalgt.apps.staff.models import User


@transaction.atomic
def answer(  # noqa: PLR0913 - who said what to which questions, and whether the rest is skipped
    *,
    citizen: Citizen,
    asked: Sequence[Question],
    given: Mapping[str, str],
    skips_rest: bool,
    side: Side,
    by: User,
    at: datetime,
) -> list[Answer]:
    """Save what was said to open questions (besvare); those settled meanwhile stay as they are.

    Args:
        citizen: whose preparation it is.
        asked: the questions.
        given: what was said, by question; a blank is not an answer.
        skips_rest: whether the questions without an answer are skipped, and not asked again.
        side: whether the citizen says it, or the caseworker writes it with them.
        by: whose hand.
        at: when.

    Raises:
        HoldsCpr: a CPR number stands in the words.
    """
    refuse_cpr(*given.values())
    one_at_a_time(citizen.pk)
    settled = set(citizen.answers.values_list("question", flat=True))
    new = [
        _written(citizen, question, given.get(question.key, ""), side, by, at)
        for question in asked
        if question.key not in settled and (given.get(question.key) or skips_rest)
    ]
    Answer.objects.bulk_create(new)
    if any(not answer.is_skipped for answer in new) and side == Side.CITIZEN:
        title = str(question_step(asked[0]).title)
        give_receipt(citizen=citizen, deed=Deed.PREPARATION, by=by, at=at, title=title)
    return new


@transaction.atomic
def change_answer(
    *, citizen: Citizen, question: Question, given: str, side: Side, by: User, at: datetime
) -> Answer:
    """Answer a question anew (ændre svar); a blank takes the answer out. What was said is kept.

    The same answer again is not written again.

    Raises:
        HoldsCpr: a CPR number stands in the words.
    """
    refuse_cpr(given)
    one_at_a_time(citizen.pk)
    mine = citizen.answers.filter(question=question.key)
    newest: Answer | None = mine.order_by("-answered_at", "-pk").first()
    new = _written(citizen, question, given, side, by, at)
    if newest is not None and (newest.words, newest.choice) == (new.words, new.choice):
        return newest
    Answer.objects.bulk_create([new])
    if side == Side.CITIZEN:
        give_receipt(citizen=citizen, deed=Deed.PREPARATION, by=by, at=at, title=str(question.text))
    return new


@transaction.atomic
def choose_contact(*, citizen: Citizen, wish: Wish, by: User, at: datetime) -> ContactWish:
    """Choose how to be met (kontaktønske), with a receipt; the same wish again is one."""
    one_at_a_time(citizen.pk)
    said = citizen.contact_wishes.filter(source="").order_by("-recorded_at", "-pk").first()
    if said is not None and _wish(said) == wish:
        return said
    written = write_wish(citizen=citizen, wish=wish, at=at)
    give_receipt(citizen=citizen, deed=Deed.CONTACT_WISH, by=by, at=at, title=_("How to meet"))
    return written


@transaction.atomic
def skip_contact(*, citizen: Citizen, side: Side, by: User, at: datetime) -> None:
    """Leave it to us how to meet; the question is not asked again."""
    one_at_a_time(citizen.pk)
    if not citizen.answers.filter(question=CONTACT).exists():
        Answer.objects.create(
            tenant_id=citizen.tenant_id,
            citizen=citizen,
            question=CONTACT,
            is_skipped=True,
            side=side,
            answered_by=by,
            answered_at=at,
        )


def _written(
    citizen: Citizen, question: Question, given: str, side: Side, by: User, at: datetime
) -> Answer:
    said = given.strip()
    in_words = question.kind == Kind.WORDS
    return Answer(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        question=question.key,
        words=said if in_words else "",
        choice="" if in_words else said,
        is_skipped=not said,
        side=side,
        answered_by=by,
        answered_at=at,
    )


def _wish(written: ContactWish) -> Wish:
    return Wish(
        form=written.form,
        rhythm=written.rhythm,
        language=written.language,
        wants_companion=written.wants_companion,
    )
