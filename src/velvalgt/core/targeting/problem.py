"""What is asked of an allocation, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Keys = NDArray[np.uint64]

MICRO = 1_000_000
"""The objective is counted in whole micro-weeks, so that sums are the same in any order."""


class BadProblem(ValueError):
    """A problem that is no problem: it says which row, column or value, and how to mend it."""


class Infeasible(Exception):
    """No choice keeps every capacity and every floor: proved on the relaxation.

    Attributes:
        floors: the places in `Problem.floors` of what cannot be met together.
        capacities: the columns of `Problem.capacity` that stand in the way.
    """

    def __init__(self, message: str, floors: tuple[int, ...], capacities: tuple[int, ...]) -> None:
        super().__init__(message)
        self.floors = floors
        self.capacities = capacities


class Unresolved(Exception):
    """The relaxation can be met, but no whole choice that keeps every floor was found.

    Attributes:
        floors: the places in `Problem.floors` of what is missed, with how many are missing.
    """

    def __init__(self, message: str, floors: tuple[tuple[int, int], ...]) -> None:
        super().__init__(message)
        self.floors = floors


@dataclass(frozen=True, slots=True, eq=False)
class Floor:
    """At least so many of a group get one of some efforts (mindstekrav).

    Attributes:
        members: (n,) who is in the group.
        efforts: (k,) which efforts count.
        at_least: how many of them, at least.
    """

    members: Bools
    efforts: Bools
    at_least: int


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """Scarce hours and seats, and what each effort would be worth for whom.

    Effort 0 is self-service: it uses nothing, and is allowed unless `allowed` closes it. A
    must-have is a row of `allowed` with one place open. What effort j costs citizen i of capacity r
    is use[j, r] * load[i, r]. The objective is weight * gain + stay, in whole micro-weeks; where it
    is equal the longest wait goes first, then the key hashed with the seed, never the row.

    Attributes:
        gain: (n, k) expected gain in weeks.
        use: (k, m) what one citizen's effort uses of each capacity.
        capacity: (m,) what there is.
        load: (n, m) a factor on the use, 1 where None.
        weight: (n,) the need weight, 1 where None.
        stay: (n, k) what a pair is worth besides its gain, in weighted weeks: what keeps
            yesterday's choice unless a change is worth more than its uncertainty; 0 where None.
        allowed: (n, k) which pairs are open; all where None.
        floors: what must be met besides.
        wait: (n,) how long each has waited, in days; nobody longer than others where None.
        key: (n,) a lasting number for each citizen, which ties go by; their row where None.
    """

    gain: Floats
    use: Floats
    capacity: Floats
    load: Floats | None = None
    weight: Floats | None = None
    stay: Floats | None = None
    allowed: Bools | None = None
    floors: tuple[Floor, ...] = ()
    wait: Ints | None = None
    key: Keys | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """A choice for everyone, with the proof of how good it is.

    Attributes:
        choice: (n,) the effort's column.
        value: the objective of the choice, in weighted weeks, `stay` included.
        gain: the pure gain of the choice, in weeks.
        bound: no choice is worth more than this.
        gap: (bound - value) / |bound|, 0 where they are equal.
        prices: (m,) what one more unit of each capacity would be worth, in weighted weeks.
        floor_prices: what one less in each floor would be worth, in weighted weeks.
        used: (m,) what the choice uses.
        is_exact: proved best by a solver, not by the bound alone.
    """

    choice: Ints
    value: float
    gain: float
    bound: float
    gap: float
    prices: Floats
    floor_prices: Floats
    used: Floats
    is_exact: bool
