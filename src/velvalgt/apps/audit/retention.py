"""What each station says of how long it keeps what it keeps (opbevaring, sletning)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

AS_LONG_AS_THE_CASE = _("as long as your case needs it; the municipality decides when it ends")
NOT_LONGER_THAN_NEEDED = "Databeskyttelsesforordningen art. 5(1)(e)"


@dataclass(frozen=True, slots=True)
class Kept:
    """What some tables hold about a citizen, how long it is kept, and by which rule.

    Attributes:
        tables: the database tables.
        what: what a citizen would call it, translated.
        until: how long, translated, to stand after "We keep it"; where the municipality decides,
            that it does.
        source: the rule's place in the law.
    """

    tables: tuple[str, ...]
    what: Promise
    until: Promise
    source: str


KEPT = (
    Kept(
        ("audit_trace", "audit_seal"),
        _("who has looked at your case and changed it"),
        _("as long as your case, so that you can see it; the municipality decides"),
        "Databeskyttelsesforordningen art. 5(2), 32",
    ),
)
