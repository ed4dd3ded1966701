"""What one hour, seat or krone more is expected to give, in weeks in work (pris).

The allocation's prices are in weighted weeks: they steer. What a reader is told is pure weeks, and
that is read from those at the margin: the changes that cost next to nothing at the prices, such as
that one more gets a talk, or that a seat which this frees goes to the next. What each gains and
takes gives the weeks for one unit more by weighted least squares; at equal need weights that is the
price itself. No problem is solved anew, and nothing is drawn by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from velvalgt.apps.priorities.allocating import Weighing
from velvalgt.core.effect import interval
from velvalgt.core.targeting.problem import Floats, Ints

_NEAR = 64
"""So many of the changes nearest to costing nothing are looked at for each capacity."""

_HARDLY = 1e-3
"""Weighted weeks, some minutes of work: how much nearer than others is no difference."""


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """What one part more of each capacity gives.

    Attributes:
        weighted: (m,) weighted weeks, as the allocation has it.
        weeks: (m,) pure weeks, and sd how unsure the studies make that.
        wanted: (m,) how many would get it if it had no end and the rest were as it is.
    """

    weighted: Floats
    weeks: Floats
    sd: Floats
    wanted: Ints

    def of(self, column: int, part: float, amount: float) -> dict[str, Any]:
        """What is said of a capacity, for one unit of it (an hour, a seat, a krone)."""
        weeks = self.weeks[column] / part
        low, high = interval(weeks, self.sd[column] / part)
        return {
            "price": float(weeks),
            "price_low": float(low),
            "price_high": float(high),
            "weighted_price": float(self.weighted[column] / part),
            "one_percent": float(weeks * amount / 100),
            "wanted": int(self.wanted[column]),
        }


def margin(weighing: Weighing, choice: Ints, prices: Floats) -> Margin:
    """Read what one part more of each capacity gives.

    Args:
        weighing: what was weighed.
        choice: (n,) the option.
        prices: (m,) weighted weeks for one part; what there is enough of has none.
    """
    worth = weighing.worth(prices)
    paid = np.flatnonzero(prices > 0)
    weeks, sd = np.zeros_like(prices), np.zeros_like(prices)
    if len(paid):
        row, option, slack = _near(weighing, worth, choice, paid)
        parts = _factors(weighing, choice, prices, paid, (row, option, slack))
        weeks[paid], sd[paid] = parts
    return Margin(prices, weeks, sd, _wanted(weighing, worth, prices))


def _near(weighing: Weighing, worth: Floats, choice: Ints, paid: Ints) -> tuple[Ints, Ints, Floats]:
    """The changes of each capacity's use that cost nearly nothing: citizen, option, cost."""
    own = worth[np.arange(len(choice)), choice]
    kept = weighing.problem.stay
    cost = np.abs(own[:, None] - worth) - (0.0 if kept is None else np.minimum(kept, 0.0))
    found = []
    for column in paid:
        takes = weighing.room.use[:, column]
        is_change = takes != takes[choice][:, None]
        if weighing.room.is_unit[column]:
            is_change &= (weighing.room.unit == column)[:, None]
        flat = np.flatnonzero(is_change & np.isfinite(cost))
        costs = cost.ravel()[flat]
        if len(flat) > _NEAR:
            flat = flat[costs <= np.partition(costs, _NEAR)[_NEAR]]
        found.append(flat)
    flat = np.unique(np.concatenate(found))
    row, option = np.divmod(flat, worth.shape[1])
    return row, option, cost.ravel()[flat]


def _factors(
    weighing: Weighing,
    choice: Ints,
    prices: Floats,
    paid: Ints,
    near: tuple[Ints, Ints, Floats],
) -> tuple[Floats, Floats]:
    """Pure weeks for one part of what is paid for, and their standard deviation.

    The unknown is how many pure weeks lie behind a weighted one of each capacity. Where the changes
    leave it open it is what the mean weight of its users says.
    """
    row, option, cost = near
    taken = _takes(weighing, row, option, paid) - _takes(weighing, row, choice[row], paid)
    taken *= prices[paid]
    gained = weighing.problem.gain[row, option] - weighing.problem.gain[row, choice[row]]
    trust = 1.0 / (_HARDLY + cost)
    start = _weeks_behind(weighing, choice, paid)
    solve = np.linalg.pinv(taken * trust[:, None]) * trust
    behind = start + solve @ (gained - taken @ start)
    changes = (row, option, choice[row])
    return prices[paid] * behind, _doubt(weighing, prices[paid][:, None] * solve, changes)


def _takes(weighing: Weighing, row: Ints, option: Ints, paid: Ints) -> Floats:
    room = weighing.room
    theirs = ~room.is_unit[paid] | (room.unit[row][:, None] == paid)
    takes: Floats = (room.use[option][:, paid] * theirs).astype(np.float64)
    return takes


def _weeks_behind(weighing: Weighing, choice: Ints, paid: Ints) -> Floats:
    """(paid,) one over the mean weight of those who use the capacity."""
    weight = weighing.weights(1.0)
    takes = _takes(weighing, np.arange(len(choice)), choice, paid) > 0
    users = np.maximum(takes.sum(axis=0), 1)
    mean = (weight @ takes) / users
    return np.where(mean > 0, 1.0 / np.where(mean > 0, mean, 1.0), 0.0)


def _doubt(weighing: Weighing, share: Floats, changes: tuple[Ints, Ints, Ints]) -> Floats:
    """(paid,) how unsure the weeks are, from the studies' own standard deviations.

    One effort's gains err together in all groups, for the same studies stand behind them; two
    efforts err apart. Nothing of it is measured in the municipality.
    """
    row, to, away = changes
    sd = np.nan_to_num(weighing.gains.sd)[weighing.cells.of[row]]
    at = np.arange(len(row))
    efforts = weighing.options["effort"].to_numpy()
    variance = np.zeros(len(share))
    for effort in np.unique(efforts):
        err = sd[at, to] * (efforts[to] == effort) - sd[at, away] * (efforts[away] == effort)
        variance += (share @ err) ** 2
    return np.sqrt(variance)


def _wanted(weighing: Weighing, worth: Floats, prices: Floats) -> Ints:
    """(m,) how many would get an option that takes of the capacity, were that free and endless."""
    room, best = weighing.room, worth.max(axis=1, initial=-np.inf)
    wanted = np.zeros(len(prices), dtype=np.int64)
    for column, price in enumerate(prices):
        takes = np.flatnonzero(room.use[:, column])
        rows = np.flatnonzero(room.unit == column) if room.is_unit[column] else np.arange(len(best))
        if len(takes):
            freed = worth[np.ix_(rows, takes)] + room.use[takes, column] * price
            most = np.delete(worth, takes, axis=1)[rows].max(axis=1, initial=-np.inf)
            wanted[column] = int((freed.max(axis=1, initial=-np.inf) > most).sum())
    return wanted
