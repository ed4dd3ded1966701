"""One unit's cases and caseworkers: what a choice costs, at least costs, and how it improves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.targeting.balance import Balance, summed
from velvalgt.core.targeting.caseload import NOBODY, Floats, Ints

NO_GAIN = 1e-9
SWEEPS = 1000
"""More than any caseload has needed by far: rounding may never turn in a ring."""


@dataclass(frozen=True, slots=True, eq=False)
class Unit:
    """What one unit is asked, in average cases throughout.

    Attributes:
        cost: (r, k) what each pair costs besides load; infinite where the pair is closed.
        now: (r,) the present caseworker's place here, `NOBODY` where they have none here.
        weight: (r,) what each case weighs.
        share: (r,) what each case fills of the guidelines.
        balance: of the unit's caseworkers.
    """

    cost: Floats
    now: Ints
    weight: Floats
    share: Floats
    balance: Balance

    def sums(self, choice: Ints) -> tuple[Floats, Floats]:
        """What each caseworker carries, and fills of the guidelines: (k,) each."""
        size = len(self.balance.level)
        return summed(choice, self.weight, size), summed(choice, self.share, size)

    def value(self, choice: Ints) -> float:
        """What a choice costs."""
        load, filled = self.sums(choice)
        loads = self.balance.load_cost(load) + self.balance.guideline_cost(filled)
        return float(self.cost[np.arange(len(choice)), choice].sum() + loads.sum())

    def reduced(self, load_price: Floats, guideline_price: Floats) -> Floats:
        """What each pair costs where every caseworker's load has its price: as `cost`."""
        loads = self.weight[:, None] * load_price + self.share[:, None] * guideline_price
        cost: Floats = self.cost + loads
        return cost

    def bound(self, load_price: Floats, guideline_price: Floats) -> float:
        """What any choice costs at least, by weak duality: it holds at all prices.

        Args:
            load_price: (k,) no higher than `Terms.over`.
            guideline_price: (k,) from 0 to `Terms.guideline`.

        Returns:
            A lower bound; the relaxation's optimum where the prices are its own.
        """
        cases = self.reduced(load_price, guideline_price).min(axis=1).sum()
        return float(cases) + self.balance.least(load_price, guideline_price)

    def improved(self, choice: Ints) -> Ints:
        """The choice after every single move that gains, or that leads back and costs nothing.

        Args:
            choice: (r,) a caseworker for each case.

        Returns:
            (r,) a choice that costs no more, and that no single move makes better.
        """
        choice = choice.copy()
        for _ in range(SWEEPS):
            wanting = np.flatnonzero(self._wanted(np.arange(len(choice)), choice) != choice)
            moved = False
            for case in wanting:
                to = self._wanted(np.array([case]), choice)[0]
                moved = moved or to != choice[case]
                choice[case] = to
            if not moved:
                break
        return choice

    def _wanted(self, cases: Ints, choice: Ints) -> Ints:
        """Where each of some cases costs least while all others stay.

        Of what is equal the present caseworker comes first, then the choice as it stands.
        """
        at, balance = choice[cases], self.balance
        weight, share = self.weight[cases, None], self.share[cases, None]
        own = at[:, None] == np.arange(len(balance.level))
        load, filled = self.sums(choice)
        load, filled = load - own * weight, filled - own * share
        cost = self.cost[cases] + balance.load_cost(load + weight) - balance.load_cost(load)
        cost += balance.guideline_cost(filled + share) - balance.guideline_cost(filled)
        wanted: Ints = cost.argmin(axis=1)
        enough = cost.min(axis=1) + NO_GAIN
        for place in (at, self.now[cases]):
            good = (place != NOBODY) & (cost[np.arange(len(cases)), place] <= enough)
            wanted[good] = place[good]
        return wanted
