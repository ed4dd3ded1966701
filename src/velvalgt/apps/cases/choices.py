"""Closed lists of the journal; the words are those of the core's vocabulary."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Actor(TextChoices):
    """Who did what the journal tells of (aktør)."""

    A_KASSE = "a_kasse", _("unemployment-insurance fund")
    MUNICIPALITY = "municipality", _("municipality")
    JOINT = "joint", _("fund and municipality together")
    CITIZEN = "citizen", _("citizen")
    COMPANY = "company", _("company")
    PROVIDER = "provider", _("provider")


class Kind(TextChoices):
    """What happened (hændelse)."""

    REGISTRATION = "registration", _("registered as a jobseeker")
    BENEFIT_PERIOD = "benefit_period", _("placed in a benefit period")
    FIRST_CONTACT = "first_contact", _("first asked for help")
    INTERVIEW = "interview", _("interview held")
    FOLLOW_UP = "follow_up", _("sick-pay follow-up held")
    GROUP_MEETING = "group_meeting", _("group meeting held")
    OFFER_GIVEN = "offer_given", _("offer given")
    OFFER_START = "offer_start", _("offer began")
    OFFER_END = "offer_end", _("offer ended")
    REQUEST = "request", _("asked for an interview")
    EXEMPTION = "exemption", _("exempt from duties")
    LEAVE_OUT = "leave_out", _("left out of interviews")
    OBJECTION = "objection", _("objected")
    FLAG = "flag", _("marked")
    SICK_REPORT = "sick_report", _("reported sick")
    WELL_REPORT = "well_report", _("reported well")
    LEAVE = "leave", _("on leave")
    WORK_START = "work_start", _("began work")
    WORK_END = "work_end", _("work ended")
    MOVED = "moved", _("moved")
    EMIGRATED = "emigrated", _("left the country")
    DIED = "died", _("died")
