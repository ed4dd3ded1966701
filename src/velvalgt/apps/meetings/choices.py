"""Closed lists of meetings."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.people.choices import Form


class Way(TextChoices):
    """In what way a meeting is held in practice (mødemåde); each is one form of the law."""

    OFFICE = "office", _("at our office")
    PHONE = "phone", _("by phone")
    VIDEO = "video", _("by video")
    HOME = "home", _("at home")
    WALK = "walk", _("on a walk")

    @property
    def form(self) -> Form:
        """The form of interview that the law counts it as (samtaleform)."""
        return _FORMS.get(self, Form.IN_PERSON)


_FORMS = {Way.PHONE: Form.PHONE, Way.VIDEO: Form.VIDEO}


IN_PERSON = frozenset({Way.OFFICE, Way.HOME, Way.WALK})
"""The ways in which people are in the same place."""


class Purpose(TextChoices):
    """What a meeting is for (formål); each counts in the journal as its own kind."""

    INTERVIEW = "interview", _("interview")
    FOLLOW_UP = "follow_up", _("sick-pay follow-up")
    CONFERENCE = "conference", _("meeting of several")
    GROUP = "group", _("meeting for many")
    TALK = "talk", _("talk")


class TextSet(TextChoices):
    """In which words a meeting was asked for (tekstsæt); no-shows are told apart by it."""

    BOOKED = "booked", _("booked by agreement")
    INVITATION = "invitation", _("invitation")
    SUMMONS = "summons", _("summons")


class Holding(TextChoices):
    """What a hold keeps busy (ressource)."""

    STAFF = "staff", _("staff")
    CITIZEN = "citizen", _("citizen")
    ROOM = "room", _("room")
    INTERPRETER = "interpreter", _("interpreter")


class Opening(TextChoices):
    """What special hours do to a day: open it or shut it."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("away")


class Change(TextChoices):
    """Why a meeting has a new version (ændring af mødet)."""

    BOOKED = "booked", _("booked")
    MOVED = "moved", _("moved")
    EARLIER = "earlier", _("moved to an earlier time")
    PLACE = "place", _("held in another way")
    CRISIS = "crisis", _("held from afar for a time")
    CRISIS_OVER = "crisis_over", _("held in person again")


class CrisisReason(TextChoices):
    """Why nobody is met in person for a time (krisens grund), in words for everybody."""

    ILLNESS = "illness", _("Many are ill at the moment.")
    WEATHER = "weather", _("The weather makes it hard to get here.")
    BUILDING = "building", _("Our house is closed.")
    AUTHORITIES = "authorities", _("The authorities ask us to meet from afar.")


class WhyCancelled(TextChoices):
    """Why a meeting was called off (aflysning)."""

    CITIZEN = "citizen", _("the citizen called it off")
    ILL = "ill", _("the citizen is ill")
    US = "us", _("we called it off")
    EXEMPT = "exempt", _("the law asks for no meeting any more")


class Result(TextChoices):
    """What came of a meeting (udfald)."""

    HELD = "held", _("held")
    MISSED = "missed", _("the citizen did not come")
    EXCUSED = "excused", _("the citizen had said why beforehand")


class MissedStep(TextChoices):
    """What was done after somebody did not come (opfølgning på udeblivelse)."""

    CONTACTED = "contacted", _("we tried to reach the citizen")
    HEARD = "heard", _("the citizen told why")
    FAIR = "fair", _("there was a fair reason")
    NOT_FAIR = "not_fair", _("we saw no fair reason")
    GUIDED = "guided", _("we told of rights and duties")
    HANDED_OVER = "handed_over", _("told to those who decide about the benefit")


class InvitationState(TextChoices):
    """How far an invitation has come (indkaldelsesforløb)."""

    INVITED = "invited", _("invited to choose a time")
    REMINDED = "reminded", _("reminded")
    EXPIRED = "expired", _("the time to choose has gone")
    SUMMONED = "summoned", _("summoned to a time")
    BOOKED = "booked", _("a time is booked")
    HELD = "held", _("held")
    MISSED = "missed", _("did not come")
    MISSED_FAIR = "missed_fair", _("did not come, with a fair reason")
    EXCUSED = "excused", _("asked for no more")


class CalendarKind(TextChoices):
    """How a calendar outside is read (kalender)."""

    ICS = "ics", _("a calendar's address (ICS)")
    CALDAV = "caldav", _("a CalDAV server")


class Trouble(TextChoices):
    """Why a calendar outside could not be read (fejl); a word of ours, never theirs."""

    NOT_ALLOWED = "not_allowed", _("it lies at an address that we do not read from")
    UNREACHABLE = "unreachable", _("nobody answers there")
    REFUSED = "refused", _("we were not let in")
    NOT_A_CALENDAR = "not_a_calendar", _("what lies there is not a calendar")
    TOO_LARGE = "too_large", _("there is too much in it")
    LOCKED = "locked", _("we can no longer open what you gave us; add it again")


class Helpful(TextChoices):
    """Whether a contact helped, by the citizen's own word."""

    YES = "yes", _("yes")
    PARTLY = "partly", _("partly")
    NO = "no", _("no")


class OwnChoice(TextChoices):
    """Whether a contact was the citizen's own choice, by the citizen's own word."""

    YES = "yes", _("yes")
    NO = "no", _("no")


class Attendance(TextChoices):
    """By what way a party takes part in a conference (deltagelse)."""

    THERE = "there", _("in the room")
    AFAR = "afar", _("from afar")
