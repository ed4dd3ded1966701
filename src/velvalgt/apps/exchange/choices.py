"""Closed lists of the exchange."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FileKind(TextChoices):
    """The kinds of file that can be received, in the order they build on each other."""

    PEOPLE = "people", _("people")
    SPELLS = "spells", _("spells on benefit")
    EVENTS = "events", _("events")
    WORK = "work", _("work")
    PAYMENTS = "payments", _("payments")
    JOBNET = "jobnet", _("CV and job log at Jobnet")
    BALANCES = "balances", _("the labour market's balance")
    VACANCIES = "vacancies", _("vacancies")

    @property
    def is_about_citizens(self) -> bool:
        """Whether a row is about somebody; the labour market's rows are about nobody."""
        return self not in {FileKind.BALANCES, FileKind.VACANCIES}
