"""Closed lists of the plan and of what is answered to it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Mode(TextChoices):
    """How far a municipality goes (tilstand): law, wishes and marks, or expected gain, too."""

    PLAIN = "plain", _("without profiling")
    JUDGEMENT = "judgement", _("by assessment and published studies")


class Reply(TextChoices):
    """What a caseworker does with a suggestion (svar på forslag)."""

    ACCEPTED = "accepted", _("chose it")
    OTHER = "other", _("chose something else")
    POSTPONED = "postponed", _("waits with it")


class Because(TextChoices):
    """Why, in a word; own words may stand beside it (begrundelse)."""

    FITS = "fits", _("it fits what we talked about")
    CITIZEN_WANTS = "citizen_wants", _("the citizen wants it")
    CITIZEN_WANTS_OTHER = "citizen_wants_other", _("the citizen wants something else")
    KNOWS_MORE = "knows_more", _("I know something the suggestion does not")
    TRIED_BEFORE = "tried_before", _("it was tried before")
    SOON_IN_WORK = "soon_in_work", _("the citizen is about to begin work")
    NOT_NOW = "not_now", _("the time is not right")
    MUST_ASK = "must_ask", _("we must talk about it first")

    @classmethod
    def of(cls, reply: "Reply | str") -> tuple["Because", ...]:
        """The reasons that may be given for a reply, the most usual first."""
        return _BECAUSE[Reply(reply)]


_BECAUSE = {
    Reply.ACCEPTED: (Because.FITS, Because.CITIZEN_WANTS),
    Reply.OTHER: (Because.CITIZEN_WANTS_OTHER, Because.KNOWS_MORE, Because.TRIED_BEFORE),
    Reply.POSTPONED: (Because.MUST_ASK, Because.NOT_NOW, Because.SOON_IN_WORK),
}


class CountedIn(TextChoices):
    """What a capacity is counted in (måleenhed)."""

    HOURS = "hours", _("hours")
    SEATS = "seats", _("seats")
    KRONER = "kroner", _("kroner")


class SkillKind(TextChoices):
    """What a caseworker is good at, for whom it matters (kompetence)."""

    LANGUAGE = "language", _("language")
    INDUSTRY = "industry", _("industry")
    GROUP = "group", _("target group")


class Ended(TextChoices):
    """How an attempt to plan ended (udfald af planlægning)."""

    DONE = "done", _("a new plan was made")
    BROKEN_OFF = "broken_off", _("it was broken off; the plan before stands")
    REFUSED = "refused", _("it could not be made; the plan before stands")
