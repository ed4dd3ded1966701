"""What may be suggested, and what there is of it: efforts, hours, seats and money in a period."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import polars as pl

from velvalgt.apps.cases.models import Case
from velvalgt.apps.offers.models import Offer, Start
from velvalgt.apps.offers.queries import seats_of
from velvalgt.apps.priorities.capacity import figures_of
from velvalgt.apps.priorities.choices import CountedIn
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.inputs import CAPACITIES, OPTIONS
from velvalgt.apps.priorities.keys import BUDGET, offer_key, unit_key
from velvalgt.apps.priorities.models import CapacityPlan
from velvalgt.core.effect import SELF_SERVICE

CONTACT = "contact"
OERE = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """What there is in a period, as `CapacityPlan` has it or as a forecast tries it.

    Attributes:
        unit_hours: hours a week, by the unit's key.
        effort_hours: hours for one citizen in the whole period, by the effort's word.
        seats: places in the period, by the offer's key in the catalogue.
    """

    weeks: int
    unit_hours: Mapping[str, float]
    effort_hours: Mapping[str, float]
    seats: Mapping[str, int]
    budget_oere: int | None
    floors: list[dict[str, Any]]

    @classmethod
    def of(cls, plan: CapacityPlan) -> "Figures":
        """The figures that the manager wrote."""
        return cls(**figures_of(plan))


def options_on(day: date, figures: Figures) -> pl.DataFrame:
    """Give what may be suggested on a day, as `inputs.OPTIONS` says; self-service first.

    Of the table's contacts, those with planned hours; of the catalogue, what is shown and is no
    right, for a right is asked for and never weighed. What the table opens by a mark alone is left
    out: no mark but that of a graduate is in a plan.
    """
    rows: list[tuple[Any, ...]] = [(SELF_SERVICE, SELF_SERVICE, None, 0.0, None, None, [], [])]
    for effort in evidence().efforts:
        if effort.kind == CONTACT and effort.id in figures.effort_hours and not effort.only_flag:
            hours = float(figures.effort_hours[effort.id])
            rows.append((effort.id, effort.id, None, hours, None, None, [], []))
    offers = list(Offer.objects.shown(day).filter(right_source="").order_by("key"))
    seats = _seats(day, figures, offers)
    rows += [_offered(offer, figures, seats.get(offer.pk)) for offer in offers]
    return pl.DataFrame(rows, schema=dict(OPTIONS), orient="row")


def capacities_of(options: pl.DataFrame, figures: Figures) -> pl.DataFrame:
    """Give what there is in the period, as `inputs.CAPACITIES` says.

    A unit with open cases of which no hours are written has none.
    """
    units = Case.objects.open().order_by("unit").values_list("unit", flat=True).distinct()
    hours = {str(unit): 0.0 for unit in units} | dict(figures.unit_hours)
    rows: list[tuple[str, str, float]] = [
        (unit_key(unit), CountedIn.HOURS.value, float(each) * figures.weeks)
        for unit, each in sorted(hours.items())
    ]
    limited = options.filter(pl.col("seats").is_not_null())
    rows += [
        (key, CountedIn.SEATS.value, float(seats))
        for key, seats in limited.select("key", "seats").iter_rows()
    ]
    if figures.budget_oere is not None:
        rows.append((BUDGET, CountedIn.KRONER.value, figures.budget_oere / OERE))
    return pl.DataFrame(rows, schema=dict(CAPACITIES), orient="row")


def _offered(offer: Offer, figures: Figures, seats: int | None) -> tuple[Any, ...]:
    """A row for an offer; its kind is its word in the table of studies."""
    key, hours = str(offer.pk), float(figures.effort_hours.get(offer.kind, 0.0))
    return (
        offer_key(key),
        offer.kind,
        key,
        hours,
        offer.price_oere,
        seats,
        sorted(offer.groups),
        sorted(offer.needs),
    )


def _seats(day: date, figures: Figures, offers: Iterable[Offer]) -> dict[UUID, int]:
    """Free places in the period: as written, else of the starts one can still apply for.

    An offer that has starts, but none within the period, has no place; one without any has no
    limit.
    """
    written = {each.pk: figures.seats[each.key] for each in offers if each.key in figures.seats}
    left: dict[UUID, int] = dict.fromkeys(Start.objects.values_list("offer", flat=True), 0)
    within = Start.objects.open(day).filter(starts_on__lt=day + timedelta(weeks=figures.weeks))
    offered = dict(within.values_list("pk", "offer"))
    for start, seats in seats_of(offered).items():
        left[offered[start]] += seats.left
    return left | written
