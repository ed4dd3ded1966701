"""The station's place in Django."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    """What is said to and by citizens."""

    name = "velvalgt.apps.meetings"
    label = "meetings"
