"""The one door to whatever tells a citizen outside the page: e-mail, SMS, Digital Post."""

from typing import Protocol


class Busy(Exception):
    """The gateway could not take it now; the same again may succeed."""


class Refused(Exception):
    """The gateway will not take it for this address; the same again is in vain."""


class Gateway(Protocol):
    """What can tell somebody something."""

    def send(self, *, address: str, subject: str, text: str, key: str) -> str:
        """Send, and give the reference by which the gateway knows it.

        Args:
            address: an e-mail address, a phone number, or for Digital Post the citizen's key.
            subject: the subject; a text message has none and leaves it out.
            text: what to say; it never holds anything of the case.
            key: the same for the same occasion, so that a gateway can see a repetition.

        Raises:
            Busy: try again.
            Refused: do not.
        """
        ...
