"""Closed lists of the catalogue and of what is answered."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OfferKind(TextChoices):
    """What kind of effort it is (indsats); the core's studies use the same words."""

    COURSE = "course", _("course")
    PLACEMENT = "placement", _("work placement")
    WAGE_SUBSIDY = "wage_subsidy", _("job with a subsidy")
    MENTOR = "mentor", _("mentor")
    NETWORK = "network", _("network")
    GUIDANCE = "guidance", _("guidance")
    TEAM = "team", _("team around you")


class Need(TextChoices):
    """What it may help a citizen with (behov); said of an offer, chosen by the citizen."""

    LEARN = "learn", _("learn a trade")
    PAPERS = "papers", _("get a certificate")
    TRY_OUT = "try_out", _("try a job")
    FOOT_IN = "foot_in", _("get a foot in at a firm")
    DIRECTION = "direction", _("find out what I want")
    SEARCH = "search", _("search for jobs in a better way")
    TOGETHER = "together", _("meet others like me")
    SUPPORT = "support", _("have somebody by my side")


class Outcome(TextChoices):
    """What is answered to an application (svar)."""

    GRANTED = "granted", _("yes")
    REFUSED = "refused", _("no")
    MORE_NEEDED = "more_needed", _("we need to hear more from you")


FINAL = (Outcome.GRANTED, Outcome.REFUSED)
"""The answers after which there is nothing more to decide."""


class State(TextChoices):
    """How an application stands (status)."""

    WAITING = "waiting", _("waits for an answer")
    ON_LIST = "on_list", _("is on the waiting list")
    MORE_NEEDED = "more_needed", _("waits for the citizen’s words")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def words(self) -> Promise:
        """The same, said to the citizen."""
        return _TO_THE_CITIZEN[self]


_TO_THE_CITIZEN = {
    State.WAITING: _("Waits for an answer"),
    State.ON_LIST: _("On the waiting list"),
    State.MORE_NEEDED: _("We have a question for you"),
    State.GRANTED: _("You got a yes"),
    State.REFUSED: _("You got a no"),
    State.WITHDRAWN: _("You took it back"),
}
