"""The station's place in Django."""

from django.apps import AppConfig


class CompaniesConfig(AppConfig):
    """What companies look for, and how the labour market stands."""

    name = "velvalgt.apps.companies"
    label = "companies"
