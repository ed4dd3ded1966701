"""The verbs of the dialogue: write, answer, open, say that no answer is needed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed, DocumentKind, Side
from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.cases.services import SAME_CLICK, give_receipt, keep, one_at_a_time
from velvalgt.apps.messages import queries
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.messages.models import Attachment, Message, NoAnswer, Reading
from velvalgt.apps.messages.sending import notify
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.queries import after_working_days


class NobodyToAnswer(Exception):
    """The citizen has no open case: nobody here would read it."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that goes with a message (bilag), as it came in."""

    name: str
    content: bytes


@transaction.atomic
def send(
    *, citizen: Citizen, body: str, enclosed: Sequence[Enclosed] = (), by: User, at: datetime
) -> Message:
    """Send a message from a citizen (skrive til kommunen) and give a receipt.

    It gets the answer promise that holds today, where one does; a second click gives the message
    of the first.

    Raises:
        CannotKeep: a file cannot be taken in; nothing is sent.
        NobodyToAnswer: the citizen has no open case.
    """
    one_at_a_time(citizen.pk)
    before = _just_said(citizen, Side.CITIZEN, body, by, at)
    if before is not None:
        return before
    case, today = open_case_of(citizen), timezone.localdate(at)
    if case is None:
        raise NobodyToAnswer(_("You have no case here now. Call us instead."))
    days = queries.promised_days(case.unit, today)
    message = Message.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        side=Side.CITIZEN,
        author=by,
        body=body,
        sent_at=at,
        answer_by=after_working_days(today, days) if days else None,
        receipt=give_receipt(citizen=citizen, deed=Deed.MESSAGE, by=by, at=at),
    )
    _enclose(message, enclosed, by, at)
    return message


@transaction.atomic
def answer(
    *, citizen: Citizen, body: str, enclosed: Sequence[Enclosed] = (), by: User, at: datetime
) -> Message:
    """Write to a citizen (svare), and have them told that there is news.

    A second click gives the message of the first.

    Raises:
        CannotKeep: a file cannot be taken in; nothing is sent.
    """
    one_at_a_time(citizen.pk)
    before = _just_said(citizen, Side.MUNICIPALITY, body, by, at)
    if before is not None:
        return before
    message = Message.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        side=Side.MUNICIPALITY,
        author=by,
        body=body,
        sent_at=at,
    )
    _enclose(message, enclosed, by, at)
    notify(citizen=citizen, occasion=Occasion.MESSAGE, at=at)
    return message


@transaction.atomic
def mark_read(*, messages: Sequence[Message], reader: Side, by: User, at: datetime) -> None:
    """Note that a side has opened the other's messages (læst); the first time counts."""
    Reading.objects.bulk_create(
        (
            Reading(
                tenant_id=message.tenant_id,
                message_id=message.pk,  # what was found stays new to whoever looks now
                citizen_id=message.citizen_id,
                reader=by,
                read_at=at,
            )
            for message in messages
            if message.side != reader and message.is_new
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def needs_no_answer(*, message: Message, by: User, at: datetime) -> NoAnswer:
    """Say that a citizen's message needs no answer (intet svar); the citizen sees it."""
    one_at_a_time(message.citizen_id)
    said, _is_new = NoAnswer.objects.get_or_create(
        message=message,
        defaults={
            "tenant_id": message.tenant_id,
            "citizen_id": message.citizen_id,
            "said_by": by,
            "said_at": at,
        },
    )
    return said


def _just_said(citizen: Citizen, side: Side, body: str, by: User, at: datetime) -> Message | None:
    same = Message.objects.of_citizen(citizen).by(side).filter(body=body, author=by)
    return same.filter(sent_at__gt=at - SAME_CLICK).order_by("-sent_at", "-pk").first()


def _enclose(message: Message, enclosed: Sequence[Enclosed], by: User, at: datetime) -> None:
    for each in enclosed:
        document = keep(
            citizen=message.citizen,
            kind=DocumentKind.ATTACHMENT,
            name=each.name,
            content=each.content,
            by=by,
            at=at,
        )
        Attachment.objects.create(
            tenant_id=message.tenant_id,
            citizen=message.citizen,
            message=message,
            document=document,
        )
