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
