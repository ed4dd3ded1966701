"""The station's place in Django."""

from django.apps import AppConfig


class PrioritiesConfig(AppConfig):
    """What helps whom most."""

    name = "velvalgt.apps.priorities"
    label = "priorities"
