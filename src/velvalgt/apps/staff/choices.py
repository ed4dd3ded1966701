"""Closed lists of staff."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.audit.choices import Purpose


class TenantKind(TextChoices):
    """What a tenant is; an a-kasse is a data controller of its own."""

    MUNICIPALITY = "municipality", _("municipality")
    A_KASSE = "a_kasse", _("unemployment-insurance fund")


class Role(TextChoices):
    """What a person does here (rolle); decides pages and purpose, never whom they see."""

    CITIZEN = "citizen", _("citizen")
    CASEWORKER = "caseworker", _("caseworker")
    JURIST = "jurist", _("jurist")
    MANAGER = "manager", _("manager")
    ADMINISTRATOR = "administrator", _("administrator")
    REPRESENTATIVE = "representative", _("representative")

    @property
    def purpose(self) -> Purpose:
        """The purpose for which somebody in this role looks."""
        return _PURPOSES[self]

    @property
    def home(self) -> str:
        """The address that somebody in this role begins at, by its name."""
        return "citizen:represented" if self == Role.REPRESENTATIVE else f"{self}:home"


_PURPOSES = {
    Role.CITIZEN: Purpose.OWN_CASE,
    Role.CASEWORKER: Purpose.CASE_WORK,
    Role.JURIST: Purpose.LEGAL_OVERSIGHT,
    Role.MANAGER: Purpose.STEERING,
    Role.ADMINISTRATOR: Purpose.ADMINISTRATION,
    Role.REPRESENTATIVE: Purpose.REPRESENTATION,
}
