"""What is known of a citizen's money: who pays, when next, what holds it back."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

import yaml

from velvalgt.apps.people.choices import Payer
from velvalgt.apps.people.models import Citizen, Payment

LOOKED_AT = 12


@dataclass(frozen=True, slots=True)
class Money:
    """The last payments of a citizen, as their source tells of them."""

    benefit: str
    payer: Payer
    next: Payment | None
    latest: Payment | None

    @property
    def stopped_by(self) -> str:
        """What holds the next payment back, in the source's words; "" when nothing is told."""
        return self.next.stopped_by if self.next else ""

    @property
    def source(self) -> str:
        """Where the facts come from."""
        told = self.next or self.latest
        return told.source if told else ""


def money_of(citizen: Citizen, on: date) -> Money | None:
    """Give who pays a citizen, the next payment and the latest (ydelse); None where none is told.

    Read-only: the one who pays is the master of it.
    """
    told = list(Payment.objects.filter(citizen=citizen).order_by("-starts_on", "-pk")[:LOOKED_AT])
    if not told:
        return None
    ahead = [payment for payment in told if payment.paid_on and payment.paid_on >= on]
    behind = [payment for payment in told if payment not in ahead]
    coming = min(ahead, key=lambda payment: payment.paid_on or on, default=None)
    benefit = (coming or told[0]).benefit
    return Money(benefit, payer_of(benefit), coming, behind[0] if behind else None)


def payer_of(benefit: str) -> Payer:
    """Say who pays a kind of benefit; UNKNOWN where the table does not know it."""
    return Payer(_payers().get(benefit, Payer.UNKNOWN))


@cache
def _payers() -> dict[str, str]:
    told = yaml.safe_load(files(__package__).joinpath("payers.yaml").read_text("utf-8"))
    return {benefit: entry["payer"] for entry in told for benefit in entry["benefits"]}
