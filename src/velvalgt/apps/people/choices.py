"""Closed lists of people."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Form(TextChoices):
    """How an interview may be held under the law (samtaleform)."""

    IN_PERSON = "in_person", _("in person")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")


class Ground(TextChoices):
    """On what ground somebody may see a citizen (grundlag)."""

    SELF = "self", _("it is their own case")
    CASE = "case", _("their unit has the case")
    OVERSIGHT = "oversight", _("the unit checks the law's observance")


class Area(TextChoices):
    """A part of a citizen's pages; a power opens some of them (område)."""

    OVERVIEW = "overview", _("the next step and the dates")
    RIGHTS = "rights", _("rights and duties")
    PREPARATION = "preparation", _("the preparation")
    PLAN = "plan", _("the plan")
    OFFERS = "offers", _("offers and applications")
    CASE = "case", _("the case and its documents")
    MESSAGES = "messages", _("messages")
    MONEY = "money", _("money")
    JOBS = "jobs", _("CV, job log and vacancies")
    DATA = "data", _("data, consent and who has looked")


class Payer(TextChoices):
    """Who pays a benefit (udbetaler)."""

    A_KASSE = "a_kasse", _("your unemployment-insurance fund")
    MUNICIPALITY = "municipality", _("the municipality")
    UDBETALING_DANMARK = "udbetaling_danmark", _("Udbetaling Danmark")
    EMPLOYER = "employer", _("your employer")
    UNKNOWN = "unknown", _("we do not know who")
