"""What it costs that some caseworkers carry more than others, and more than the guidelines hold."""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.caseload import Caseload, Floats, Ints, Terms

HALF = 0.5
"""In average cases: no caseload of whole cases can be more even than this."""


@dataclass(frozen=True, slots=True, eq=False)
class Balance:
    """What each caseworker would carry if all carried alike, in average cases.

    Attributes:
        level: (k,) the balanced load.
        room: (k,) what the guidelines hold.
        terms: what counts how much.
    """

    level: Floats
    room: Floats
    terms: Terms

    @property
    def band(self) -> Floats:
        """(k,) how far from balance each may be before it counts in full."""
        return np.maximum(HALF, self.terms.band * self.level)

    def of(self, caseworkers: Ints) -> Balance:
        """The same of some caseworkers, as often as they are named."""
        return Balance(self.level[caseworkers], self.room[caseworkers], self.terms)

    def load_cost(self, load: Floats) -> Floats:
        """What it costs that each carries so much: (k,)."""
        off = np.abs(load - self.level)
        inside = np.clip(np.minimum(off, self.band) - HALF, 0.0, None)
        outside = np.clip(off - self.band, 0.0, None)
        cost: Floats = self.terms.uneven * inside + self.terms.over * outside
        return cost

    def guideline_cost(self, filled: Floats) -> Floats:
        """What it costs that each fills so much of the guidelines: (k,)."""
        cost: Floats = self.terms.guideline * np.maximum(filled - self.room, 0.0)
        return cost

    def least(self, load_price: Floats, guideline_price: Floats) -> float:
        """What all loads cost at least, less what they fetch at these prices.

        Args:
            load_price: (k,) no higher than `terms.over`.
            guideline_price: (k,) from 0 to `terms.guideline`.
        """
        # A convex function of straight pieces is farthest below a line at one of its corners.
        corners = (-self.level, -self.band, -HALF + 0 * self.band, HALF + 0 * self.band, self.band)
        below = []
        for corner in corners:
            off = np.maximum(corner, -self.level)
            below.append(load_price * off - self.load_cost(self.level + off))
        loads = load_price * self.level + np.max(below, axis=0) + guideline_price * self.room
        return -float(loads.sum())


@dataclass(frozen=True, slots=True, eq=False)
class Sizes:
    """How big cases are, measured in average cases of the whole caseload.

    Attributes:
        average: what the average case weighs, as `Caseload.weight`.
        weight: (n,) what each case weighs.
        share: (n,) what each case fills of the guidelines; 0 where it has none.
        balance: of all caseworkers, in their units.
    """

    average: float
    weight: Floats
    share: Floats
    balance: Balance


def sizes_of(caseload: Caseload, terms: Terms) -> Sizes:
    """Measure cases and caseworkers by the average case.

    Sums are exact before they are rounded, so the order of the rows changes no digit.

    Args:
        caseload: what is asked.
        terms: what counts how much.

    Returns:
        The sizes of all cases and the balance of all caseworkers.
    """
    average = _average(caseload.weight)
    weight = caseload.weight / average
    fills, places = filling(caseload), caseload.places()
    level = np.zeros(len(caseload.capacity))
    for place in np.unique(caseload.unit):
        here = caseload.unit == place
        total = fsum(caseload.capacity[here])
        if total > 0:
            level[here] = caseload.capacity[here] / total * fsum(weight[places == place])
    fill = _average(fills[fills > 0])
    return Sizes(average, weight, fills / fill, Balance(level, caseload.capacity / fill, terms))


def filling(caseload: Caseload) -> Floats:
    """The share of one full time's guideline that each case fills: (n,), 0 where it has none."""
    if caseload.guideline is None:
        return np.zeros(len(caseload.weight))
    most = caseload.guideline[:, 1]
    return np.where(np.isnan(most), 0.0, 1 / most)


def summed(choice: NDArray[np.int64], sizes: Floats, caseworkers: int) -> Floats:
    """What each caseworker's cases come to: (caseworkers,); a case of nobody's counts nowhere."""
    held = choice >= 0
    sums = np.bincount(choice[held], weights=sizes[held], minlength=caseworkers)
    return sums.astype(np.float64)


def _average(values: Floats) -> float:
    return fsum(values) / len(values) if len(values) else 1.0
