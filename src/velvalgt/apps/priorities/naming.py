"""What efforts, target groups and capacities are called in the reader's language."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from velvalgt.apps.meetings.queries import units_that_meet
from velvalgt.apps.offers.models import Offer, Start
from velvalgt.apps.offers.queries import title_of
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.keys import BUDGET, UNIT, offer_key, unit_key
from velvalgt.apps.priorities.looking_back import current_run
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Membership, Unit
from velvalgt.core.effect import SELF_SERVICE
from velvalgt.core.frames import vocabulary
from velvalgt.web.templatetags.words import said


def effort_names() -> dict[str, str]:
    """Name each effort that a plan may suggest, in the table's order.

    Self-service takes nothing; what the table opens by a mark alone is in no plan.
    """
    efforts = (e for e in evidence().efforts if e.id != SELF_SERVICE and not e.only_flag)
    return {each.id: said(each.words) for each in efforts}


def group_names() -> dict[str, str]:
    """Name each target group (målgruppe), in the law's order."""
    return {word.word: said(word) for word in vocabulary("group")}


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


def offers_to_plan(on: date, planned: Collection[str]) -> list[Offer]:
    """Give the offers whose places are told here: those without starts, and those `planned`.

    A right is never limited, and so it is left out.
    """
    begun = Start.objects.order_by().values("offer")
    shown = Offer.objects.shown(on).filter(right_source="")
    told = shown.filter(~Q(pk__in=begun) | Q(key__in=planned))
    return sorted(told.order_by("pk"), key=title_of)


def capacity_names() -> dict[str, str]:
    """Name each capacity by the key that a plan knows it by."""
    units = {unit_key(unit.pk): unit.name for unit in Unit.objects.all()}
    offers = {offer_key(offer.pk): title_of(offer) for offer in Offer.objects.all()}
    return {**units, **offers, BUDGET: _("Money for offers")}
