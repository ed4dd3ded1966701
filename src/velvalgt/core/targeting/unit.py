"""One unit's cases and caseworkers: what a choice costs, at least costs, and how it improves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.targeting.balance import Balance, summed
from velvalgt.core.targeting.caseload import NOBODY, Floats, Ints

NO_GAIN = 1e-9


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
        """What each pair costs where every caseworker's load has its price: (r, k)."""
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
        load, filled = self.sums(choice)
        moved = True
        while moved:
            moved = False
            for case, at in enumerate(choice):
                load[at] -= self.weight[case]
                filled[at] -= self.share[case]
                to = self._best(case, int(at), load, filled)
                load[to] += self.weight[case]
                filled[to] += self.share[case]
                choice[case] = to
                moved = moved or to != at
        return choice

    def _best(self, case: int, at: int, load: Floats, filled: Floats) -> int:
        """Where a case costs least while all others stay; the present caseworker first, then `at`.

        Args:
            case: its row.
            at: where it is.
            load: (k,) what each carries without it.
            filled: (k,) what each fills of the guidelines without it.
        """
        balance, weight, share = self.balance, self.weight[case], self.share[case]
        cost = self.cost[case] + balance.load_cost(load + weight) - balance.load_cost(load)
        cost += balance.guideline_cost(filled + share) - balance.guideline_cost(filled)
        enough = cost.min() + NO_GAIN
        for place in (int(self.now[case]), at):
            if place != NOBODY and cost[place] <= enough:
                return place
        return int(cost.argmin())
