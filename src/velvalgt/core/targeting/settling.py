"""The search for the prices at which hours and seats just suffice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.targeting.arranging import Arranged
from velvalgt.core.targeting.dual import Market, Point
from velvalgt.core.targeting.problem import Floats

SAMPLES = ((2_000, 1e-4), (20_000, 3e-5))
"""Prices are sought among so many citizens first, and so finely; for everyone near them after."""

FINE = 5e-6
"""Where to stop with everyone: how much lower, as a part of itself, the bound could still be."""

FIRST_REACH, NEXT_REACH = 0.25, 0.01
"""How far from where they start prices are sought, in what one citizen gains if all is free."""

STEP = 0.3
"""How far from the best prices to the model's lowest the next are tried: its corners are too far.

Source: in-out separation, Ben-Ameur and Neto (2007); a third needs a fourth of the passes here.
"""

PASSES = 400
"""How often everyone chooses at most; some twenty to a hundred times is usual."""

PRICE_UNIT = 2.0**27
"""What prices are divided by before the solver sees them, which wants numbers near one."""


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """The best prices found, and how the plan at them is mixed.

    Attributes:
        best: the prices with the lowest bound.
        blend: free choices, with the share of citizens for each, that together use what there is.
    """

    best: Point
    blend: list[tuple[float, Point]]


def settle(arranged: Arranged) -> tuple[Market, Settled]:
    """Seek the prices that prove most, roughly among a few citizens first."""
    market = Market(arranged)
    prices, reach = np.zeros(len(market.limits)), FIRST_REACH
    for size, tolerance in SAMPLES:
        step = arranged.worth.shape[1] // size
        if step > 4:
            sample = Market(arranged.thinned(step))
            prices = _search(sample, prices, reach, tolerance).best.prices
            reach = NEXT_REACH
    return market, _search(market, prices, reach, FINE)


class _Model:
    """What is known of the bound after some points: the highest of the planes through them."""

    def __init__(self, market: Market, start: Point) -> None:
        # Imported here, since the web process must not load the solver.
        import highspy

        self.to_prices = PRICE_UNIT / market.units()
        self.origin = start.bound
        self.scale = max(abs(start.bound), 1.0) / 100
        self.points: list[Point] = []
        d = len(self.to_prices)
        self.columns = np.arange(d + 1, dtype=np.int32)
        self.infinity = highspy.kHighsInf
        self.solver = highspy.Highs()
        self.solver.silent()
        for option, value in (
            ("threads", 1),
            ("presolve", "off"),
            ("primal_feasibility_tolerance", 1e-9),
            ("dual_feasibility_tolerance", 1e-9),
        ):
            self.solver.setOptionValue(option, value)
        self.solver.addVars(d + 1, np.zeros(d + 1), np.full(d + 1, self.infinity))
        self.solver.changeColBounds(d, -self.infinity, self.infinity)
        self.solver.changeColCost(d, 1.0)
        self.add(start)

    def add(self, point: Point) -> None:
        """Whatever the prices, the bound is at least what the point's choices come to at them."""
        slope = np.append(-point.spare * self.to_prices / self.scale, 1.0)
        least = (point.worth - self.origin) / self.scale
        self.solver.addRow(least, self.infinity, len(slope), self.columns, slope)
        self.points.append(point)

    def lowest(self, low: Floats, high: Floats) -> tuple[Floats, float]:
        """The prices in a box where the model is lowest, and its bound there."""
        low, high = low / self.to_prices, high / self.to_prices
        self.solver.changeColsBounds(len(low), self.columns[:-1], low, high)
        self.solver.run()
        found = np.array(self.solver.getSolution().col_value)
        return np.clip(found[:-1], low, high) * self.to_prices, found[-1] * self.scale + self.origin

    def blend(self) -> list[tuple[float, Point]]:
        """The points that hold the model up where it is lowest, by the share each carries."""
        shares = np.maximum(self.solver.getSolution().row_dual, 0)
        shares[shares < 1e-7 * shares.sum()] = 0
        shares /= shares.sum()
        return [
            (float(share), point)
            for share, point in zip(shares, self.points, strict=True)
            if share > 0
        ]


def _search(market: Market, prices: Floats, reach: float, tolerance: float) -> Settled:
    """Lower the bound within a box around the best prices, which grows and shrinks with success."""
    units = market.units()
    top = market.top_prices()
    best = market.at(prices)
    model = _Model(market, best)
    box, poor = reach * market.height() / units, 0
    for _ in range(PASSES):
        low, high = np.maximum(best.prices - box, 0), np.minimum(best.prices + box, top)
        prices, lowest = model.lowest(low, high)
        hoped = best.bound - lowest
        if hoped <= tolerance * abs(best.bound):
            if _is_inside(prices, low, high, box, top):
                break
            box *= 8
            continue
        point = market.at(best.prices + STEP * (prices - best.prices))
        model.add(point)
        won = (best.bound - point.bound) / hoped
        if won > 0:
            best, poor = point, 0
            box = box * 1.5 if won > STEP / 2 else box
        else:
            box, poor = _shrunk(box, min(-won, 4.0), poor)
    return Settled(best, model.blend())


def _is_inside(prices: Floats, low: Floats, high: Floats, box: Floats, top: Floats) -> bool:
    """Whether no side of the box holds the prices back."""
    is_above = (prices > low + 1e-6 * box) | (low <= 0)
    is_below = (prices < high - 1e-6 * box) | (high >= top)
    return bool((is_above & is_below).all())


def _shrunk(box: Floats, worse: float, poor: int) -> tuple[Floats, int]:
    """A smaller box after a point far worse than hoped, or the third that is worse in a row.

    Source: the trust region of Linderoth and Wright (2003).
    """
    if worse <= 1:
        return box, poor
    return (box / worse, 0) if worse > 3 or poor >= 2 else (box, poor + 1)
