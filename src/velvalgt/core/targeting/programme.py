"""A problem as a linear programme for HiGHS, in which citizens who are alike share columns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.problem import Bools, Floats, Ints, Problem

SLACK = 1e-9
"""What of a capacity may be overrun because its uses are not whole numbers in binary."""


@dataclass(frozen=True, slots=True, eq=False)
class Programme:
    """How many of each group of citizens who are alike get each effort open to them.

    Rows are the groups, then the capacities, each scaled by a power of two to about 1, then the
    floors. A column is a group and an effort.

    Attributes:
        group: (n,) the group of each citizen.
        size: (groups,) how many they are.
        of: (columns,) the group.
        effort: (columns,) the effort.
        uses: (columns, m) what one citizen uses.
        counts: (columns, floors) whether one citizen counts.
        capacity: (m,) what there is.
        at_least: (floors,) what is asked.
        scale: (m,) what each capacity's row is multiplied by.
    """

    group: Ints
    size: Ints
    of: Ints
    effort: Ints
    uses: Floats
    counts: Bools
    capacity: Floats
    at_least: Ints
    scale: Floats

    def only(self, kept: Bools) -> Programme:
        """The same with some of the columns."""
        return replace(
            self,
            of=self.of[kept],
            effort=self.effort[kept],
            uses=self.uses[kept],
            counts=self.counts[kept],
        )


def programme(problem: Problem, open_pairs: Bools, worth: Ints | None) -> Programme:
    """Write the problem down by groups who are alike in all that is asked for them.

    Args:
        problem: n citizens, k efforts, m capacities.
        open_pairs: (n, k) which pairs may be chosen.
        worth: (n, k) what each is worth; None where only what can be met is asked.
    """
    members = np.array([floor.members for floor in problem.floors], dtype=np.bool_)
    members = members.reshape(-1, len(open_pairs)).T
    first, group = alike(open_pairs, members, problem.load, worth)
    of, effort = (places.astype(np.int64) for places in np.nonzero(open_pairs[first]))
    uses = problem.use[effort]
    if problem.load is not None:
        uses = uses * problem.load[first][of]
    efforts = np.array([floor.efforts for floor in problem.floors], dtype=np.bool_)
    efforts = efforts.reshape(-1, open_pairs.shape[1]).T
    return Programme(
        group=group,
        size=np.bincount(group, minlength=len(first)),
        of=of,
        effort=effort,
        uses=uses,
        counts=members[first][of] & efforts[effort],
        capacity=problem.capacity,
        at_least=np.array([floor.at_least for floor in problem.floors], dtype=np.int64),
        scale=2.0 ** -np.ceil(np.log2(np.where(problem.capacity > 0, problem.capacity, 1.0))),
    )


def alike(*tables: NDArray[Any] | None) -> tuple[Ints, Ints]:
    """The first row of each group of equal rows, and the group of every row."""
    parts = []
    for table in tables:
        if table is not None and table.size:
            packed = np.packbits(table, axis=1) if table.dtype == np.bool_ else table
            parts.append(np.ascontiguousarray(packed).view(np.uint8))
    rows = np.ascontiguousarray(np.hstack(parts))
    _, first, group = np.unique(
        rows.view(f"V{rows.shape[1]}").ravel(), return_index=True, return_inverse=True
    )
    return first.astype(np.int64), group.astype(np.int64)
