"""One unit shared out: a linear relaxation with prices, a whole choice, and the proof of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from velvalgt.core.targeting.balance import HALF
from velvalgt.core.targeting.caseload import NOBODY, Bools, Floats, Ints
from velvalgt.core.targeting.unit import NO_GAIN, Unit

CANDIDATES = 6
"""How many caseworkers each case starts with, besides the present; pricing finds the others."""
NEAR = 1 / 16
"""How far the first search for whole choices reaches, as a share of the whole distance."""
EXACT = 1e-6
"""In average cases: closer than this the bound is reached."""
PIECES = 6
"""Columns of each caseworker: over and under balance within and beyond the band, half a case
either way, the top of the guidelines passed."""


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
    for part, time in ((NEAR, HALF), (1.0, 1.0)):
        reach = part * (value - relaxed.bound)
        if value - bound <= EXACT or took >= seconds:
            break
        pairs = excess < reach
        pairs[np.arange(len(choice)), choice] = True
        found, proved, more = _whole(unit, choice, pairs, time * (seconds - took))
        found = unit.improved(found)
        bound, took = max(bound, min(proved, relaxed.bound + reach)), took + more
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
    size = len(unit.balance.level)
    pairs = _candidates(unit)
    known = pairs.copy()
    rows, columns = np.nonzero(pairs)
    solver = _solver(unit, seconds)
    _add_pairs(solver, unit, rows, columns)
    while True:
        solver.run()
        prices = -np.asarray(solver.getSolution().row_dual)
        load_price = np.minimum(prices[:size], unit.balance.terms.over)
        guideline_price = np.clip(prices[size : 2 * size], 0.0, unit.balance.terms.guideline)
        reduced = unit.reduced(load_price, guideline_price)
        least = reduced.min(axis=1, keepdims=True)
        asked = ~known & (reduced == least) & (least < -prices[2 * size :, None] - NO_GAIN)
        if not asked.any() or solver.getRunTime() >= seconds:
            break
        known |= asked
        more = np.nonzero(asked)
        rows, columns = np.append(rows, more[0]), np.append(columns, more[1])
        _add_pairs(solver, unit, *more)
    part = np.where(np.isfinite(unit.cost), 0.0, -1.0)
    part[rows, columns] = np.asarray(solver.getSolution().col_value)[PIECES * size :]
    bound = unit.bound(load_price, guideline_price)
    return _Relaxed(bound, reduced, part.argmax(axis=1), solver.getRunTime())


def _whole(unit: Unit, start: Ints, pairs: Bools, seconds: float) -> tuple[Ints, float, float]:
    """Solve it in whole cases over some pairs: the choice, its bound, the seconds it took."""
    import highspy  # type: ignore[import-untyped]  # it ships no types

    size = len(unit.balance.level)
    rows, columns = np.nonzero(pairs)
    solver = _solver(unit, seconds)
    _add_pairs(solver, unit, rows, columns)
    places = np.arange(PIECES * size, PIECES * size + len(rows), dtype=np.int32)
    whole = np.full(len(rows), highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(len(rows), places, whole)
    solution = highspy.HighsSolution()
    solution.col_value = list(np.append(_pieces(unit, start), columns == start[rows]))
    solver.setSolution(solution)
    solver.run()
    taken = np.asarray(solver.getSolution().col_value)[PIECES * size :]
    part = np.zeros(unit.cost.shape)
    part[rows, columns] = taken
    info = solver.getInfo()
    choice = part.argmax(axis=1) if part.max(axis=1).min() > HALF else start
    return choice, float(info.mip_dual_bound), solver.getRunTime()


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


def _solver(unit: Unit, seconds: float) -> Any:
    """The solver with its rows, and the columns that say what load costs; no case in it yet.

    Rows: each caseworker's load less what it is off balance; their part of the guidelines less
    what passes the top; each case once. Columns, a caseworker after the other within each piece:
    over within the band, over beyond, under within, under beyond, half a case either way, passed.
    """
    # The web process must not pay for the solver, and it must never run in it.
    import highspy

    size, cases = len(unit.balance.level), len(unit.now)
    solver = highspy.Highs()
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("time_limit", max(seconds, 0.0)),
        ("mip_rel_gap", 1e-4),
    ):
        solver.setOptionValue(option, value)
    low = np.concatenate([unit.balance.level, np.full(size, -np.inf), np.ones(cases)])
    high = np.concatenate([unit.balance.level, unit.balance.room, np.ones(cases)])
    none = np.zeros(0, dtype=np.int32)
    starts = np.zeros(len(low), dtype=np.int32)
    solver.addRows(len(low), low, high, 0, starts, none, np.zeros(0))
    terms, far, within = unit.balance.terms, np.full(size, np.inf), unit.balance.band - HALF
    costs = (terms.uneven, terms.over, terms.uneven, terms.over, 0.0, terms.guideline)
    lowest = np.concatenate([np.zeros(4 * size), np.full(size, -HALF), np.zeros(size)])
    highest = np.concatenate([within, far, within, far, np.full(size, HALF), far])
    rows = np.concatenate([np.tile(np.arange(size), 5), np.arange(size, 2 * size)])
    signs = np.repeat([-1.0, -1.0, 1.0, 1.0, -1.0, -1.0], size)
    _add_columns(solver, np.repeat(costs, size), (lowest, highest), rows[:, None], signs[:, None])
    return solver


def _pieces(unit: Unit, choice: Ints) -> Floats:
    """The load's columns as they stand for a choice."""
    load, filled = unit.sums(choice)
    off, within = load - unit.balance.level, unit.balance.band - HALF
    over, under = np.maximum(off - HALF, 0.0), np.maximum(-off - HALF, 0.0)
    return np.concatenate(
        [
            np.minimum(over, within),
            np.maximum(over - within, 0.0),
            np.minimum(under, within),
            np.maximum(under - within, 0.0),
            np.clip(off, -HALF, HALF),
            np.maximum(filled - unit.balance.room, 0.0),
        ]
    )


def _add_pairs(solver: Any, unit: Unit, rows: Ints, columns: Ints) -> None:
    """Let some cases go to some caseworkers."""
    size = len(unit.balance.level)
    places = np.stack([columns, size + columns, 2 * size + rows], axis=1)
    entries = np.stack([unit.weight[rows], unit.share[rows], np.ones(len(rows))], axis=1)
    limits = np.zeros(len(rows)), np.ones(len(rows))
    _add_columns(solver, unit.cost[rows, columns], limits, places, entries)


def _add_columns(
    solver: Any, cost: Floats, limits: tuple[Floats, Floats], rows: Ints, entries: Floats
) -> None:
    """Add columns that each stand in equally many rows: (columns, entries) `rows`."""
    count, each = rows.shape
    starts = np.arange(0, count * each, each, dtype=np.int32)
    places = rows.ravel().astype(np.int32)
    solver.addCols(count, cost, *limits, count * each, starts, places, entries.ravel())
