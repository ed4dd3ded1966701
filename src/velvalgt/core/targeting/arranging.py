"""Citizens laid out for the kernel: effort by effort, those who are alike in price side by side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting import kernel
from velvalgt.core.targeting.problem import MICRO, BadProblem, Floats, Ints, Problem
from velvalgt.core.targeting.quantising import tie_rank

SHORT_WORTH, SHORT_PRICE, SHORT_CLOSED = 1 << 27, 1 << 29, -1_500_000_000
"""What fits in int32 so that a closed pair stays below every open one at any price."""

LONG_CLOSED = -(1 << 61)
SUM_LIMIT = 1 << 62

TOO_MANY = 1 << 16
FEWEST_IN_PATTERN = 64
"""Where patterns of load have fewer members on average, each citizen is priced alone."""


@dataclass(frozen=True, slots=True, eq=False)
class Arranged:
    """A problem in the kernel's order: by pattern of load and floors, then by place among equals.

    Attributes:
        worth: (k, n) the objective in micro-weeks times `grain`.
        grain: the power of two that lets prices be finer than a micro-week.
        top_price: no price of an effort is above it, in the same unit.
        order: (n,) the problem's row at each place.
        rank: (rows,) each row's place among equals.
        bounds: (groups + 1,) where each pattern's places begin.
        loads: (groups, m) the pattern's load; ones where loads are individual.
        marks: (groups, floors) 1 where the pattern is a member of the floor's group.
        load: (rows, m) individual loads, in the problem's rows; (0, 0) unless there are such.
        problem: what it was made from.
        share: which part of the citizens are here.
    """

    worth: NDArray[Any]
    grain: int
    top_price: int
    order: Ints
    rank: Ints
    bounds: Ints
    loads: Floats
    marks: Floats
    load: Floats
    problem: Problem
    share: float = 1.0

    @property
    def is_individual(self) -> bool:
        return self.load.size > 0

    @property
    def unit(self) -> int:
        """How many units of `worth` a week is."""
        return MICRO * self.grain

    @property
    def closed(self) -> int:
        """What a closed pair is worth here."""
        return SHORT_CLOSED if self.worth.dtype == np.int32 else LONG_CLOSED

    def pattern(self) -> Ints:
        """The pattern at each place (n,)."""
        return np.repeat(np.arange(len(self.bounds) - 1), np.diff(self.bounds))

    def loads_at(self, places: Ints) -> Floats:
        """The loads at some places, a row for each."""
        if self.is_individual:
            return self.load[self.order[places]]
        return self.loads[self.pattern_of(places)]

    def pattern_of(self, places: Ints) -> Ints:
        return np.searchsorted(self.bounds, places, side="right") - 1

    def blocks(self) -> tuple[Ints, Ints]:
        """Where each block begins, and its pattern: no block crosses two patterns."""
        starts = [
            np.arange(first, last, kernel.BLOCK)
            for first, last in zip(self.bounds[:-1], self.bounds[1:], strict=True)
        ]
        group = np.repeat(np.arange(len(starts)), [len(part) for part in starts])
        return np.concatenate([*starts, self.bounds[-1:]]), group

    def thinned(self, step: int) -> Arranged:
        """Every so many, evenly over patterns and waits: a small problem with like prices."""
        places = slice(0, None, step)
        order = self.order[places]
        return replace(
            self,
            worth=np.ascontiguousarray(self.worth[:, places]),
            order=order,
            bounds=-(-self.bounds // step),
            share=self.share * len(order) / len(self.order),
        )

    def in_rows(self, choice: NDArray[Any]) -> Ints:
        """A choice by place as a choice by the problem's rows."""
        rows = np.empty(len(choice), dtype=np.int64)
        rows[self.order] = choice
        return rows


