"""The questions about messages: the dialogue, what is new, who waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F, Q, Value
from django.utils import timezone

from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import CaseQuerySet
from velvalgt.apps.messages.channels import offered
from velvalgt.apps.messages.choices import Channel, LetterWay
from velvalgt.apps.messages.models import (
    AnswerPromise,
    ChannelChoice,
    Delivery,
    Message,
    MessageQuerySet,
    Notice,
)
from velvalgt.apps.messages.speaking import language_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.queries import reachable_at
from velvalgt.apps.staff.models import Unit

__all__ = [
    "Thread", "Unread", "Waiting", "choice_of", "language_of", "last_told", "letter_goes_by",
    "message_of", "notices_of", "offered", "promised_days", "thread",
    "unanswered", "unread", "waiting_answers",
]  # fmt: skip

MESSAGES_A_PAGE = 20
NOTICES_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Thread:
    """A stretch of a citizen's dialogue, newest last, and whether there is more before it."""

    messages: list[Message]
    has_older: bool


def thread(citizen: Citizen, *, before: Message | None = None) -> Thread:
    """Give the last messages of a citizen's dialogue, or the last ones before one of them."""
    messages = Message.objects.of_citizen(citizen)
    if before is not None:
        earlier = Q(sent_at__lt=before.sent_at) | Q(sent_at=before.sent_at, pk__lt=before.pk)
        messages = messages.filter(earlier)
    shown = messages.select_related("author", "reading", "no_answer", "receipt")
    newest_first = shown.prefetch_related("attachments__document").order_by("-sent_at", "-pk")
    found = list(newest_first[: MESSAGES_A_PAGE + 1])
    return Thread(found[:MESSAGES_A_PAGE][::-1], has_older=len(found) > MESSAGES_A_PAGE)


def message_of(citizen: Citizen, message_id: UUID) -> Message | None:
    """Find one of a citizen's messages."""
    return Message.objects.of_citizen(citizen).filter(pk=message_id).first()


@dataclass(frozen=True, slots=True)
class Unread:
    """What a citizen has not seen: how many messages, and what the notices say, newest first."""

    messages: int
    notices: list[str]

    def __bool__(self) -> bool:
        return bool(self.messages or self.notices)


def unread(citizen: Citizen) -> Unread:
    """Give what is new to a citizen, in one question to the database."""
    from_us = Message.objects.of_citizen(citizen).by(Side.MUNICIPALITY).unread()
    notices = Notice.objects.of_citizen(citizen).unread()
    news = from_us.values_list(Value(""), "sent_at").union(
        notices.values_list("title", "told_at"), all=True
    )
    titles = [title for title, _at in news.order_by("-sent_at")]
    return Unread(titles.count(""), [title for title in titles if title][:NOTICES_SHOWN])


def notices_of(citizen: Citizen) -> list[Notice]:
    """Give a citizen's latest notices, seen or not, newest first."""
    notices = Notice.objects.of_citizen(citizen).select_related("reading")
    return list(
        notices.order_by(F("reading").asc(nulls_first=True), "-told_at", "-pk")[:NOTICES_SHOWN]
    )


def unanswered(citizen: Citizen) -> MessageQuerySet:
    """Give a citizen's messages that wait for our answer, oldest first."""
    return Message.objects.of_citizen(citizen).unanswered().order_by("sent_at", "pk")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A citizen who waits for an answer: since when, by when it was promised."""

    citizen: Citizen
    since: datetime
    answer_by: date | None
    is_late: bool


def waiting_answers(cases: CaseQuerySet, at: datetime) -> list[Waiting]:
    """Give who waits for an answer in some cases (ubesvarede), the earliest promise first."""
    today = timezone.localdate(at)
    waiting = Message.objects.unanswered().filter(citizen__in=cases.values("citizen_id"))
    ordered = waiting.order_by(F("answer_by").asc(nulls_last=True), "sent_at", "pk")
    return _one_each(ordered.select_related("citizen"), today)


def _one_each(messages: Iterable[Message], today: date) -> list[Waiting]:
    first: dict[UUID, Waiting] = {}
    for message in messages:
        late = message.is_late(today)
        waiting = Waiting(message.citizen, message.sent_at, message.answer_by, late)
        first.setdefault(message.citizen_id, waiting)
    return list(first.values())


def promised_days(unit: Unit, on: date) -> int | None:
    """Give in how many working days a unit promises to answer (svarfrist); None where none is."""
    promises = AnswerPromise.objects.filter(
        Q(unit=unit) | Q(unit__isnull=True), tenant_id=unit.tenant_id, from_on__lte=on
    )
    newest = promises.order_by(F("unit").asc(nulls_last=True), "-from_on").first()
    return newest.working_days if newest else None


def choice_of(citizen: Citizen) -> ChannelChoice:
    """Give how a citizen is told of news; who has not chosen gets e-mail, where we know one."""
    choices = ChannelChoice.objects.filter(citizen=citizen)
    chosen = choices.order_by("-chosen_at", "-pk").first()
    if chosen is not None:
        return chosen
    by_mail = bool(reachable_at(citizen).email) and Channel.EMAIL in offered()
    return ChannelChoice(citizen=citizen, channel=Channel.EMAIL if by_mail else Channel.PAGE)


def letter_goes_by(citizen: Citizen) -> LetterWay:
    """Say how a letter that the law asks for goes: by Digital Post, or on paper.

    Whether somebody has Digital Post is known here by their own choice of it alone, and only where
    something stands behind the channel; everybody else gets paper.
    """
    has_post = Channel.DIGITAL_POST in offered()
    chose_it = has_post and choice_of(citizen).channel == Channel.DIGITAL_POST
    return LetterWay.DIGITAL_POST if chose_it else LetterWay.PAPER


def last_told(citizen: Citizen) -> Delivery | None:
    """Give the latest attempt to tell a citizen that there is news, and how it ended."""
    return Delivery.objects.filter(citizen=citizen).order_by("-tried_at", "-pk").first()
