"""The station's place in Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The log."""

    name = "velvalgt.apps.audit"
    label = "audit"
