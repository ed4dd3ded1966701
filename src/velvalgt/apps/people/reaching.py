"""How a citizen can be reached: what they said here, else what a source says."""

from typing import NamedTuple

from velvalgt.apps.people.choices import ContactField
from velvalgt.apps.people.models import Citizen, ContactDetail


class Reach(NamedTuple):
    """A citizen's phone number and e-mail address; empty where there is none."""

    phone: str
    email: str


def contact_details_of(citizen: Citizen) -> dict[ContactField, ContactDetail]:
    """Give the newest contact detail of each field that the citizen gave here."""
    newest = citizen.contact_details.order_by("field", "-given_at", "-pk").distinct("field")
    return {ContactField(detail.field): detail for detail in newest}


def reachable_at(citizen: Citizen) -> Reach:
    """Give how a citizen can be reached (kontaktoplysninger): their own word before a source's."""
    own = contact_details_of(citizen)
    phone, email = (own.get(field) for field in (ContactField.PHONE, ContactField.EMAIL))
    return Reach(
        phone.value if phone else citizen.phone,
        email.value if email else citizen.email,
    )
