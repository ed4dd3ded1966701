"""The station's place in Django."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """What the law asks."""

    name = "velvalgt.apps.duties"
    label = "duties"
