"""How a plan's frames name what it is about, where a word alone would not say which."""

from uuid import UUID

OFFER, UNIT = "offer:", "unit:"
BUDGET = "budget"
"""The key of the money for offers."""


def offer_key(offer: UUID | str) -> str:
    """Name an offer of the catalogue, as an option and as its seats."""
    return f"{OFFER}{offer}"


def unit_key(unit: UUID | str) -> str:
    """Name the hours of a unit's caseworkers."""
    return f"{UNIT}{unit}"
