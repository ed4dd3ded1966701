"""What the station of offers remembers: a file for each idea."""

from velvalgt.apps.offers.models.applications import (
    Addition,
    Answer,
    Application,
    ApplicationQuerySet,
    ApplicationWithdrawal,
)
from velvalgt.apps.offers.models.catalogue import Offer, OfferQuerySet, Start, StartQuerySet, Texts
from velvalgt.apps.offers.models.wishes import WishList

__all__ = [
    "Addition",
    "Answer",
    "Application",
    "ApplicationQuerySet",
    "ApplicationWithdrawal",
    "Offer",
    "OfferQuerySet",
    "Start",
    "StartQuerySet",
    "Texts",
    "WishList",
]
