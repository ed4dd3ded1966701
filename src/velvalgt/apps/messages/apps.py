"""The station's place in Django."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """What is said to and by citizens."""

    name = "velvalgt.apps.messages"
    label = "messages"
