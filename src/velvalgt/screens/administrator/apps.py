"""The screens' place in Django."""

from django.apps import AppConfig


class AdministratorConfig(AppConfig):
    """The administrator's pages."""

    name = "velvalgt.screens.administrator"
    label = "screens_administrator"
