"""The verbs of the self-steered agreement: propose it, say yes or no, end it at any time."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.agreements import LONGEST_WEEKS, agreement_of
from velvalgt.apps.cases.choices import Deed, Side
from velvalgt.apps.cases.models import SelfSteering, SelfSteeringEnd, SelfSteeringReply
from velvalgt.apps.cases.ownwords import refuse_cpr
from velvalgt.apps.cases.planwriting import Hand
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.turns import one_at_a_time
from velvalgt.apps.people.models import Citizen


class CannotAgree(Exception):
    """The agreement cannot be made so; the message says why."""


class HasAgreement(CannotAgree):
    """One is running or waits for a yes."""


class EndsWrong(CannotAgree):
    """It would end before it begins, or later than an agreement may."""


class ChecksInWrong(CannotAgree):
    """The citizen's own check-in lies outside the agreement."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What the two agree on: the citizen's goal, the words, the check-in and the last day."""

    goal: str
    words: str
    check_in_on: date
    ends_on: date


@transaction.atomic
def propose_self_steering(*, citizen: Citizen, terms: Terms, hand: Hand) -> SelfSteering:
    """Propose that a citizen steers their own search from today (foreslå selvstyring).

    It runs when the other side has said yes. A second click gives the proposal of the first.

    Raises:
        HasAgreement, EndsWrong, ChecksInWrong, HoldsCpr: as their names say.
    """
    refuse_cpr(terms.goal, terms.words)
    _check(terms, hand.today)
    one_at_a_time(citizen.pk)
    standing = agreement_of(citizen, hand.today)
    if standing is not None and not standing.has_expired:
        if _is_same(standing.agreement, terms, hand):
            return standing.agreement
        raise HasAgreement(_("There is an agreement already. End it before you make a new one."))
    made = SelfSteering.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        goal=terms.goal,
        words=terms.words,
        check_in_on=terms.check_in_on,
        starts_on=hand.today,
        ends_on=terms.ends_on,
        side=hand.side,
        proposed_by=hand.by,
        proposed_at=hand.at,
    )
    _receipt(citizen, Deed.AGREEMENT, terms.goal, hand)
    return made


@transaction.atomic
def answer_self_steering(
    *, citizen: Citizen, agreement: SelfSteering, is_yes: bool, hand: Hand
) -> None:
    """Say yes or no to an agreement (svare på aftale); a no by its own side takes it back.

    A second click changes nothing.

    Raises:
        CannotAgree: one's own proposal needs the other side's yes; or it was taken back, or its
            last day is past.
    """
    one_at_a_time(citizen.pk)
    if SelfSteeringReply.objects.filter(agreement=agreement).exists():
        return
    if is_yes:
        _check_open(agreement, hand)
    SelfSteeringReply.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        agreement=agreement,
        is_yes=is_yes,
        side=hand.side,
        answered_by=hand.by,
        answered_at=hand.at,
    )
    _receipt(citizen, Deed.AGREEMENT, agreement.goal, hand)


@transaction.atomic
def end_self_steering(*, citizen: Citizen, agreement: SelfSteering, hand: Hand) -> None:
    """End an agreement at once, without a reason (ophæve selvstyring); a second click is one."""
    one_at_a_time(citizen.pk)
    if SelfSteeringEnd.objects.filter(agreement=agreement).exists():
        return
    SelfSteeringEnd.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        agreement=agreement,
        side=hand.side,
        ended_on=hand.today,
        ended_by=hand.by,
        ended_at=hand.at,
    )
    _receipt(citizen, Deed.RETURN, agreement.goal, hand)


def _check_open(agreement: SelfSteering, hand: Hand) -> None:
    """A page may have stood open while the proposal ran out or was taken back."""
    if Side(agreement.side) == hand.side:
        raise CannotAgree(_("The other side has to say yes to this."))
    is_ended = SelfSteeringEnd.objects.filter(agreement=agreement).exists()
    if is_ended or agreement.ends_on <= hand.today:
        raise CannotAgree(_("This proposal does not stand any more. Make a new one."))


def _check(terms: Terms, today: date) -> None:
    latest = today + timedelta(weeks=LONGEST_WEEKS)
    if not today < terms.ends_on <= latest:
        raise EndsWrong(
            _("Choose a day after today, and at most %(weeks)s weeks from now.")
            % {"weeks": LONGEST_WEEKS}
        )
    if not today <= terms.check_in_on <= terms.ends_on:
        raise ChecksInWrong(_("Choose a day before the agreement ends."))


def _is_same(standing: SelfSteering, terms: Terms, hand: Hand) -> bool:
    written = (standing.goal, standing.words, standing.check_in_on, standing.ends_on)
    return standing.proposed_by_id == hand.by.pk and written == (
        terms.goal, terms.words, terms.check_in_on, terms.ends_on
    )  # fmt: skip


def _receipt(citizen: Citizen, deed: Deed, title: str, hand: Hand) -> None:
    if hand.side == Side.CITIZEN:
        give_receipt(citizen=citizen, deed=deed, by=hand.by, at=hand.at, title=title)
