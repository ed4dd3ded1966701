"""Closed lists of duties; the words are those of `core.regime`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """How a duty stands (status)."""

    MET = "met", _("met")
    UPCOMING = "upcoming", _("upcoming")
    OVERDUE = "overdue", _("overdue")
    EXEMPT = "exempt", _("exempt")
    SUSPENDED = "suspended", _("on pause")
    LEFT_OUT = "left_out", _("left out")
    LAPSED = "lapsed", _("lapsed")
    NOT_APPLICABLE = "not_applicable", _("does not apply")


class LeaveOutReason(TextChoices):
    """Why a caseworker judges that a citizen will find work alone (begrundelse for fritagelse)."""

    JOB_AGREED = "job_agreed", _("has agreed on a job")
    STRONG_SEARCH = "strong_search", _("searches well and widely")
    SHORT_BEFORE = "short_before", _("has been out of work only briefly before")


class Effect(TextChoices):
    """What a dispensation does (virkning): never two of these at once."""

    DUTY_SUSPENDED = "duty_suspended", _("pauses duties")
    FORM_RELAXED = "form_relaxed", _("allows more forms of interview")
    CLOCK_EXCLUDED = "clock_excluded", _("stops a clock")
