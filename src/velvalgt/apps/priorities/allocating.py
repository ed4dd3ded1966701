"""The question to the allocation: who, what, how much, and what must be met; and its refusals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from django.utils.translation import gettext as _

from velvalgt.apps.priorities.floors import CannotPlan, floors_of, in_words
from velvalgt.apps.priorities.gains import CellGains, Cells
from velvalgt.apps.priorities.inputs import Settings
from velvalgt.apps.priorities.opening import Pairs
from velvalgt.apps.priorities.rooms import Room
from velvalgt.apps.priorities.staying import kept, stay
from velvalgt.apps.priorities.turns import hashed
from velvalgt.core.targeting import Allocation, Infeasible, Problem, Unresolved
from velvalgt.core.targeting.problem import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """Everything that is weighed against each other.

    Attributes:
        citizens: (n) in the order of their keys; options: (k) self-service first.
        allowed: (n, k) what may be suggested and has room, were it the only one.
        kept: (n,) yesterday's option where it is kept unless a change is worth it; -1 elsewhere.
        turn: (n,) whose turn it is among equals, by wait; the smallest goes first.
        scarce: the columns of `room` that are in the problem; of the others there is enough.
    """

    settings: Settings
    citizens: pl.DataFrame
    options: pl.DataFrame
    cells: Cells
    gains: CellGains
    pairs: Pairs
    room: Room
    allowed: Bools
    kept: Ints
    turn: Ints
    scarce: Ints
    problem: Problem

    def worth(self, prices: Floats) -> Floats:
        """(n, k) weighted weeks when what an option takes is paid for; -inf where it is closed.

        Args:
            prices: (m,) weighted weeks for one part of each capacity.
        """
        room, weight = self.room, self.problem.weight
        common = room.use @ np.where(room.is_unit, 0.0, prices)
        own = np.where(room.unit >= 0, prices[room.unit], 0.0)
        worth = self.problem.gain * (1.0 if weight is None else weight[:, None])
        worth -= common + own[:, None] * room.hours
        return np.where(self.allowed, worth, -np.inf)


def weighing(
    settings: Settings,
    citizens: pl.DataFrame,
    options: pl.DataFrame,
    found: tuple[Cells, CellGains, Pairs, Room],
) -> Weighing:
    """Put together what is weighed, and the problem of it."""
    cells, gains, pairs, room = found
    allowed = pairs.may & room.fits(pairs.chosen)
    runs = np.flatnonzero(pairs.chosen >= 0)
    allowed[runs, pairs.chosen[runs]] = True
    scarce = room.scarce(allowed)
    scarce = scarce if len(scarce) else np.arange(min(1, len(room.keys)))
    wait = citizens["wait_days"].fill_null(0).clip(lower_bound=0).cast(pl.Int64).to_numpy()
    key = hashed(citizens["citizen"], settings.seed)
    weight = weights_of(settings, cells)
    kept_from_yesterday = kept(citizens, options, allowed)
    problem = Problem(
        gain=np.where(allowed, np.nan_to_num(gains.mean)[cells.of], 0.0),
        use=room.use[:, scarce].astype(np.float64),
        capacity=room.there[scarce].astype(np.float64),
        load=room.load(scarce),
        weight=weight,
        stay=stay(kept_from_yesterday, gains.sd, cells, weight),
        allowed=allowed,
        floors=floors_of(settings.floors, citizens, options),
        wait=wait,
        key=key,
    )
    turn = np.empty(len(wait), dtype=np.int64)
    turn[np.lexsort((key, -wait))] = np.arange(len(wait))
    return Weighing(
        settings, citizens, options, cells, gains, pairs, room, allowed, kept_from_yesterday, turn,
        scarce, problem,
    )  # fmt: skip


def weights_of(settings: Settings, cells: Cells, strength: float = 1.0) -> Floats:
    """(n,) the council's need weights raised to a strength: 0 everyone alike, 1 as decided."""
    of_cells = np.array([settings.weights[level] ** strength for level in cells.levels])
    weights: Floats = of_cells[cells.of]
    return weights


def solved(problem: Problem, settings: Settings, keys: list[str]) -> Allocation:
    """Ask for the allocation.

    Args:
        problem: the problem.
        settings: what its floors are in words.
        keys: what its capacities are.

    Raises:
        CannotPlan: no choice keeps every floor and capacity, or none was found.
    """
    # The web process reads plans and makes none: it must not load the compiled kernel.
    from velvalgt.core.targeting import allocate

    try:
        return allocate(problem, settings.seed)
    except Infeasible as conflict:
        raise _refused(
            [settings.floors[place] for place in conflict.floors],
            tuple(keys[column] for column in conflict.capacities),
        ) from conflict
    except Unresolved as missed:
        raise _refused([settings.floors[place] for place, _missing in missed.floors]) from missed


def _refused(floors: list[dict[str, Any]], capacities: tuple[str, ...] = ()) -> CannotPlan:
    words = {"floors": "; ".join(in_words(each) for each in floors)}
    if not capacities:
        message = _("No plan was found in which %(floors)s. Ask for less, or give more room.")
        return CannotPlan(message % words, floors)
    message = _("There is too little room for this: %(floors)s. Ask for less, or give more room.")
    return CannotPlan(message % words, floors, capacities)
