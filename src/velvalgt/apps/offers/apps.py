"""The station's place in Django."""

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """What may be done with or for a citizen, and who asked for it."""

    name = "velvalgt.apps.offers"
    label = "offers"
