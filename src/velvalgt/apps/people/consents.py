"""Saying yes to something, taking it back, and letting a company see items of a CV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import connection, transaction
from django.utils.translation import gettext as _

from velvalgt.apps.people.choices import Choice
from velvalgt.apps.people.models import (
    Citizen,
    Consent,
    ConsentWithdrawal,
    CvShare,
    CvShareEnd,
    CvShareItem,
)
from velvalgt.apps.staff.models import User


class NotSpecific(Exception):
    """A consent in the case says from whom or to whom, and which information."""


class CannotShare(Exception):
    """Nothing can be shared like this; the message says why, `field` where it belongs."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class CvItem(Protocol):
    """What can be shared of a CV: an item with a key, under a heading, in words."""

    @property
    def key(self) -> str: ...
    @property
    def heading(self) -> str: ...
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a CV."""

    key: str
    heading: str
    text: str


@transaction.atomic
def give_consent(
    *, citizen: Citizen, choice: Choice, by: User, at: datetime, party: str = "", what: str = ""
) -> Consent:
    """Say yes to one thing (give samtykke); the same yes twice is one.

    Raises:
        NotSpecific: a consent in the case leaves out who or what.
    """
    if not choice.is_free and not (party and what):
        raise NotSpecific(_("Write whom it is about, and which information."))
    one_consent_at_a_time(citizen)
    standing = Consent.objects.standing().filter(citizen=citizen, choice=choice)
    same = standing.filter(party=party, what=what).order_by("pk").first()
    return same or Consent.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        choice=choice,
        party=party,
        what=what,
        given_by=by,
        given_at=at,
    )


@transaction.atomic
def withdraw_consent(*, consent: Consent, by: User, at: datetime) -> ConsentWithdrawal:
    """Take a yes back (tilbagetrække samtykke); it holds from this moment, and asks nothing."""
    one_consent_at_a_time(consent.citizen)
    before = ConsentWithdrawal.objects.filter(consent=consent).first()
    return before or ConsentWithdrawal.objects.create(
        tenant_id=consent.tenant_id,
        citizen_id=consent.citizen_id,
        consent=consent,
        withdrawn_by=by,
        withdrawn_at=at,
    )


@transaction.atomic
def share_cv(  # noqa: PLR0913 - what a share is
    *,
    citizen: Citizen,
    company: str,
    items: Sequence[CvItem],
    until: date,
    today: date,
    by: User,
    at: datetime,
) -> CvShare:
    """Let a company see the chosen items of a CV as they stand now (dele cv); twice is once.

    Raises:
        CannotShare: nothing was chosen, or it would end before it begins.
    """
    if not items:
        raise CannotShare(_("Choose at least one item."), "items")
    if until <= today:
        raise CannotShare(_("Choose a day after today."), "until")
    one_consent_at_a_time(citizen)
    same = _same_share(citizen, company, items, until, today)
    return same or _new_share(citizen, company, items, until, by, at)


def _same_share(
    citizen: Citizen, company: str, items: Sequence[CvItem], until: date, today: date
) -> CvShare | None:
    chosen = [(item.heading, item.text) for item in items]
    standing = CvShare.objects.standing(today).filter(citizen=citizen, company=company, until=until)
    for share in standing.order_by("pk"):
        if list(share.items.order_by("pk").values_list("heading", "text")) == chosen:
            return share
    return None


def _new_share(
    citizen: Citizen, company: str, items: Sequence[CvItem], until: date, by: User, at: datetime
) -> CvShare:
    share = CvShare.objects.create(
        tenant_id=citizen.tenant_id, citizen=citizen, company=company, until=until,
        shared_by=by, shared_at=at,
    )  # fmt: skip
    CvShareItem.objects.bulk_create(
        CvShareItem(
            tenant_id=citizen.tenant_id,
            citizen=citizen,
            share=share,
            heading=item.heading,
            text=item.text,
        )
        for item in items
    )
    return share


@transaction.atomic
def end_cv_share(*, share: CvShare, by: User, at: datetime) -> CvShareEnd:
    """Stop sharing a CV with a company (stoppe deling)."""
    one_consent_at_a_time(share.citizen)
    before = CvShareEnd.objects.filter(share=share).first()
    return before or CvShareEnd.objects.create(
        tenant_id=share.tenant_id, citizen_id=share.citizen_id, share=share,
        ended_by=by, ended_at=at,
    )  # fmt: skip


def one_consent_at_a_time(citizen: Citizen) -> None:
    """Wait until nobody else gives or takes back a consent of this citizen."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 9))", [str(citizen.pk)])
