"""Gateways for where nothing may go out: they answer as real ones do, and keep what was said.

The answers are those of `recorded.yaml`, chosen by the address, so that a refused number and a busy
gateway can be tried here, too.
"""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from velvalgt.apps.messages.adapters import Busy, Refused
from velvalgt.apps.messages.choices import Channel
from velvalgt.apps.messages.models import Rehearsal
from velvalgt.apps.people.models import Citizen

OK, TOO_MANY, BROKEN = 200, 429, 500


@dataclass(frozen=True, slots=True)
class Answer:
    """What a gateway answers those addresses that a pattern fits."""

    address: re.Pattern[str]
    status: int


class Sandbox:
    """A gateway that sends to nobody (prøveafsendelse)."""

    def __init__(self, channel: Channel, citizen: Citizen) -> None:
        self.channel = channel
        self.citizen = citizen

    def send(self, *, address: str, subject: str, text: str, key: str) -> str:
        """Answer as recorded; where that is a yes, keep what would have been sent."""
        status = answer_to(self.channel, address)
        if status == TOO_MANY or status >= BROKEN:
            raise Busy(str(status))
        if status >= OK + 100:
            raise Refused(str(status))
        kept, _ = Rehearsal.objects.get_or_create(
            tenant_id=self.citizen.tenant_id,
            citizen=self.citizen,
            channel=self.channel,
            key=key,
            defaults={"address": address, "subject": subject, "text": text},
        )
        return f"sandbox {kept.pk}"


def answer_to(channel: Channel, address: str) -> int:
    """Give the status that the channel's gateway answers an address with; the first fit counts."""
    return next(answer.status for answer in _recorded()[channel] if answer.address.search(address))


@cache
def _recorded() -> dict[str, list[Answer]]:
    text = files(__package__).joinpath("recorded.yaml").read_text("utf-8")
    content: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return {
        channel: [Answer(re.compile(each["address"]), each["status"]) for each in told["answers"]]
        for channel, told in content.items()
    }
