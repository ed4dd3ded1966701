"""The questions about people."""

from datetime import date

from velvalgt.apps.people.models import Citizen, ContactWish, PeriodQuerySet, Residence
from velvalgt.apps.staff.models import User


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
