"""What one hour, seat or krone more is expected to give, in weeks in work.

The allocation's prices are in weighted weeks: they steer. What a reader is told is pure weeks, and
that is read from those at the margin: the few changes that cost least at the prices and together
reach every capacity, such as that one more gets a talk, or that a seat which this frees goes to the
next. Such a change gains, in pure weeks, what it takes at the prices over the citizen's need
weight; solved for one unit more of each capacity that is its price in weeks. At equal weights it
is the allocation's own price. No problem is solved anew, and nothing is drawn by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from velvalgt.apps.priorities.allocating import Weighing, weights_of
from velvalgt.core.effect import interval
from velvalgt.core.targeting.problem import Floats, Ints

_HARDLY = 1e-3
"""Weighted weeks, some minutes of work: what costs so much more or less costs the same."""

_APART = 0.01
"""A change reaches something new where at least this part of it lies outside what others reach."""


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
        """What is said of a capacity, for one hour, seat or krone of it."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Kinds of change, an entry each: whose cell and unit, away from which option, to which.

    The cost is what the cheapest of the kind loses at the prices, in weighted weeks.
    """

    cell: Ints
    unit: Ints
    away: Ints
    to: Ints
    cost: Floats

    def only(self, places: Ints) -> Changes:
        """Some of them, in that order."""
        return Changes(
            self.cell[places],
            self.unit[places],
            self.away[places],
            self.to[places],
            self.cost[places],
        )

    def takes(self, weighing: Weighing, paid: Ints) -> Floats:
        """How many parts more each kind takes, a column for each capacity that is paid for."""
        room = weighing.room
        more = room.use[self.to][:, paid] - room.use[self.away][:, paid]
        theirs = ~room.is_unit[paid] | (self.unit[:, None] == paid)
        takes: Floats = (more * theirs).astype(np.float64)
        return takes


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
        changes = _that_reach_all(_changes(weighing, worth, choice), weighing, prices, paid)
        taken = changes.takes(weighing, paid) * prices[paid]
        start = _weeks_behind(weighing, choice, paid)
        weight = np.array(
            [weighing.settings.weights[weighing.cells.levels[at]] for at in changes.cell]
        )
        solve = np.linalg.pinv(taken)
        behind = start + solve @ (taken.sum(axis=1) / weight - taken @ start)
        weeks[paid] = prices[paid] * behind
        sd[paid] = _doubt(weighing, prices[paid][:, None] * solve, changes)
    return Margin(prices, weeks, sd, _wanted(weighing, worth, prices))


def _changes(weighing: Weighing, worth: Floats, choice: Ints) -> Changes:
    """Every kind of change that somebody may make."""
    k, stay = worth.shape[1], weighing.problem.stay
    own = worth[np.arange(len(choice)), choice]
    cost = np.abs(own[:, None] - worth)
    if stay is not None:
        cost -= stay
    cell, unit = weighing.cells.of, weighing.room.unit
    units = len(weighing.room.keys) + 1
    codes, kind = np.unique((cell * units + unit + 1) * k + choice, return_inverse=True)
    least = np.full((len(codes), k), np.inf)
    for option in range(k):
        np.minimum.at(least[:, option], kind, cost[:, option])
    which, to = np.nonzero(np.isfinite(least) & (codes[:, None] % k != np.arange(k)))
    code = codes[which]
    return Changes(code // k // units, code // k % units - 1, code % k, to, least[which, to])


def _that_reach_all(changes: Changes, weighing: Weighing, prices: Floats, paid: Ints) -> Changes:
    """The cheapest changes none of which takes only what those before it take together.

    Of those that cost the same the plainest go first: what moves one capacity alone.
    """
    moved = (changes.takes(weighing, paid) != 0).sum(axis=1)
    changes = changes.only(np.lexsort((moved, np.rint(changes.cost / _HARDLY))))
    taken = changes.takes(weighing, paid) * prices[paid]
    length = np.linalg.norm(taken, axis=1)
    reached = np.empty((0, len(paid)))
    picked: list[int] = []
    for at in np.flatnonzero(length > 0):
        beyond = taken[at] - reached.T @ (reached @ taken[at])
        if np.linalg.norm(beyond) > _APART * length[at]:
            reached = np.vstack([reached, beyond / np.linalg.norm(beyond)])
            picked.append(int(at))
        if len(picked) == len(paid):
            break
    return changes.only(np.array(picked, dtype=np.int64))


def _weeks_behind(weighing: Weighing, choice: Ints, paid: Ints) -> Floats:
    """(paid,) one over the mean weight of those who use the capacity."""
    weight = weights_of(weighing.settings, weighing.cells)
    room = weighing.room
    theirs = ~room.is_unit[paid] | (room.unit[:, None] == paid)
    takes = theirs & (room.use[choice][:, paid] > 0)
    users = np.maximum(takes.sum(axis=0), 1)
    mean = (weight @ takes) / users
    return np.where(mean > 0, 1.0 / np.where(mean > 0, mean, 1.0), 0.0)


def _doubt(weighing: Weighing, share: Floats, changes: Changes) -> Floats:
    """(paid,) how unsure the weeks are, from the studies' own standard deviations.

    The doubts of one effort are added up as though they all erred the same way, for the same
    studies stand behind them; two efforts err apart. Nothing of it is measured in the municipality.
    """
    sd = np.nan_to_num(weighing.gains.sd)
    efforts = weighing.options["effort"].to_numpy()
    variance = np.zeros(len(share))
    for effort in np.unique(efforts):
        moved = (efforts[changes.to] == effort).astype(np.int64)
        moved -= efforts[changes.away] == effort
        erring = np.zeros((len(sd), len(share)))
        np.add.at(erring, changes.cell, (share * moved).T)
        of_effort = sd[:, np.argmax(efforts == effort)]
        variance += (of_effort @ np.abs(erring)) ** 2
    deviation: Floats = np.sqrt(variance)
    return deviation


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
