"""Why a meeting is not booked, moved or called off; each message is ready to be read."""

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format as format_date
from django.utils.translation import gettext as _

from velvalgt.apps.meetings.exemptions import WhyNot
from velvalgt.apps.meetings.finding import Slot


class CannotBook(Exception):
    """A meeting that cannot be as it is asked for; the message says why and what to do."""


class TimeTaken(CannotBook):
    """Somebody else was first; `nearest` are the times that lie nearest."""

    def __init__(self, nearest: Sequence[Slot]) -> None:
        self.nearest = tuple(nearest)
        super().__init__(
            _("That time was just taken. Here are the nearest ones.")
            if self.nearest
            else _("That time was just taken, and there are no others near it. Call us.")
        )


class TooSoon(CannotBook):
    """The time is nearer than the notice that this type of meeting needs."""

    def __init__(self) -> None:
        super().__init__(_("That is too soon to book here. Choose a later time, or call us."))


class TooFarAhead(CannotBook):
    """The time lies further ahead than this type of meeting is booked."""

    def __init__(self) -> None:
        super().__init__(_("That is too far ahead. Choose an earlier time."))


class NotThatWay(CannotBook):
    """The law or the type does not allow the meeting to be held in that way now."""

    def __init__(self) -> None:
        super().__init__(_("The meeting cannot be held that way. Choose another way."))


class NobodyInPerson(NotThatWay):
    """A crisis runs: for a time nobody is met in person."""

    def __init__(self) -> None:
        CannotBook.__init__(
            self, _("We meet nobody in person on that day. Choose phone or video, or another day.")
        )


class NotYours(CannotBook):
    """This type of meeting is booked by somebody else."""

    def __init__(self) -> None:
        super().__init__(_("You cannot book this meeting here. Call us, and we find a time."))


class NobodyThere(CannotBook):
    """The citizen has no open case, so there is nobody to meet."""

    def __init__(self) -> None:
        super().__init__(_("You have no open case with us now. Call us, and we help you."))


class TooLate(CannotBook):
    """It is too late to change the meeting here."""

    def __init__(self) -> None:
        super().__init__(_("It is too late to change it here. Call us instead."))


class NotAgreedAnyMore(CannotBook):
    """The meeting was called off, changed or held meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This meeting has been changed meanwhile. Look at it as it is now."))


class NotAsked(CannotBook):
    """The law, or a fact of the citizen's life, says that they are not asked to a meeting now."""

    def __init__(self, why: WhyNot) -> None:
        self.why = why
        super().__init__(str(why.label))


class InvitedAlready(CannotBook):
    """An invitation to the same type of meeting waits already, or a time is agreed."""

    def __init__(self) -> None:
        super().__init__(_("There is an invitation or a time already. Go on with that one."))


class NoWays(CannotBook):
    """An invitation that leaves the citizen no way to meet."""

    def __init__(self) -> None:
        super().__init__(_("Choose at least one way that the law allows now."))


class NotThatStep(CannotBook):
    """The invitation is at a step that this one cannot follow."""

    def __init__(self) -> None:
        super().__init__(_("The invitation has come to another step. Look at it as it is now."))


class SummonsTooSoon(CannotBook):
    """The meeting lies too near for the letter to reach the citizen in good time."""

    def __init__(self, earliest: date) -> None:
        self.earliest = earliest
        super().__init__(
            _("The letter has to come in good time. Choose %(day)s or later.")
            % {"day": format_date(earliest, "DATE_FORMAT")}
        )


class NotMissed(CannotBook):
    """Nobody has said that the citizen did not come to the meeting."""

    def __init__(self) -> None:
        super().__init__(_("Nobody has noted that the citizen did not come to this meeting."))


class NotYet(CannotBook):
    """A step after a missed meeting that comes after others."""


class SaySomething(CannotBook):
    """A step after a missed meeting without words."""

    def __init__(self) -> None:
        super().__init__(_("Write a sentence."))


class NotBegun(CannotBook):
    """Nothing has come of a meeting that has not begun."""

    def __init__(self) -> None:
        super().__init__(_("The meeting has not begun. Say what came of it when it has."))


class OfferOver(CannotBook):
    """An earlier time that cannot be had any more: answered, too late, or the meeting changed."""

    def __init__(self) -> None:
        super().__init__(_("You cannot have that time any more. Your meeting is as it was."))


class LinkOver(CannotBook):
    """A link that we did not sign, or whose meeting has ended or was called off."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more. Call us, and we help you."))


class NotHeld(CannotBook):
    """A meeting that was not held, or so long ago that nobody is asked about it."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing to answer about this meeting."))


class NothingSaid(CannotBook):
    """Both questions about a contact were skipped."""

    def __init__(self) -> None:
        super().__init__(_("Answer one of the questions, or leave the page."))


class SomebodyBusy(CannotBook):
    """One of those who are needed is busy then; `nearest` are times when all of them can."""

    def __init__(self, names: Sequence[str], nearest: Sequence[Slot] = ()) -> None:
        self.nearest = tuple(nearest)
        busy = _("Busy at that time: %(names)s. Choose another time.") % {"names": ", ".join(names)}
        super().__init__(busy if names else _("That time does not fit everybody. Choose another."))


class TooLateToEnrol(CannotBook):
    """Enrolment in a meeting for many has ended."""

    def __init__(self) -> None:
        super().__init__(_("It is too late to join here. Call us, and we see what we can do."))


class BusyThen(CannotBook):
    """The citizen has another meeting at the time of a meeting for many."""

    def __init__(self) -> None:
        super().__init__(
            _("You have another meeting at that time. Move that one first, or call us.")
        )
