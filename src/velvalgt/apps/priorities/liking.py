"""Of offers that are worth the same, the one that was wished for or helps with what was asked."""

from __future__ import annotations

import numpy as np

from velvalgt.apps.priorities.allocating import Weighing
from velvalgt.core.targeting.problem import Bools, Ints


def by_liking(weighing: Weighing, choice: Ints) -> Ints:
    """Move citizens to offers they are fonder of, where nothing else changes by it.

    Another offer of the same effort, which takes the same hours and money and has a free seat, has
    the same gain. Whoever has waited longest moves first; what is kept since yesterday and what a
    caseworker chose stands.

    Args:
        weighing: what was weighed.
        choice: (n,) the option.

    Returns:
        (n,) the option.
    """
    room, pairs, turn = weighing.room, weighing.pairs, weighing.turn
    choice, free = choice.copy(), room.there - room.used(choice)
    stands = (weighing.kept == choice) | (pairs.chosen >= 0)
    seats = np.array([room.column(key) for key in weighing.options["key"]])
    rows = np.arange(len(choice))
    for option in np.flatnonzero(pairs.fondness.any(axis=0)):
        fonder = pairs.fondness[:, option] > pairs.fondness[rows, choice]
        may = _twins(weighing, int(option), seats)[choice] & weighing.allowed[:, option]
        moves = np.flatnonzero(fonder & may & ~stands)
        moves = moves[np.argsort(turn[moves])]
        seat = seats[option]
        if seat >= 0:
            moves = moves[: free[seat]]
            free[seat] -= len(moves)
        left = seats[choice[moves]]
        np.add.at(free, left[left >= 0], 1)
        choice[moves] = option
    return choice


def _twins(weighing: Weighing, option: int, seats: Ints) -> Bools:
    """(k,) which options are of the same effort and take the same but for the seat."""
    use = np.delete(weighing.room.use, seats[seats >= 0], axis=1)
    efforts = weighing.options["effort"].to_numpy()
    twins: Bools = (efforts == efforts[option]) & (use == use[option]).all(axis=1)
    return twins
