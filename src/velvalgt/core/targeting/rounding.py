"""From prices to a choice for everyone that keeps every capacity and floor."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting import mending
from velvalgt.core.targeting.dual import Market, Point
from velvalgt.core.targeting.problem import Floats, Ints
from velvalgt.core.targeting.queueing import in_line

CROWDS = (4096, 65_536)
"""How many of those nearest the margin are moved before everyone is."""

PAIRS = 60
"""Improvements by two citizens at once that are made at most."""

ROOM = 1e-10
"""By which part of itself a capacity may be exceeded by floats alone."""


def rounded(market: Market, best: Point, blend: list[tuple[float, Point]]) -> tuple[Any, Floats]:
    """A choice by place that keeps all it can of capacities and floors, and what is spare.

    Args:
        market: the citizens.
        best: the best prices; regret is reckoned by them.
        blend: free choices whose mixture, in these shares, keeps capacities and floors nearly.
    """
    choice, spare = blended(market, blend)
    margin = market.margins(best.prices)
    limits = _limits(market)
    for crowd in (*CROWDS, len(choice)):
        near = _nearest(market, margin, crowd)
        _mend(market, best, near, choice, spare, limits)
        if is_kept(market, spare) or crowd >= len(choice):
            break
    in_line(market.arranged, choice, _by_little(market, best, choice, margin))
    return choice, market.spare(choice)


def _by_little(
    market: Market, best: Point, choice: NDArray[np.int16], margin: NDArray[Any]
) -> Ints:
    """The places of all whose choice hangs by no more than that of anyone moved."""
    market.at(best.prices)
    moved = margin[choice != market.choice]
    places: Ints = np.flatnonzero(margin <= moved.max(initial=0))
    return places


def blended(market: Market, blend: list[tuple[float, Point]]) -> tuple[NDArray[np.int16], Floats]:
    """Each point's choices for its share of the citizens, evenly along the line."""
    n = len(market.choice)
    draw = np.modf(np.arange(n) * 0.6180339887498949)[0]
    choice, passed = np.zeros(n, dtype=np.int16), 0.0
    for share, point in blend:
        market.at(point.prices)
        part = draw >= passed
        choice[part] = market.choice[part]
        passed += share
    return choice, market.spare(choice)


def _nearest(market: Market, margin: NDArray[Any], crowd: int) -> Ints:
    """The places of those whose choice hangs by least, first in line first."""
    arranged = market.arranged
    if crowd >= len(margin):
        places = np.arange(len(margin))
    else:
        last = np.partition(margin, crowd)[crowd]
        sure, even = np.flatnonzero(margin < last), np.flatnonzero(margin == last)
        step = -(-len(even) // (crowd - len(sure) + 1))
        places = np.concatenate([sure, even[::step]])
    return places[np.argsort(arranged.rank[arranged.order[places]])]


def _limits(market: Market) -> tuple[Floats, Floats]:
    """How far below zero floats may bring what is spare, and the weight of what is broken."""
    weight = 1 / market.units()
    weight[market.capacities :] = market.capacities + 1
    return room(market), weight


def room(market: Market) -> Floats:
    """How far below zero floats alone may bring what is spare of each capacity and floor."""
    return np.maximum(ROOM * np.abs(market.limits), 1e-12)


def is_kept(market: Market, spare: Floats) -> bool:
    """Whether a choice that leaves so much keeps every capacity and floor."""
    return bool((spare >= -room(market)).all())


def _mend(
    market: Market,
    best: Point,
    near: Ints,
    choice: NDArray[np.int16],
    spare: Floats,
    limits: tuple[Floats, Floats],
) -> None:
    """Mend `choice` and `spare` by moving those near the margin."""
    arranged = market.arranged
    need = (
        market.use,
        np.ascontiguousarray(arranged.loads_at(near)),
        market.efforts,
        np.ascontiguousarray(arranged.marks[arranged.pattern_of(near)]),
    )
    mine = choice[near].astype(np.int64)
    state = (mine, spare, market.worth_and_regret(near, best.prices), limits, need)
    while not is_kept(market, spare) and mending.mend(*state, False):
        pass
    while is_kept(market, spare) and mending.mend(*state, True):
        pass
    rounds = 0
    while is_kept(market, spare) and rounds < PAIRS and mending.mend_in_pairs(*state):
        rounds += 1
    choice[near] = mine