def arrange(problem: Problem, seed: int) -> Arranged:
    """Lay a problem out in the kernel's order, as whole numbers.

    Raises:
        BadProblem: a worth is too large to be summed in whole micro-weeks.
    """
    rank = tie_rank(problem, seed)
    order = np.argsort(rank)
    pattern, alone = _patterns(problem)
    order = order[np.argsort(pattern[order], kind="stable")]
    bounds = np.append(np.unique(pattern[order], return_index=True)[1], len(order))
    first = order[bounds[:-1]]
    loads = np.ones((len(first), len(problem.capacity)))
    if problem.load is not None and not alone:
        loads = np.asarray(problem.load[first], dtype=np.float64)
    marks = [floor.members[first] for floor in problem.floors]
    worth, grain, top_price = _worth(problem, order)
    return Arranged(
        worth=worth,
        grain=grain,
        top_price=top_price,
        order=order,
        rank=rank,
        bounds=bounds,
        loads=loads,
        marks=np.array(marks, dtype=np.float64).reshape(-1, len(first)).T,
        load=_floats(problem.load) if alone else np.empty((0, 0)),
        problem=problem,
    )


def _patterns(problem: Problem) -> tuple[NDArray[np.uint16], bool]:
    """Which citizens are alike in load and floors (n,), and whether loads are left out of it."""
    n = len(problem.gain)
    columns = [_packed(problem)]
    alone = False
    if problem.load is not None:
        codes = kernel.row_codes(_floats(problem.load).view(np.uint64))
        alone = len(np.unique(codes)) > min(n // FEWEST_IN_PATTERN, TOO_MANY)
        columns += [] if alone else [codes[:, None]]
    alike = np.concatenate(columns, axis=1)
    if alike.shape[1] == 0:
        return np.zeros(n, dtype=np.uint16), alone
    distinct, pattern = np.unique(kernel.row_codes(alike), return_inverse=True)
    return pattern.astype(np.uint16 if len(distinct) <= TOO_MANY else np.int64), alone


def _packed(problem: Problem) -> NDArray[np.uint64]:
    """Who is in which floor's group, a bit each (n, words)."""
    n, floors = len(problem.gain), len(problem.floors)
    words = np.zeros((n, -(-floors // 64)), dtype=np.uint64)
    for place, floor in enumerate(problem.floors):
        words[:, place // 64] |= floor.members.astype(np.uint64) << np.uint64(place % 64)
    return words


def _worth(problem: Problem, order: Ints) -> tuple[NDArray[Any], int, int]:
    """The objective by effort in the order given, its grain, and the highest price."""
    gain = problem.gain if problem.gain.flags.c_contiguous else np.ascontiguousarray(problem.gain)
    n, k = gain.shape
    most = _most_worth(problem)
    is_short = most <= SHORT_WORTH
    top_price = SHORT_PRICE if is_short else SUM_LIMIT // n
    if most > top_price // 4:
        raise BadProblem(
            f"a pair may be worth {most / MICRO:.3g} weeks, too much to be summed over {n} "
            f"citizens; give gains, weights and stay in weeks, below {top_price // 4 / MICRO:.3g}"
        )
    shift = max(0, (SHORT_WORTH // max(most, 1)).bit_length() - 1) if is_short else 0
    worth = np.empty((k, n), dtype=np.int32 if is_short else np.int64)
    kernel.fill_worth(
        worth,
        order,
        gain,
        _floats(problem.weight) if problem.weight is not None else np.empty(0),
        _floats(problem.stay) if problem.stay is not None else np.empty((0, 0)),
        problem.allowed if problem.allowed is not None else np.empty((0, 0), dtype=np.bool_),
        SHORT_CLOSED if is_short else LONG_CLOSED,
        shift,
    )
    return worth, 1 << shift, top_price


def _most_worth(problem: Problem) -> int:
    """No pair is worth more or less than this, in micro-weeks."""
    most = _largest(problem.gain)
    if problem.weight is not None:
        most *= _largest(problem.weight)
    if problem.stay is not None:
        most += _largest(problem.stay)
    return int(min(most * MICRO, 2.0**62)) + 1


def _largest(values: NDArray[Any]) -> float:
    return float(max(values.max(initial=0.0), -values.min(initial=0.0)))


def _floats(values: Floats | None) -> Floats:
    return np.ascontiguousarray(values, dtype=np.float64)
