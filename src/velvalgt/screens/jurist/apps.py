"""The screens' place in Django."""

from django.apps import AppConfig


class JuristConfig(AppConfig):
    """The jurist's pages."""

    name = "velvalgt.screens.jurist"
    label = "screens_jurist"
