"""The screens' place in Django."""

from django.apps import AppConfig


class CaseworkerConfig(AppConfig):
    """The caseworker's pages."""

    name = "velvalgt.screens.caseworker"
    label = "screens_caseworker"
