"""Naming an offer in the language of whoever reads."""

from django.utils.translation import get_language

from velvalgt.apps.offers.models import Offer


def title_of(offer: Offer) -> str:
    """Give an offer's title in the language in force."""
    return offer.title_en if (get_language() or "da").startswith("en") else offer.title_da
