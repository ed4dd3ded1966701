"""The verbs of messages: write and answer, tell of news, choose how to be told, write a letter."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.services import CannotKeep, give_receipt, one_at_a_time
from velvalgt.apps.messages import queries
from velvalgt.apps.messages.channels import address_of, offered
from velvalgt.apps.messages.choices import Channel, Occasion
from velvalgt.apps.messages.dialogue import (
    Enclosed,
    NobodyToAnswer,
    answer,
    mark_read,
    needs_no_answer,
    send,
)
from velvalgt.apps.messages.letters import LettersMissing, letter_pdf, pdf_of, write_letter
from velvalgt.apps.messages.models import AnswerPromise, ChannelChoice, Notice, NoticeReading
from velvalgt.apps.messages.quiet import QuietHours
from velvalgt.apps.messages.sending import deliver, notify
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, Unit, User

__all__ = [
    "CannotKeep", "Enclosed", "LettersMissing", "NoAddress", "NobodyToAnswer", "NotOffered",
    "QuietHours", "answer", "choose_channel", "deliver", "letter_pdf", "mark_read", "mark_seen",
    "needs_no_answer", "notify", "pdf_of", "promise_answers", "send", "tell", "write_letter",
]  # fmt: skip


class NotOffered(Exception):
    """Nobody stands behind the channel here."""


class NoAddress(Exception):
    """A citizen chose a channel on which we know no address of theirs."""


@transaction.atomic
def tell(
    *, citizen: Citizen, occasion: Occasion, title: str, by: User | None, at: datetime
) -> Notice:
    """Tell a citizen of something new (give besked): on the page, and that there is news outside.

    Args:
        citizen: whom.
        occasion: what sort of thing it is.
        title: one line in the citizen's language, such as "Svar på din ansøgning: Dataanalyse";
            at most 200 characters are kept, and they never leave the page.
        by: who did what there is to tell of; None where the system tells.
        at: when.
    """
    notice = Notice.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        occasion=occasion,
        title=title[:200],
        told_at=at,
        told_by=by,
    )
    notify(citizen=citizen, occasion=occasion, at=at)
    return notice


@transaction.atomic
def mark_seen(*, notices: Sequence[Notice], at: datetime) -> None:
    """Note that the citizen has seen some notices (set); the first time counts."""
    NoticeReading.objects.bulk_create(
        (
            NoticeReading(
                tenant_id=notice.tenant_id,
                notice_id=notice.pk,  # what was found stays new to whoever looks now
                citizen_id=notice.citizen_id,
                read_at=at,
            )
            for notice in notices
            if notice.is_new
        ),
        ignore_conflicts=True,
    )


@transaction.atomic
def choose_channel(
    *, citizen: Citizen, channel: Channel, quiet: QuietHours | None, by: User, at: datetime
) -> ChannelChoice:
    """Choose how a citizen is told of news (vælge kanal), and when not; the same again is one.

    Raises:
        NotOffered: nobody stands behind the channel here.
        NoAddress: we know no address on it.
    """
    if channel not in offered():
        raise NotOffered(_("We cannot tell you by that way. Choose another one."))
    if channel != Channel.PAGE and not address_of(citizen, channel):
        raise NoAddress(_no_address(channel))
    one_at_a_time(citizen.pk)
    now = queries.choice_of(citizen)
    if now.chosen_at is not None and (now.channel, now.quiet) == (channel, quiet):
        return now
    choice = ChannelChoice.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        channel=channel,
        quiet_from=quiet.begins if quiet else None,
        quiet_until=quiet.ends if quiet else None,
        chosen_at=at,
        chosen_by=by,
    )
    give_receipt(citizen=citizen, deed=Deed.CHANNEL, by=by, at=at, title=str(channel.label))
    return choice


def _no_address(channel: Channel) -> str:
    if channel == Channel.SMS:
        return _("We do not know your phone number. Call us, and we write it down.")
    return _("We do not know your e-mail. Call us, and we write it down.")


@transaction.atomic
def promise_answers(
    *, tenant: Tenant, unit: Unit | None, working_days: int, from_on: date
) -> AnswerPromise:
    """Promise answers within so many working days (svarfrist) from a day on.

    What was sent before keeps the promise that it got.

    Args:
        tenant: who promises.
        unit: which part of the organisation; None for the whole.
        working_days: from the day after a message came.
        from_on: the first day on which a message gets this promise; a second word for the same
            day is refused by the database.
    """
    return AnswerPromise.objects.create(
        tenant=tenant, unit=unit, working_days=working_days, from_on=from_on
    )
