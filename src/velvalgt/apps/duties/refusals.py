"""Why a dispensation is not recorded, confirmed or withdrawn; each message is ready to be read."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from velvalgt.apps.duties.models import Dispensation


class DoesNotHold(Exception):
    """A dispensation that cannot be as it is written; `about` names what is wrong with it."""

    about = "effect"


class NotWritten(DoesNotHold):
    """The number and day of the order, its paragraph, or the words are missing."""

    about = "instrument"


class EndsBeforeItBegins(DoesNotHold):
    """The last day is before the first."""

    about = "last_day"


class OutOfTime(DoesNotHold):
    """A day that no case can reach: a slip of the keyboard."""

    about = "first_day"


class NothingChosen(DoesNotHold):
    """It names nothing that it could change."""

    about = "rules"


class NoForms(DoesNotHold):
    """It allows more forms of interview, and names none."""

    about = "forms"


class NoClock(DoesNotHold):
    """It stops a clock, and names none."""

    about = "clocks"


class NotInTheBook(DoesNotHold):
    """It names a rule or a clock that the book does not have, or none of that kind."""

    about = "rules"


class NotInForceThen(DoesNotHold):
    """It names a rule that is not in force on any day of it."""

    about = "rules"


class RightsStay(DoesNotHold):
    """It would take a right from somebody; the State pauses duties."""

    about = "rules"


class ConfirmedByItsRecorder(Exception):
    """The one who recorded a dispensation would confirm it, too."""


class ConfirmedAlready(Exception):
    """A second person has confirmed it before."""


class WithdrawnAlready(Exception):
    """It has been withdrawn, and nothing more can be done with it."""


class NoReason(Exception):
    """A withdrawal without a reason."""


class AskedAlready(Exception):
    """Somebody has asked for its withdrawal before; it waits for a second person."""


class NotAskedFor(Exception):
    """Nobody has asked for the withdrawal that somebody would confirm."""


class AskedByTheSame(Exception):
    """The one who asked for a withdrawal would confirm it, too."""


class NotYoursToRecord(Exception):
    """Whoever does not oversee the whole municipality writes none of this down."""

    def __init__(self) -> None:
        super().__init__(
            _("Only those who check the law for the whole municipality do this. You do not now.")
        )


class RecordedAlready(DoesNotHold):
    """An equal one stands; `first` is that one."""

    about = "instrument"

    def __init__(self, first: "Dispensation") -> None:
        self.first = first
        told = _("%(order)s stands here already with these days and places: %(name)s recorded it.")
        super().__init__(told % {"order": first.instrument, "name": first.recorded_by.name})
