"""The station's place in Django."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """The citizens."""

    name = "velvalgt.apps.people"
    label = "people"
