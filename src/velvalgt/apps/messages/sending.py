"""Telling a citizen that there is news: now or after the quiet hours, and how it went."""

from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from velvalgt.apps.messages import queries
from velvalgt.apps.messages.adapters import Busy, Refused
from velvalgt.apps.messages.channels import address_of, gateway_for, offered
from velvalgt.apps.messages.choices import Channel, Occasion, Outcome
from velvalgt.apps.messages.models import ChannelChoice, Delivery, Notification
from velvalgt.apps.messages.quiet import first_moment
from velvalgt.apps.messages.speaking import language_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant


def notify(*, citizen: Citizen, occasion: Occasion, at: datetime) -> Notification | None:
    """Have a citizen told that there is news (underrette), unless they look themselves.

    The job is a row of this transaction: what is rolled back is told to nobody.
    """
    choice = queries.choice_of(citizen)
    if choice.channel == Channel.PAGE:
        return None
    notification = Notification.objects.create(
        tenant_id=citizen.tenant_id, citizen=citizen, occasion=occasion, asked_at=at
    )
    _ask(notification, first_moment(at, choice.quiet))
    return notification


def _ask(notification: Notification, not_before: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select messages_ask_for_delivery(%s, %s)", [notification.pk, not_before])


@transaction.atomic
def deliver(*, notification: Notification, at: datetime) -> Delivery | None:
    """Tell a citizen once, by the channel that they have chosen now.

    Returns:
        The attempt; None where it had ended before, or waits for the end of the quiet hours.
    """
    citizen = notification.citizen
    _one_at_a_time(citizen)
    if notification.deliveries.exclude(outcome=Outcome.BUSY).exists():
        return None
    choice = queries.choice_of(citizen)
    needless = _why_needless(notification, choice)
    if needless:
        return _tried(notification, choice, needless, at)
    may_at = first_moment(at, choice.quiet)
    if may_at > at:
        _ask(notification, may_at)
        return None
    return _send(notification, choice, at)


def _why_needless(notification: Notification, choice: ChannelChoice) -> Outcome | None:
    """Say why nobody has to be told any more: nothing is worse than a mail about nothing."""
    if choice.channel == Channel.PAGE:
        return Outcome.UNWANTED
    if not queries.unread(notification.citizen):
        return Outcome.SEEN
    told = Delivery.objects.filter(citizen=notification.citizen, outcome=Outcome.SENT)
    if told.filter(tried_at__gte=notification.asked_at).exists():
        return Outcome.TOLD
    return None


def _send(notification: Notification, choice: ChannelChoice, at: datetime) -> Delivery:
    citizen, channel = notification.citizen, Channel(choice.channel)
    if channel not in offered():  # the installation has lost what stood behind it since
        return _tried(notification, choice, Outcome.REFUSED, at)
    address = address_of(citizen, channel)
    if not address:
        return _tried(notification, choice, Outcome.NO_ADDRESS, at)
    subject, text = words_to(citizen)
    try:
        reference = gateway_for(channel, citizen).send(
            address=address, subject=subject, text=text, key=str(notification.pk)
        )
    except Busy:
        return _tried(notification, choice, Outcome.BUSY, at)
    except Refused:
        return _tried(notification, choice, Outcome.REFUSED, at)
    return _tried(notification, choice, Outcome.SENT, at, reference)


def words_to(citizen: Citizen) -> tuple[str, str]:
    """Give subject and text: that there is news, and where; never what it is about."""
    tenant = Tenant.objects.get(pk=citizen.tenant_id)
    with override(language_of(citizen)):
        subject = _("You have news on your page")
        text = _(
            "You have news on your page. Read it at %(address)s\n\n"
            "Regards, %(municipality)s. You cannot reply to this. Call %(phone)s."
        ) % {
            "address": settings.SITE_ADDRESS,
            "municipality": tenant.name,
            "phone": tenant.phone,
        }
    return subject, text


def _tried(
    notification: Notification,
    choice: ChannelChoice,
    outcome: Outcome,
    at: datetime,
    reference: str = "",
) -> Delivery:
    return Delivery.objects.create(
        tenant_id=notification.tenant_id,
        citizen=notification.citizen,
        notification=notification,
        channel=choice.channel,
        outcome=outcome,
        reference=reference,
        tried_at=at,
    )


def _one_at_a_time(citizen: Citizen) -> None:
    """Wait until nobody else tells the citizen something; those who write are not held up."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 6))", [str(citizen.pk)])
