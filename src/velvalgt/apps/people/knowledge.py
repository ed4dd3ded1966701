"""What is known of a citizen, a fact at a time, with where it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import formats
from django.utils.translation import gettext as _

from velvalgt.apps.people.choices import ContactField, Fact
from velvalgt.apps.people.models import Citizen, Payment, Residence, Spell, Work
from velvalgt.apps.people.reaching import contact_details_of
from velvalgt.web.templatetags.web import day
from velvalgt.web.templatetags.words import a_kasse, language_name, word

MOST_PAYMENTS = 6
"""So many of the newest payments are shown; all of them are in the copy that one can download."""


@dataclass(frozen=True, slots=True)
class Known:
    """A fact (oplysning): what it is, what it says, its source and its day.

    Attributes:
        fact: what it is.
        value: as it is shown; empty where nothing is known.
        about: the record, where there are several of the kind.
        source: the system outside that said it; empty for what was said here.
        at: when it was said here; None for what a file brought.
        is_own: whether the citizen said it themself, or somebody for them.
    """

    fact: Fact
    value: str
    about: UUID | None = None
    source: str = ""
    at: datetime | None = None
    is_own: bool = False

    @property
    def key(self) -> str:
        """What the fact is asked for by in an address."""
        return f"{self.fact}-{self.about}" if self.about else self.fact.value


def known_of(citizen: Citizen, on: date) -> list[Known]:
    """Give what this station knows of a citizen, in the order in which a page tells it."""
    return [
        Known(Fact.NAME, citizen.name, source=citizen.source),
        Known(Fact.BORN, day(citizen.born_on), source=citizen.source),
        *_contact(citizen),
        *_address(citizen, on),
        Known(Fact.A_KASSE, a_kasse(citizen.a_kasse), source=citizen.source),
        *(_spell(each) for each in citizen.spells.order_by("-starts_on", "-pk")),
        *(_work(each) for each in citizen.works.order_by("-starts_on", "-pk")),
        *(
            _payment(each)
            for each in citizen.payments.order_by("-starts_on", "-pk")[:MOST_PAYMENTS]
        ),
        *_wish(citizen),
    ]


def _contact(citizen: Citizen) -> Iterator[Known]:
    own = contact_details_of(citizen)
    told = {ContactField.PHONE: citizen.phone, ContactField.EMAIL: citizen.email}
    for field, value in told.items():
        fact, said = Fact(field.value), own.get(field)
        if said:
            is_own = said.given_by_id == citizen.user_id
            yield Known(fact, said.value, at=said.given_at, is_own=is_own)
        else:
            yield Known(fact, value, source=citizen.source)


def _address(citizen: Citizen, on: date) -> Iterator[Known]:
    if citizen.address_is_protected:
        told = _("Protected. We do not show it to anybody.")
        yield Known(Fact.ADDRESS, told, source=citizen.source)
        return
    lives = Residence.objects.on(on).filter(citizen=citizen).order_by("-starts_on", "-pk").first()
    place = f"{lives.street}, {lives.postcode} {lives.city}".strip(" ,") if lives else ""
    yield Known(Fact.ADDRESS, place, source=lives.source if lives else citizen.source)


def _spell(spell: Spell) -> Known:
    benefit = word(spell.benefit, "benefit")
    value = f"{benefit}, {_period(spell.starts_on, spell.ends_on)}"
    return Known(Fact.SPELL, value, spell.pk, spell.source)


def _work(work: Work) -> Known:
    hours = formats.number_format(work.hours_week.normalize())
    kind = word(work.kind, "work_kind")
    period = _period(work.starts_on, work.ends_on)
    value = _("%(kind)s, %(hours)s hours a week, %(period)s") % {
        "kind": kind, "hours": hours, "period": period,
    }  # fmt: skip
    return Known(Fact.WORK, value, work.pk, work.source)


def _payment(payment: Payment) -> Known:
    amount = formats.number_format(payment.gross_oere / 100, 2, force_grouping=True)
    benefit = word(payment.benefit, "benefit")
    period = _period(payment.starts_on, payment.ends_on)
    value = _("%(benefit)s, %(amount)s kr. before tax, %(period)s") % {
        "benefit": benefit, "amount": amount, "period": period,
    }  # fmt: skip
    return Known(Fact.PAYMENT, value, payment.pk, payment.source)


def _wish(citizen: Citizen) -> Iterator[Known]:
    wish = citizen.contact_wishes.order_by("-recorded_at", "-pk").first()
    if wish is None:
        return
    parts = [
        wish.get_form_display() if wish.form else "",
        language_name(wish.language) if wish.language else "",
        _("brings somebody along") if wish.wants_companion else "",
    ]
    value = ", ".join(str(part) for part in parts if part)
    yield Known(Fact.WISH, value, source=wish.source, at=wish.recorded_at, is_own=not wish.source)


def _period(starts_on: date, ends_on: date | None) -> str:
    """Say a half-open period by its first day and its last."""
    if ends_on is None:
        return _("since %(day)s") % {"day": day(starts_on)}
    last = ends_on - timedelta(days=1)
    return _("%(first)s to %(last)s") % {"first": day(starts_on), "last": day(last)}
