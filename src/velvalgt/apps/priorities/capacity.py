"""What there is in a period (kapacitet): the manager's own figures, checked and kept by day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from math import isfinite
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.priorities.in_turn import in_turn
from velvalgt.apps.priorities.models import CapacityPlan
from velvalgt.apps.priorities.naming import effort_names, group_names
from velvalgt.apps.staff.models import Tenant, Unit, User

PERIOD = 26
"""How many weeks are planned where nobody has said otherwise: a starting value."""
LONGEST = 52


class CannotBePlanned(Exception):
    """Figures that cannot hold; `errors` has for each place what is wrong with it.

    A place is an attribute of the draft, and where that has many, a hyphen and which of them:
    "weeks", "unit_hours-" and a unit's key, "floors-" and its number from 0.
    """

    def __init__(self, errors: dict[str, str]) -> None:
        super().__init__("; ".join(f"{place}: {words}" for place, words in errors.items()))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class CapacityDraft:
    """What a manager says there is; the attributes are `CapacityPlan`'s own.

    A floor is a dictionary with `level` or `group` (the other is None), `efforts` (none: any) and
    `at_least`. The keys of seats are the offers' own in the catalogue.
    """

    starts_on: date
    weeks: int = PERIOD
    unit_hours: dict[str, float] = field(default_factory=dict)
    effort_hours: dict[str, float] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)
    budget_oere: int | None = None
    floors: list[dict[str, Any]] = field(default_factory=list)
    words: str = ""

    @property
    def figures(self) -> dict[str, Any]:
        """What a plan reckons with, and a forecast tries: all but the day and the words."""
        said = asdict(self)
        return {name: said[name] for name in FIGURES}


FIGURES = ("weeks", "unit_hours", "effort_hours", "seats", "budget_oere", "floors")


def capacity_on(day: date) -> CapacityPlan | None:
    """Give the figures that hold on a day (kapacitet); None where nobody has written any."""
    found: CapacityPlan | None = CapacityPlan.objects.on(day)
    return found


def capacity_to_come(day: date) -> list[CapacityPlan]:
    """Give the figures that hold from a later day, the first one first."""
    coming = CapacityPlan.objects.filter(starts_on__gt=day)
    return list(coming.order_by("starts_on", "recorded_at", "pk"))


def figures_of(plan: CapacityPlan | None) -> dict[str, Any]:
    """Give what a plan reckons with, as `CapacityDraft.figures` does; nothing of no plan."""
    return {name: getattr(plan, name) for name in FIGURES} if plan else {}


@transaction.atomic
def plan_capacity(
    *, tenant: Tenant, draft: CapacityDraft, by: User | None, at: datetime
) -> CapacityPlan:
    """Write down what there is from a day on; the same figures again write nothing.

    Raises:
        CannotBePlanned: by place, what is wrong.
    """
    check_capacity(draft)
    in_turn(tenant.pk, "capacity")
    holds = capacity_on(draft.starts_on)
    if holds is not None and (figures_of(holds), holds.words) == (draft.figures, draft.words):
        return holds
    return CapacityPlan.objects.create(
        tenant_id=tenant.pk,
        starts_on=draft.starts_on,
        words=draft.words,
        recorded_by=by,
        recorded_at=at,
        **draft.figures,
    )


def check_capacity(draft: CapacityDraft) -> None:
    """Refuse figures that cannot hold.

    Raises:
        CannotBePlanned: by place, what is wrong.
    """
    errors = dict(_wrong(draft))
    if errors:
        raise CannotBePlanned(errors)


def _wrong(draft: CapacityDraft) -> Iterator[tuple[str, str]]:
    if not 1 <= draft.weeks <= LONGEST:
        yield "weeks", _("Plan for 1 to 52 weeks.")
    if draft.budget_oere is not None and draft.budget_oere < 0:
        yield "budget_oere", _("Money is 0 or more.")
    units = {str(key) for key in Unit.objects.values_list("pk", flat=True)}
    yield from _wrong_hours("unit_hours", draft.unit_hours, units)
    yield from _wrong_hours("effort_hours", draft.effort_hours, set(effort_names()))
    offers = set(Offer.objects.filter(key__in=draft.seats).values_list("key", flat=True))
    for key, seats in draft.seats.items():
        if key not in offers:
            yield f"seats-{key}", _("There is no such offer.")
        elif seats < 0:
            yield f"seats-{key}", _("Seats are 0 or more.")
    for number, floor in enumerate(draft.floors):
        if words := _wrong_with_floor(floor):
            yield f"floors-{number}", words


def _wrong_hours(name: str, hours: dict[str, float], known: set[str]) -> Iterator[tuple[str, str]]:
    for key, each in hours.items():
        if key not in known:
            yield f"{name}-{key}", _("There is no such unit or effort.")
        elif not (isfinite(each) and each >= 0):
            yield f"{name}-{key}", _("Hours are 0 or more.")


def _wrong_with_floor(floor: dict[str, Any]) -> str:
    level, group, efforts = floor.get("level"), floor.get("group"), floor.get("efforts")
    if bool(level) == bool(group):
        return _("Choose whom it is for.")
    if (level and level not in NeedLevel.values) or (group and group not in group_names()):
        return _("There is no such group.")
    if not set(efforts or ()) <= set(effort_names()):
        return _("There is no such effort.")
    if not isinstance(floor.get("at_least"), int) or floor["at_least"] < 1:
        return _("Write how many at least: 1 or more.")
    return ""
