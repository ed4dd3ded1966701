"""Who goes first where it makes no difference to the whole."""

from __future__ import annotations

import numpy as np

from velvalgt.core.targeting.problem import Bools, Floats, Ints, Problem
from velvalgt.core.targeting.programme import SLACK, alike
from velvalgt.core.targeting.quantising import CLOSED


def used_by(problem: Problem, choice: Ints) -> Floats:
    """What a choice uses of each capacity (m,)."""
    used = problem.use[choice]
    if problem.load is not None:
        used = used * problem.load
    total: Floats = used.sum(axis=0)
    return total


def in_turn(problem: Problem, worth: Ints, choice: Ints, rank: Ints) -> Ints:
    """Change a choice, at the same total, until nobody would trade with somebody behind them.

    First whoever is as well off with an earlier effort gets that: self-service comes before a seat
    that helps no more. Then each in turn trades for more with whoever is last in line of those who
    lose exactly as much by it; each trade leaves somebody in front better off, so that it ends.

    Args:
        problem: what the choice keeps.
        worth: (n, k) in micro-weeks.
        choice: (n,) the effort's column.
        rank: (n,) each citizen's place in line.
    """
    turns = _Turns(problem, worth, choice.copy(), rank)
    turns.give_back()
    while turns.trade():
        pass
    return turns.choice


class _Turns:
    """A choice, and what is left beside it while it changes."""

    def __init__(self, problem: Problem, worth: Ints, choice: Ints, rank: Ints) -> None:
        self.problem, self.worth, self.choice, self.rank = problem, worth, choice, rank
        self.line = np.argsort(rank)
        floors, (n, k) = problem.floors, worth.shape
        self.members = np.array([each.members for each in floors], dtype=np.bool_).reshape(-1, n)
        self.efforts = np.array([each.efforts for each in floors], dtype=np.bool_).reshape(-1, k)
        nothing = np.zeros((n, 1), dtype=np.bool_)
        self.kind = alike(nothing, self.members.T, problem.load)[1]
        self._weigh()

    def _weigh(self) -> None:
        problem, choice = self.problem, self.choice
        room = problem.capacity * (1 + SLACK)
        self.spare = room - used_by(problem, choice)
        met = (self.members & self.efforts[:, choice]).sum(axis=1)
        self.beyond = met - np.array([floor.at_least for floor in problem.floors], dtype=np.int64)
        own = self.worth[np.arange(len(choice)), choice]
        self.loss = np.where(self.worth == CLOSED, -1, own[:, None] - self.worth)
        self.losers: dict[int, tuple[Ints, Ints]] = {}

    def _moved(self, rows: Ints, efforts: Ints) -> tuple[Floats, Ints]:
        """What moving each row to its effort takes of capacities and adds to floors."""
        use, choice = self.problem.use, self.choice[rows]
        taken = use[efforts] - use[choice]
        if self.problem.load is not None:
            taken = taken * self.problem.load[rows]
        counted = self.efforts[:, efforts].astype(np.int64) - self.efforts[:, choice]
        return taken, (counted * self.members[:, rows]).T

    def _keeps(self, taken: Floats, counted: Ints) -> Bools:
        fits = ((taken <= self.spare) | (taken <= 0)).all(axis=1)
        keeps: Bools = fits & ((counted >= -self.beyond) | (counted >= 0)).all(axis=1)
        return keeps

    def give_back(self) -> None:
        """Give each in turn the first effort that is worth the same to them."""
        k = self.worth.shape[1]
        same = (self.loss == 0) & (np.arange(k) < self.choice[:, None])
        for row in self.line[same.any(axis=1)[self.line]]:
            efforts = np.flatnonzero(same[row])
            keeps = self._keeps(*self._moved(np.full(len(efforts), row), efforts))
            if keeps.any():
                self.choice[row] = efforts[keeps.argmax()]
                self._weigh()

    def trade(self) -> bool:
        """Let each in turn trade once; whether anybody did."""
        has_traded = False
        for row in self.line:
            gains = np.where(self.worth[row] == CLOSED, 0, -self.loss[row])
            for effort in np.argsort(-gains, kind="stable")[: int((gains > 0).sum())]:
                if self._trade(int(row), int(effort), int(gains[effort])):
                    has_traded = True
                    break
        return has_traded

    def _trade(self, row: int, effort: int, gain: int) -> bool:
        others, efforts = self._who_loses(gain)
        behind = self.rank[others] > self.rank[row]
        others, efforts = others[behind], efforts[behind]
        if not len(others):
            return False
        taken, counted = self._moved(np.array([row]), np.array([effort]))
        their_taken, their_counted = self._moved(others, efforts)
        keeps = self._keeps(taken + their_taken, counted + their_counted)
        if not keeps.any():
            return False
        with_whom = keeps.argmax()
        self.choice[row], self.choice[others[with_whom]] = effort, efforts[with_whom]
        self._weigh()
        return True

    def _who_loses(self, gain: int) -> tuple[Ints, Ints]:
        """Who would lose so much by which effort: of each kind of change the last in line."""
        if gain not in self.losers:
            others, efforts = np.nonzero(self.loss == gain)
            last_first = np.lexsort([efforts, -self.rank[others]])
            others, efforts = others[last_first], efforts[last_first]
            k = self.worth.shape[1]
            change = (self.kind[others] * k + self.choice[others]) * k + efforts
            first = np.sort(np.unique(change, return_index=True)[1])
            self.losers[gain] = others[first], efforts[first]
        return self.losers[gain]
