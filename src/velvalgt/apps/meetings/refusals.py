"""Why a meeting is not booked, moved or called off; each message is ready to be read."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

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
