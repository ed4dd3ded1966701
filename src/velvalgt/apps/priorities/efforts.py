"""Efforts in words: what may be suggested, chosen and said no to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from velvalgt.apps.offers.models import Offer
from velvalgt.apps.offers.queries import title_of
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.keys import offer_key
from velvalgt.core.effect import SELF_SERVICE
from velvalgt.web.templatetags.words import said


class NoSuchEffort(Exception):
    """Nobody knows the effort, or the catalogue no longer shows the offer."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something that may be chosen for a citizen: an effort, maybe one of the catalogue."""

    effort: str
    offer: Offer | None = None

    @property
    def key(self) -> str:
        """How forms and plans call it."""
        return offer_key(self.offer.pk) if self.offer else self.effort

    @property
    def is_help(self) -> bool:
        """Whether it is more than what everybody has: these pages."""
        return self.effort != SELF_SERVICE

    @property
    def is_right(self) -> bool:
        """Whether the law makes it the citizen's right: no no to its kind closes it."""
        return self.offer is not None and self.offer.is_right

    @property
    def title(self) -> str:
        """What it is called, in the reader's language."""
        return title_of(self.offer) if self.offer else effort_in_words(self.effort)


def effort_in_words(effort: str) -> str:
    """Name an effort in the reader's language; one that the table has dropped keeps its word."""
    known = {each.id: each.words for each in evidence().efforts}
    return said(known[effort]) if effort in known else effort.replace("_", " ")


def options_on(day: date) -> list[Option]:
    """Give all that may be chosen on a day: the efforts in the table's order, then the catalogue.

    A right is in the catalogue and may be chosen like the rest; it is asked for, not suggested.
    """
    efforts = [Option(each.id) for each in evidence().efforts]
    offers = Offer.objects.shown(day).order_by("title_da", "pk")
    return [*efforts, *(Option(offer.kind, offer) for offer in offers)]


def check_effort(effort: str, offer: Offer | None, day: date) -> None:
    """Refuse what nobody knows, or what the catalogue does not show on a day.

    Raises:
        NoSuchEffort: it says which.
    """
    if effort not in {each.id for each in evidence().efforts}:
        raise NoSuchEffort(
            _("There is no effort called %(effort)s. Choose one of the list.") % {"effort": effort}
        )
    is_shown = offer is None or Offer.objects.shown(day).filter(pk=offer.pk, kind=effort).exists()
    if not is_shown:
        raise NoSuchEffort(_("The offer is no longer in the catalogue. Choose another."))


def touching(effort: str, offer: Offer | None) -> Q:
    """The rows about an effort as a whole, or about this very offer of it; of a right, that alone.

    Whoever does not want a kind of effort has not turned a right down.
    """
    if offer is not None and offer.is_right:
        return Q(effort=effort, offer=offer)
    this = Q(offer__isnull=True) if offer is None else Q(offer__isnull=True) | Q(offer=offer)
    return Q(effort=effort) & this
