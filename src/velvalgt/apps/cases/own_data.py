"""What a citizen decides about their own data, each with its receipt; a second click gives none."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.turns import one_at_a_time
from velvalgt.apps.people import services as people
from velvalgt.apps.people.choices import Choice, PowerKind
from velvalgt.apps.people.models import Citizen, Consent, CvShare, Power
from velvalgt.apps.people.queries import CvItem, Known, reachable_at
from velvalgt.apps.people.services import Given
from velvalgt.apps.staff.models import User


@transaction.atomic
def change_contact_details(
    *, citizen: Citizen, phone: str, email: str, by: User, at: datetime
) -> Receipt | None:
    """Change how the citizen is reached (ændre kontaktoplysninger); the same again is nothing.

    Raises:
        NoSuchAddress: one of the two cannot be right.
    """
    one_at_a_time(citizen.pk)
    before = reachable_at(citizen)
    people.give_contact_details(citizen=citizen, phone=phone, email=email, by=by, at=at)
    if before == (phone, email):
        return None
    return give_receipt(
        citizen=citizen, deed=Deed.CORRECTION, title=", ".join(filter(None, (phone, email))),
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def request_correction(
    *, citizen: Citizen, known: Known, should_be: str, why: str, by: User, at: datetime
) -> Receipt | None:
    """Ask for a fact to be corrected (anmodning om berigtigelse)."""
    asked = people.ask_for_correction(
        citizen=citizen, known=known, should_be=should_be, why=why, by=by, at=at
    )
    if asked.asked_at != at:
        return None
    return give_receipt(
        citizen=citizen, deed=Deed.CORRECTION, title=f"{known.fact.label}: {should_be}",
        by=by, at=at,
    )  # fmt: skip


@transaction.atomic
def say_yes(
    *, citizen: Citizen, choice: Choice, by: User, at: datetime, party: str = "", what: str = ""
) -> Receipt | None:
    """Say yes to one thing (give samtykke).

    Raises:
        NotSpecific: a consent in the case leaves out who or what.
    """
    given = people.give_consent(
        citizen=citizen, choice=choice, party=party, what=what, by=by, at=at
    )
    if given.given_at != at:
        return None
    return give_receipt(citizen=citizen, deed=Deed.CONSENT, title=_yes(given), by=by, at=at)


@transaction.atomic
def take_yes_back(*, consent: Consent, by: User, at: datetime) -> Receipt | None:
    """Take a yes back (tilbagetrække samtykke)."""
    if people.withdraw_consent(consent=consent, by=by, at=at).withdrawn_at != at:
        return None
    title = gettext("No more: %(choice)s") % {"choice": _yes(consent)}
    return give_receipt(citizen=consent.citizen, deed=Deed.CONSENT, title=title, by=by, at=at)


def _yes(consent: Consent) -> str:
    return ", ".join(filter(None, (str(consent.get_choice_display()), consent.party, consent.what)))


@transaction.atomic
def let_company_see(  # noqa: PLR0913 - what a share is
    *,
    citizen: Citizen,
    company: str,
    items: Sequence[CvItem],
    until: date,
    today: date,
    by: User,
    at: datetime,
) -> tuple[CvShare, Receipt | None]:
    """Let a company see the chosen items of the CV (dele cv).

    Raises:
        CannotShare: nothing was chosen, or it would end before it begins.
    """
    share = people.share_cv(
        citizen=citizen, company=company, items=items, until=until, today=today, by=by, at=at
    )
    if share.shared_at != at:
        return share, None
    title = gettext("CV to %(company)s") % {"company": company}
    return share, give_receipt(citizen=citizen, deed=Deed.CONSENT, title=title, by=by, at=at)


@transaction.atomic
def stop_sharing(*, share: CvShare, by: User, at: datetime) -> Receipt | None:
    """Stop letting a company see the CV (stoppe deling)."""
    if people.end_cv_share(share=share, by=by, at=at).ended_at != at:
        return None
    title = gettext("No more: %(choice)s") % {"choice": share.company}
    return give_receipt(citizen=share.citizen, deed=Deed.CONSENT, title=title, by=by, at=at)


@transaction.atomic
def let_act(  # noqa: PLR0913 - what a power is
    *,
    citizen: Citizen,
    kind: PowerKind,
    name: str,
    by: User,
    today: date,
    at: datetime,
    ends_on: date | None = None,
) -> Given:
    """Let somebody stand in for the citizen (give fuldmagt), as the citizen may decide alone.

    Raises:
        CannotGivePower: it ends before it begins.
    """
    given = people.give_power(
        citizen=citizen, kind=kind, name=name, ends_on=ends_on, by=by, today=today, at=at
    )
    if given.code:
        give_receipt(citizen=citizen, deed=Deed.POWER, title=_power(given.power), by=by, at=at)
    return given


@transaction.atomic
def stop_acting(*, power: Power, by: User, at: datetime) -> Receipt | None:
    """Let somebody stand in no longer (tilbagekalde fuldmagt)."""
    if people.end_power(power=power, by=by, at=at).ended_at != at:
        return None
    title = gettext("No more: %(choice)s") % {"choice": _power(power)}
    return give_receipt(citizen=power.citizen, deed=Deed.POWER, title=title, by=by, at=at)


def _power(power: Power) -> str:
    return f"{power.name}, {power.get_kind_display()}"
