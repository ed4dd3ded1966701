"""The screens' place in Django."""

from django.apps import AppConfig


class CitizenConfig(AppConfig):
    """The citizen's pages."""

    name = "velvalgt.screens.citizen"
    label = "screens_citizen"
