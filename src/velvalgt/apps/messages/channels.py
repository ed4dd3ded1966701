"""Which channels there are here, what stands behind each, and a citizen's address on it."""

from django.conf import settings

from velvalgt.apps.messages.adapters import Gateway
from velvalgt.apps.messages.by_email import Email
from velvalgt.apps.messages.choices import Channel
from velvalgt.apps.messages.sandbox import Sandbox
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.people.queries import reachable_at


def offered() -> list[Channel]:
    """Give the channels that a citizen can choose: those that somebody stands behind here."""
    return [each for each in Channel if each == Channel.PAGE or _is_real(each) or _rehearses()]


def gateway_for(channel: Channel, citizen: Citizen) -> Gateway:
    """Give what sends by a channel: a real gateway, or a sandbox where nothing may go out."""
    return Email() if _is_real(channel) else Sandbox(channel, citizen)


def address_of(citizen: Citizen, channel: Channel) -> str:
    """Give a citizen's address on a channel; "" where none is known.

    Digital Post goes by the CPR number, which stays in its guarded field: its gateway gets the
    citizen's key, and looks the number up itself.
    """
    if channel == Channel.SMS:
        number = "".join(reachable_at(citizen).phone.split())
        return f"+45{number}" if number and not number.startswith("+") else number
    if channel == Channel.EMAIL:
        return reachable_at(citizen).email
    return str(citizen.pk) if channel == Channel.DIGITAL_POST else ""


def _is_real(channel: Channel) -> bool:
    return channel == Channel.EMAIL and bool(settings.SMTP_URL)


def _rehearses() -> bool:
    return not settings.IS_PRODUCTION
