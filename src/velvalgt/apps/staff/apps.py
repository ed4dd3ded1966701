"""The station's place in Django."""

from django.apps import AppConfig


class StaffConfig(AppConfig):
    """Tenants, units, users and roles."""

    name = "velvalgt.apps.staff"
    label = "staff"
