"""The questions about people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.services import trace
from velvalgt.apps.people.models import Citizen, ContactWish, PeriodQuerySet, Residence
from velvalgt.apps.people.money import Money, money_of
from velvalgt.apps.staff.models import User

__all__ = [
    "Money",
    "contact_wish_of",
    "has_case_as_citizen",
    "money_of",
    "residence_of",
    "search",
    "spells_of",
]

MOST_FOUND = 20


def has_case_as_citizen(user: User) -> bool:
    """Whether the user is a citizen here, and not staff alone."""
    return Citizen.objects.filter(user=user).exists()


def spells_of(citizen: Citizen) -> PeriodQuerySet:
    """Give a citizen's spells on benefit (forløb på ydelse), newest first."""
    spells: PeriodQuerySet = citizen.spells.order_by("-starts_on", "-pk")
    return spells


def residence_of(citizen: Citizen, on: date) -> Residence | None:
    """Give where a citizen lives (bopæl), unless the address is protected."""
    if citizen.address_is_protected:
        return None
    return Residence.objects.on(on).filter(citizen=citizen).order_by("-starts_on", "-pk").first()


def contact_wish_of(citizen: Citizen) -> ContactWish | None:
    """Give how a citizen wants to be met (kontaktønske); the newest holds."""
    return citizen.contact_wishes.order_by("-recorded_at", "-pk").first()


def search(asked: str, *, at: datetime) -> Sequence[Citizen]:
    """Find citizens by name (søge borger) among those one may see, the likeliest first.

    The search stands in the log, without the words that were searched for.
    """
    words = " ".join(asked.replace("\x00", " ").split())
    found = _likest(words) if len(words) > 1 else []
    trace(action=Action.SEARCH, what="citizens_by_name", at=at, count=len(found))
    citizens = Citizen.objects.in_bulk(found)
    return [citizens[key] for key in found if key in citizens]


def _likest(words: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select citizen_id from people_search(%s, %s)", [words, MOST_FOUND])
        return [row[0] for row in cursor.fetchall()]
