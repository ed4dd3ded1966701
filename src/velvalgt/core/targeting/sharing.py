"""One unit shared out: a linear relaxation with prices, a whole choice, and the proof of both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.targeting.caseload import NOBODY, Bools, Floats, Ints
from velvalgt.core.targeting.caseload_model import Model
from velvalgt.core.targeting.unit import NO_GAIN, Unit

CANDIDATES = 6
"""How many caseworkers each case starts with, besides the present; pricing finds the others."""
NEAR = 1 / 16
"""How far the first search for whole choices reaches, as a share of the whole distance."""
EXACT = 1e-6
"""In average cases: closer than this the bound is reached."""


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A unit's choice and its proof.

    Attributes:
        choice: (r,) each case's caseworker.
        value: what it costs.
        bound: no choice costs less.
        seconds: what the solver took.
    """

    choice: Ints
    value: float
    bound: float
    seconds: float


def share_out(unit: Unit, seconds: float) -> Shared:
    """Give each case a caseworker so that the whole costs least.

    Prices from the relaxation bound every choice from below, and say how much more than the bound
    a choice costs at least that uses a pair. So whole choices are sought among the pairs within
    reach: first a near one, for a good choice soon, then as far as the best choice known lies above
    the bound. No better choice uses a pair beyond that, so leaving it out loses nothing; where the
    time runs out before, the bound says by how much.

    Args:
        unit: what is asked; every case has an open pair.
        seconds: what the solver may take.

    Returns:
        The choice, the bound and the time taken.
    """
    relaxed = _relaxed(unit, seconds)
    choice = unit.improved(relaxed.leaning)
    value, bound, took = unit.value(choice), relaxed.bound, relaxed.seconds
    excess = relaxed.reduced - relaxed.reduced.min(axis=1, keepdims=True)
    for part, time in ((NEAR, 0.5), (1.0, 1.0)):
        reach = part * (value - relaxed.bound)
        if value - bound <= EXACT or took >= seconds:
            break
        pairs = excess < reach
        pairs[np.arange(len(choice)), choice] = True
        model = Model(unit, time * (seconds - took))
        model.allow(pairs)
        bound = max(bound, min(model.solve_whole(choice), relaxed.bound + reach))
        found, took = unit.improved(model.leaning()), took + model.seconds
        if unit.value(found) < value:
            choice, value = found, unit.value(found)
    return Shared(choice, value, min(bound, value), took)


@dataclass(frozen=True, slots=True, eq=False)
class _Relaxed:
    """The relaxation: its bound, each pair's reduced cost, whom each case leans to."""

    bound: float
    reduced: Floats
    leaning: Ints
    seconds: float


def _relaxed(unit: Unit, seconds: float) -> _Relaxed:
    """Solve the linear relaxation over few pairs, adding those that its prices ask for."""
    model, allowed = Model(unit, seconds), np.zeros(unit.cost.shape, dtype=np.bool_)
    pairs = _candidates(unit)
    while True:
        model.allow(pairs)
        allowed |= pairs
        load_price, guideline_price, case_price = model.solve()
        reduced = unit.reduced(load_price, guideline_price)
        least = reduced.min(axis=1, keepdims=True)
        pairs = ~allowed & (reduced == least) & (least < case_price[:, None] - NO_GAIN)
        if not pairs.any() or model.seconds >= seconds:
            break
    bound = unit.bound(load_price, guideline_price)
    return _Relaxed(bound, reduced, model.leaning(), model.seconds)


def _candidates(unit: Unit) -> Bools:
    """The present and the cheapest pairs of each case; what is alike is taken round by round."""
    cases, size = unit.cost.shape
    turned = (np.arange(size) + np.arange(cases)[:, None]) % size
    order = np.take_along_axis(unit.cost, turned, axis=1).argsort(axis=1, kind="stable")
    columns = np.take_along_axis(turned, order[:, :CANDIDATES], axis=1)
    chosen = np.zeros(unit.cost.shape, dtype=np.bool_)
    np.put_along_axis(chosen, columns, values=True, axis=1)
    here = np.flatnonzero(unit.now != NOBODY)
    chosen[here, unit.now[here]] = True
    open_: Bools = chosen & np.isfinite(unit.cost)
    return open_
