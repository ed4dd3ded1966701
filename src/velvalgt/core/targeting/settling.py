"""The search for the prices at which hours and seats just suffice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from velvalgt.core.targeting.dual import Market, Point
from velvalgt.core.targeting.problem import Floats


class Master:
    def __init__(self, units, limits, scale, origin):
        import highspy
        self.units, self.scale, self.origin = units, scale, origin
        d = len(units)
        h = self.h = highspy.Highs()
        h.silent()
        h.setOptionValue("threads", 1)
        h.setOptionValue("presolve", "off")
        h.setOptionValue("primal_feasibility_tolerance", 1e-9)
        h.setOptionValue("dual_feasibility_tolerance", 1e-9)
        inf = highspy.kHighsInf
        self.inf = inf
        h.addVars(d + 1, np.zeros(d + 1), np.append(np.zeros(d), inf))
        h.changeColBounds(d, -inf, inf)
        h.changeColCost(d, 1.0)
        self.d = d
        self.big = 2.0**27
        self.points = []
        self.cols = np.arange(d + 1, dtype=np.int32)

    def add(self, p):
        coef = np.append(-p.spare * self.units * (self.big / self.scale), 1.0)
        self.points.append(p)
        self.h.addRow((p.worth - self.origin) / self.scale, self.inf, self.d + 1, self.cols, coef)

    def solve(self, lo, hi):
        self.h.changeColsBounds(self.d, self.cols[:-1], lo / self.big, hi / self.big)
        self.h.run()
        s = self.h.getSolution()
        x = np.array(s.col_value)
        self.dual = s.row_dual
        return np.clip(x[:-1] * self.big, lo, hi), x[-1] * self.scale + self.origin


def settle(market, start, radius, tolerance, passes, verbose=False):
    """start in y units."""
    units = 1.0 / market.units()
    d = len(units)
    arr = market.arranged
    top = arr.top_price / 4
    centre = market.at(start * units)
    master = Master(units, market.limits, max(abs(centre.bound), 1.0) / 100, centre.bound)
    master.add(centre)
    y = start
    box = np.full(d, radius, float)
    n = 1
    import time
    tm = 0
    poor = 0
    while n < passes:
        t0 = time.time()
        lo, hi = np.maximum(y - box, 0), np.minimum(y + box, top)
        z, model = master.solve(lo, hi)
        tm += time.time() - t0
        predicted = centre.bound - model
        if predicted <= tolerance * abs(centre.bound):
            if ((z > lo + 1e-9*top*0) & (z < hi) | (z <= 0)).all() or True:
                inside = ((z > lo + 1e-6 * box) | (lo <= 0)) & ((z < hi - 1e-6 * box))
                if inside.all():
                    break
                box *= 4
                if (box > top).all(): break
                continue
        p = market.at(z * units)
        n += 1
        master.add(p)
        gain = centre.bound - p.bound
        if gain > 0:
            edge = ((z >= hi) | ((z <= lo) & (lo > 0)))
            if gain > 0.5 * predicted:
                box *= 1.5
            y, centre = z, p
            poor = 0
        else:
            worse = min(-gain / predicted, 4)
            poor = poor + 1 if worse > 1 else poor
            if worse > 3 or (poor >= 3 and worse > 1):
                box /= worse
                poor = 0
        if verbose: print(n, centre.bound / arr.unit, predicted / abs(centre.bound), gain / predicted, box.max()/top)
    if verbose: print("master", tm)
    return y, centre, n, predicted / abs(centre.bound), master
