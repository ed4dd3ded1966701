"""The web room's place in Django."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Base templates and components."""

    name = "velvalgt.web"
    label = "web"
