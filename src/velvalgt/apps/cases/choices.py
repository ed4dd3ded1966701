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


class Deed(TextChoices):
    """What a citizen does here that reaches us; each gives a receipt (kvittering)."""

    REQUEST = "request", _("asked for a talk")
    CALL = "call", _("asked to be called")
    RETURN = "return", _("chose interviews again")
    PREPARATION = "preparation", _("prepared for the talk")
    CONTACT_WISH = "contact_wish", _("chose how to be met")
    PLAN = "plan", _("changed the plan")
    AGREEMENT = "agreement", _("made an agreement")
    APPLICATION = "application", _("applied")
    WITHDRAWAL = "withdrawal", _("withdrew an application")
    WISH_LIST = "wish_list", _("changed the wish list")
    MESSAGE = "message", _("sent a message")
    DOCUMENT = "document", _("sent a document")
    CHANNEL = "channel", _("chose how to be told")
    CORRECTION = "correction", _("asked for a correction")
    CONSENT = "consent", _("decided about sharing")
    OBJECTION = "objection", _("objected")
    CV = "cv", _("changed the CV")
    JOB_LOG = "job_log", _("changed the job log")
    POWER = "power", _("let somebody act")
    MEETING = "meeting", _("chose a meeting")


class DocumentKind(TextChoices):
    """What a document is (dokumenttype)."""

    UPLOAD = "upload", _("sent by the citizen")
    ATTACHMENT = "attachment", _("attached to a message")
    LETTER = "letter", _("letter")
    DECISION = "decision", _("decision")


class Compartment(TextChoices):
    """Which purpose information belongs to (adskilte oplysninger)."""

    EMPLOYMENT = "employment", _("employment")
    SOCIAL = "social", _("social services")
    HEALTH = "health", _("health")
    FAMILY = "family", _("family")


class Verdict(TextChoices):
    """What the virus scanner says (virusscanning)."""

    CLEAN = "clean", _("clean")
    INFECTED = "infected", _("holds a virus")
    NOT_SCANNED = "not_scanned", _("no scanner here")
    OURS = "ours", _("written by us")


class Side(TextChoices):
    """Which of the two sides wrote something (part)."""

    CITIZEN = "citizen", _("the citizen")
    MUNICIPALITY = "municipality", _("the municipality")

    @property
    def other(self) -> "Side":
        """The side across the table."""
        return Side.MUNICIPALITY if self == Side.CITIZEN else Side.CITIZEN


class NeedLevel(TextChoices):
    """How a caseworker sees a citizen's way to work (behovsniveau); the core's words."""

    CLOSE = "close", _("close to work")
    SOME_HELP = "some_help", _("needs some help")
    AT_RISK = "at_risk", _("risks getting stuck")
    FAR = "far", _("far from work")


AT_RISK = (NeedLevel.AT_RISK, NeedLevel.FAR)
"""The levels of those who may be left behind: a caseworker's mark, and those weights favour."""


class Owner(TextChoices):
    """Who takes a step of the plan (ansvarlig)."""

    CITIZEN = "citizen", _("the citizen")
    MUNICIPALITY = "municipality", _("the municipality")
    SOMEBODY = "somebody", _("somebody else")


class Change(TextChoices):
    """What a change of the plan does (ændring af planen)."""

    GOAL = "goal", _("wrote the goal")
    STEP = "step", _("wrote the step")
    STEP_DONE = "step_done", _("marked the step as done")
    STEP_DROPPED = "step_dropped", _("took the step out")
    GOAL_REACHED = "goal_reached", _("marked the goal as reached")
    GOAL_DROPPED = "goal_dropped", _("took the goal out")


VERDICTS_THAT_STAND = (Verdict.CLEAN, Verdict.INFECTED, Verdict.OURS)
"""After these a document is not scanned again."""


class Availability(TextChoices):
    """Whether a document may be opened now (karantæne)."""

    READY = "ready", _("ready")
    CHECKING = "checking", _("we are checking the file")
    INFECTED = "infected", _("the file holds a virus")
