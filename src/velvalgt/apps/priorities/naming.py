"""What efforts, target groups and capacities are called in the reader's language."""

from datetime import date, datetime
from functools import cache

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from velvalgt.apps.meetings.queries import units_that_meet
from velvalgt.apps.offers.models import Offer, Start
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Membership, Unit
from velvalgt.core.effect import SELF_SERVICE, Evidence, load_evidence
from velvalgt.core.frames import vocabulary


@cache
def evidence() -> Evidence:
    """The table of studies as it is shipped, read once."""
    return load_evidence()


def effort_names() -> dict[str, str]:
    """Name each effort that a plan may suggest, in the table's order.

    Self-service takes nothing; what the table opens by a mark alone is in no plan.
    """
    efforts = (e for e in evidence().efforts if e.id != SELF_SERVICE and not e.only_flag)
    return {each.id: str(getattr(each.words, _language())) for each in efforts}


def group_names() -> dict[str, str]:
    """Name each target group (målgruppe), in the law's order."""
    return {word.word: getattr(word, _language()) for word in vocabulary("group")}


def units_with_cases(at: datetime) -> list[Unit]:
    """Give the units where caseworkers work or can be met, by name."""
    working = Membership.objects.current(at).filter(role=Role.CASEWORKER).values("unit")
    meeting = [unit.pk for unit in units_that_meet()]
    found = Unit.objects.filter(pk__in=working) | Unit.objects.filter(pk__in=meeting)
    return list(found.order_by("name", "pk"))


def offers_without_starts(on: date) -> "QuerySet[Offer]":
    """Give what is in the catalogue without starts, whose places nobody has told yet.

    A right is never limited, and so it is left out.
    """
    begun = Start.objects.order_by().values("offer")
    shown = Offer.objects.shown(on).filter(right_source="").exclude(pk__in=begun)
    return shown.order_by(f"title_{_language()}", "pk")


def offer_name(offer: Offer) -> str:
    """Name an offer."""
    return str(getattr(offer, f"title_{_language()}"))


def capacity_names() -> dict[str, str]:
    """Name each capacity by the key that a plan knows it by."""
    units = {f"unit:{unit.pk}": unit.name for unit in Unit.objects.all()}
    offers = {f"offer:{offer.pk}": offer_name(offer) for offer in Offer.objects.all()}
    return {**units, **offers, "budget": _("Money for offers")}


def _language() -> str:
    return "en" if (get_language() or "da").startswith("en") else "da"
