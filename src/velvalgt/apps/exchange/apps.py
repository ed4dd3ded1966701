"""The station's place in Django."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """What comes in and goes out."""

    name = "velvalgt.apps.exchange"
    label = "exchange"
