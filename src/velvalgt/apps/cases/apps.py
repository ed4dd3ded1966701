"""The station's place in Django."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The case and its journal."""

    name = "velvalgt.apps.cases"
    label = "cases"
