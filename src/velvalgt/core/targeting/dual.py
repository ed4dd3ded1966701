"""The Lagrangian dual: what hours, seats and floors must cost for everyone to choose freely.

When each capacity r costs p and each floor f pays q, citizens need no plan: each takes what is
worth most less its price. The sum of what they then keep, plus the worth of all capacity, less the
pay of all floors, is more than any plan within the capacities and floors can be worth. The prices
that make it least are the best proof, and nearly a plan.

Source: Lagrangian relaxation, Geoffrion (1974); cutting planes with a trust region,
Kelley (1960), Marsten, Hogan, Blankenship (1975).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting import kernel
from velvalgt.core.targeting.arranging import Arranged
from velvalgt.core.targeting.problem import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """What free choice comes to at some prices; worth in the arrangement's unit.

    Attributes:
        prices: (m + floors,) of each capacity and floor.
        bound: no plan is worth more.
        worth: what the choices are worth.
        spare: (m + floors,) capacity left, and members beyond each floor; below zero where broken.
    """

    prices: Floats
    bound: float
    worth: int
    spare: Floats


class Market:
    """Citizens who choose freely at prices."""

    def __init__(self, arranged: Arranged) -> None:
        problem = arranged.problem
        self.arranged = arranged
        self.use = np.ascontiguousarray(problem.use, dtype=np.float64)
        efforts = [floor.efforts for floor in problem.floors]
        self.efforts = np.array(efforts, dtype=np.float64).reshape(-1, len(self.use))
        floors = np.array([floor.at_least for floor in problem.floors], dtype=np.float64)
        self.limits = np.concatenate([problem.capacity, -floors]) * arranged.share
        self.blocks = arranged.blocks()
        self.choice = np.empty(arranged.worth.shape[1], dtype=np.int16)

    @property
    def capacities(self) -> int:
        return len(self.arranged.problem.capacity)

    def units(self) -> Floats:
        """The most one citizen's effort takes of each capacity; 1 for floors (m + floors,)."""
        loads = self.arranged.load if self.arranged.is_individual else self.arranged.loads
        most = self.use.max(axis=0, initial=0) * loads.max(axis=0, initial=0)
        return np.concatenate([np.where(most > 0, most, 1.0), np.ones(len(self.efforts))])

    def top_prices(self) -> Floats:
        """The highest prices that the whole numbers of `effort_prices` have room for."""
        return self._top() / 2 / max(len(self.efforts), 1) / self.units()

    def height(self) -> float:
        """What one citizen gains on average if everything is free; at least one unit."""
        free = self.at(np.zeros(len(self.limits)))
        return max(abs(free.worth) / len(self.choice), 1.0)

    def effort_prices(self, prices: Floats) -> NDArray[np.int64]:
        """What each effort costs each pattern, rounded down so that the bound stays one."""
        arranged, m = self.arranged, self.capacities
        loads = np.zeros_like(arranged.loads) if arranged.is_individual else arranged.loads
        cost = loads @ (self.use * prices[:m]).T
        pay = arranged.marks @ (self.efforts * prices[m:, None])
        safe = np.floor(cost - pay - (cost + pay) * 1e-14 - 0.01)
        return np.minimum(safe, self._top()).astype(arranged.worth.dtype)

    def _top(self) -> float:
        return self.arranged.top_price / (2 if self.arranged.is_individual else 1)

    def at(self, prices: Floats) -> Point:
        """One pass over all citizens; their choices are left in `choice`."""
        arranged, blocks = self.arranged, len(self.blocks[1])
        best, worth = np.empty(blocks, dtype=np.int64), np.empty(blocks, dtype=np.int64)
        counts = np.empty((blocks, len(self.use)), dtype=np.int64)
        individual = self._individual(prices)
        used = np.empty((blocks, individual[0].shape[1]))
        with kernel.threads_for(arranged.worth.size):
            kernel.choose(
                arranged.worth,
                self.blocks,
                self.effort_prices(prices),
                individual,
                (self.choice, best, worth, counts, used),
            )
        by_group = np.zeros((len(arranged.loads), len(self.use)), dtype=np.int64)
        np.add.at(by_group, self.blocks[1], counts)
        taken = used.sum(axis=0) if arranged.is_individual else self._used(by_group)
        paid = prices @ self.limits
        slack = 1e-12 * (np.abs(prices) @ np.abs(self.limits))
        return Point(
            prices=prices,
            bound=float(int(best.sum()) + paid + slack),
            worth=int(worth.sum()),
            spare=self.limits + np.concatenate([-taken, self._met(by_group)]),
        )

    def worth(self, choice: NDArray[np.int16]) -> int:
        """What a choice by place is worth, in the arrangement's unit."""
        worth, total = self.arranged.worth, 0
        for effort in range(len(worth)):
            total += int(worth[effort].sum(where=choice == effort, dtype=np.int64))
        return total

    def spare(self, choice: NDArray[np.int16]) -> Floats:
        """What a choice by place leaves of each capacity, and has beyond each floor."""
        arranged, k = self.arranged, len(self.use)
        groups = len(arranged.loads)
        cells = np.bincount(arranged.pattern() * k + choice, minlength=groups * k)
        by_group = cells.reshape(groups, k)
        if arranged.is_individual:
            each = (
                self.use[choice, r] * arranged.load[arranged.order, r]
                for r in range(self.capacities)
            )
            used = np.array([column.sum() for column in each])
        else:
            used = self._used(by_group)
        left: Floats = self.limits + np.concatenate([-used, self._met(by_group)])
        return left

    def margins(self, prices: Floats) -> NDArray[Any]:
        """How much better everyone's best effort is than the next (n,)."""
        arranged = self.arranged
        margin = np.empty(arranged.worth.shape[1], dtype=arranged.worth.dtype)
        kernel.margins(
            arranged.worth,
            self.blocks,
            self.effort_prices(prices),
            self._individual(prices),
            margin,
        )
        return margin

    def worth_and_regret(self, places: Ints, prices: Floats) -> tuple[Ints, Ints]:
        """What each effort is worth at some places, and its regret; -1 where closed."""
        arranged = self.arranged
        worth = arranged.worth[:, places].T.astype(np.int64, order="C")
        asked = self.effort_prices(prices)[arranged.pattern_of(places)].astype(np.int64)
        if arranged.is_individual:
            asked += np.floor(arranged.loads_at(places) @ self._rates(prices).T).astype(np.int64)
        kept = worth - asked
        regret = np.where(worth == arranged.closed, -1, kept.max(axis=1, keepdims=True) - kept)
        return worth, regret

    def _individual(self, prices: Floats) -> tuple[Any, ...]:
        arranged = self.arranged
        return self._rates(prices), arranged.load, arranged.order, self.use, self._top()

    def _rates(self, prices: Floats) -> Floats:
        """What a unit of individual load costs (k, m); (k, 0) where there is none."""
        m = self.capacities if self.arranged.is_individual else 0
        return np.ascontiguousarray(self.use[:, :m] * prices[:m])

    def _met(self, by_group: Ints) -> Floats:
        met: Floats = (np.einsum("gf,gk->fk", self.arranged.marks, by_group) * self.efforts).sum(
            axis=1
        )
        return met

    def _used(self, by_group: Ints) -> Floats:
        used: Floats = np.einsum("gk,kr,gr->r", by_group, self.use, self.arranged.loads)
        return used
