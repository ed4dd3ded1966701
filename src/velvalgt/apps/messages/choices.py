"""Closed lists of messages."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occasion(TextChoices):
    """What there is to tell a citizen (anledning); it never says more than the kind."""

    MESSAGE = "message", _("a message")
    LETTER = "letter", _("a letter")
    DECISION = "decision", _("a decision")
    APPLICATION = "application", _("an application")
    PLAN = "plan", _("the plan")
    AGREEMENT = "agreement", _("an agreement")
    INTERVIEW = "interview", _("an interview")
    DOCUMENT = "document", _("a document")
    DATA = "data", _("what we know about you")
    JOBS = "jobs", _("a vacancy")


class Channel(TextChoices):
    """By which way a citizen is told that there is news (kanal)."""

    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    DIGITAL_POST = "digital_post", _("Digital Post")
    PAGE = "page", _("None: I look here myself")


class LetterWay(TextChoices):
    """How a letter that the law asks for reaches a citizen (forsendelse); never by SMS alone."""

    DIGITAL_POST = "digital_post", _("Digital Post")
    PAPER = "paper", _("on paper, by post")


class Outcome(TextChoices):
    """How one attempt to tell a citizen ended (udfald)."""

    SENT = "sent", _("sent")
    BUSY = "busy", _("the gateway was busy")
    REFUSED = "refused", _("the address was refused")
    NO_ADDRESS = "no_address", _("no address is known")
    SEEN = "seen", _("seen on the page before it was sent")
    TOLD = "told", _("told together with something else")
    UNWANTED = "unwanted", _("the citizen wants to be told on the page only")


ENDINGS = (
    Outcome.SENT,
    Outcome.REFUSED,
    Outcome.NO_ADDRESS,
    Outcome.SEEN,
    Outcome.TOLD,
    Outcome.UNWANTED,
)
"""After these nothing more is tried."""
