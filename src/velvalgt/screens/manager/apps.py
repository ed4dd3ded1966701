"""The screens' place in Django."""

from django.apps import AppConfig


class ManagerConfig(AppConfig):
    """The manager's pages."""

    name = "velvalgt.screens.manager"
    label = "screens_manager"
