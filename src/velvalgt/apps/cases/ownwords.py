"""What people write in their own words is kept as it is, but never with a CPR number in it."""

from django.utils.translation import gettext as _

from velvalgt.apps.people.cpr import is_in


class HoldsCpr(Exception):
    """Somebody wrote a CPR number where it does not belong; the message never repeats it."""


def refuse_cpr(*texts: str) -> None:
    """Refuse texts that hold a CPR number.

    Raises:
        HoldsCpr: one of them does.
    """
    if any(is_in(text) for text in texts):
        raise HoldsCpr(
            _("There seems to be a CPR number in the text. Take it out: we know who you are.")
        )
