"""Whose weeks count how much (behovsvægte): what the council decided, or what is shipped."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.priorities.capacity import CannotBePlanned
from velvalgt.apps.priorities.in_turn import in_turn
from velvalgt.apps.priorities.models import NeedWeights
from velvalgt.apps.priorities.need_weights import default_weights
from velvalgt.apps.staff.models import Tenant, User

MOST = 100
"""Above it a weight is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class WeightsDraft:
    """What the council decided: a weight for each level, from which day, and where it stands."""

    starts_on: date
    weights: dict[str, float]
    decided_on: date
    decision: str


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights that hold on a day, and the decision behind them; None: those shipped."""

    weights: dict[str, float]
    decided: NeedWeights | None

    @property
    def by_level(self) -> list[tuple[NeedLevel, float]]:
        """Each level, the closest to work first, with its weight."""
        return [(level, self.weights[level.value]) for level in NeedLevel]


def weights_on(day: date) -> Weights:
    """Give the weights that hold on a day; without a decision the starting values."""
    decided: NeedWeights | None = NeedWeights.objects.on(day)
    return Weights(decided.weights if decided else default_weights(), decided)


@transaction.atomic
def decide_weights(
    *, tenant: Tenant, draft: WeightsDraft, by: User | None, at: datetime
) -> NeedWeights:
    """Write down what the council decided; the same again writes nothing.

    Raises:
        CannotBePlanned: by place ("weights-" and the level), what is wrong.
    """
    check_weights(draft.weights)
    if not draft.decision:
        raise CannotBePlanned({"decision": _("Write where the decision stands.")})
    if draft.decided_on > draft.starts_on:
        words = _("The council decides before the weights hold.")
        raise CannotBePlanned({"decided_on": words})
    in_turn(tenant.pk, "weights")
    holds = weights_on(draft.starts_on).decided
    if holds is not None and _said(holds) == _said(draft):
        return holds
    return NeedWeights.objects.create(
        tenant_id=tenant.pk,
        weights=draft.weights,
        starts_on=draft.starts_on,
        decided_on=draft.decided_on,
        decision=draft.decision,
        recorded_by=by,
        recorded_at=at,
    )


def check_weights(weights: dict[str, float]) -> None:
    """Refuse weights that say nothing, or that nobody can have meant.

    Raises:
        CannotBePlanned: by place, what is wrong.
    """
    errors = {
        f"weights-{level.value}": _("A weight is above 0 and at most 100.")
        for level in NeedLevel
        if not _is_weight(weights.get(level.value))
    }
    unknown = {
        f"weights-{key}": _("There is no such group.") for key in set(weights) - {*NeedLevel.values}
    }
    if errors or unknown:
        raise CannotBePlanned({**errors, **unknown})


def _is_weight(weight: float | None) -> bool:
    return weight is not None and isfinite(weight) and 0 < weight <= MOST


def _said(of: NeedWeights | WeightsDraft) -> tuple[object, ...]:
    return of.weights, of.decided_on, of.decision
