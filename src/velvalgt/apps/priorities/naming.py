"""What efforts, target groups and capacities are called in the reader's language."""

from collections.abc import Collection
from datetime import date, datetime
from functools import cache

from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from velvalgt.apps.meetings.queries import units_that_meet
from velvalgt.apps.offers.models import Offer, Start
from velvalgt.apps.priorities.legal_hours import UNIT
from velvalgt.apps.priorities.looking_back import current_run
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


def units_to_plan(at: datetime, planned: Collection[str]) -> list[Unit]:
    """Give the units whose hours are planned, by name.

    Those where caseworkers work or can be met, those that the plan of now found cases in, and
    those that have hours `planned`, by key.
    """
    working = Membership.objects.current(at).filter(role=Role.CASEWORKER).values("unit")
    run = current_run()
    rows = [row["key"] for row in run.capacities] if run else []
    found = [key.removeprefix(UNIT) for key in rows if key.startswith(UNIT)]
    meeting = [unit.pk for unit in units_that_meet()]
    units = Unit.objects.filter(Q(pk__in=working) | Q(pk__in=[*meeting, *found, *planned]))
    return list(units.order_by("name", "pk"))


def offers_to_plan(on: date, planned: Collection[str]) -> "QuerySet[Offer]":
    """Give the offers whose places are told here: those without starts, and those `planned`.

    A right is never limited, and so it is left out.
    """
    begun = Start.objects.order_by().values("offer")
    shown = Offer.objects.shown(on).filter(right_source="")
    told = shown.filter(~Q(pk__in=begun) | Q(key__in=planned))
    return told.order_by(f"title_{_language()}", "pk")


def offer_name(offer: Offer) -> str:
    """Name an offer."""
    return str(getattr(offer, f"title_{_language()}"))


def capacity_names() -> dict[str, str]:
    """Name each capacity by the key that a plan knows it by."""
    units = {f"{UNIT}{unit.pk}": unit.name for unit in Unit.objects.all()}
    offers = {f"offer:{offer.pk}": offer_name(offer) for offer in Offer.objects.all()}
    return {**units, **offers, "budget": _("Money for offers")}


def _language() -> str:
    return "en" if (get_language() or "da").startswith("en") else "da"
