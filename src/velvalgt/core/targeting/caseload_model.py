"""One unit as the solver sees it: rows and columns in, prices and shares of cases out."""

from __future__ import annotations

import numpy as np

from velvalgt.core.targeting.balance import HALF
from velvalgt.core.targeting.caseload import Bools, Floats, Ints
from velvalgt.core.targeting.unit import Unit

PIECES = 6
"""Columns of each caseworker: over balance within and beyond the band, under it within and beyond,
half a case either way, and what passes the top of the guidelines."""
CLOSE = 1e-4
"""The solver stops at this share of the value; the gap says how near it came."""


class Model:
    """A linear program of a unit, to which pairs are added; a whole one when asked.

    Rows: each caseworker's load less what it is off balance; their part of the guidelines less what
    passes the top; each case once.
    """

    def __init__(self, unit: Unit, seconds: float) -> None:
        # Imported here because the web process must neither load the solver nor run it.
        import highspy

        self._unit, self._size = unit, len(unit.balance.level)
        self._rows: Ints = np.zeros(0, dtype=np.int64)
        self._columns: Ints = np.zeros(0, dtype=np.int64)
        self._solver = highspy.Highs()
        self._whole = highspy.HighsVarType.kInteger
        self._start = highspy.HighsSolution
        options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_rel_gap": CLOSE}
        for option, value in (options | {"time_limit": max(seconds, 0.0)}).items():
            self._solver.setOptionValue(option, value)
        self._add_rows()
        self._add_loads()

    @property
    def seconds(self) -> float:
        """What the solver has taken so far."""
        return float(self._solver.getRunTime())

    def allow(self, pairs: Bools) -> None:
        """Let cases go to caseworkers; a table like `Unit.cost`, no pair allowed before."""
        unit, (rows, columns) = self._unit, np.nonzero(pairs)
        self._rows = np.append(self._rows, rows)
        self._columns = np.append(self._columns, columns)
        places = np.stack([columns, self._size + columns, 2 * self._size + rows], axis=1)
        entries = np.stack([unit.weight[rows], unit.share[rows], np.ones(len(rows))], axis=1)
        limits = np.zeros(len(rows)), np.ones(len(rows))
        self._add_columns(unit.cost[rows, columns], limits, places, entries)

    def solve(self) -> tuple[Floats, Floats, Floats]:
        """What the relaxation pays: per load (k,), per guideline (k,), and for each case (r,)."""
        self._solver.run()
        duals = np.asarray(self._solver.getSolution().row_dual)
        load, guideline, case = np.split(duals, [self._size, 2 * self._size])
        terms = self._unit.balance.terms
        return np.minimum(-load, terms.over), np.clip(-guideline, 0.0, terms.guideline), case

    def solve_whole(self, start: Ints) -> float:
        """Give each case to one caseworker, from a choice that is known, and bound it."""
        count = len(self._rows)
        places = np.arange(PIECES * self._size, PIECES * self._size + count, dtype=np.int32)
        self._solver.changeColsIntegrality(count, places, np.full(count, self._whole))
        solution = self._start()
        taken = self._columns == start[self._rows]
        solution.col_value = list(np.append(_pieces(self._unit, start), taken))
        self._solver.setSolution(solution)
        self._solver.run()
        return float(self._solver.getInfo().mip_dual_bound)

    def leaning(self) -> Ints:
        """The caseworker to whom the most of each case goes; an open one where none of it does."""
        part = np.where(np.isfinite(self._unit.cost), 0.0, -1.0)
        values = np.asarray(self._solver.getSolution().col_value)
        part[self._rows, self._columns] = values[PIECES * self._size :]
        leaning: Ints = part.argmax(axis=1)
        return leaning

    def _add_rows(self) -> None:
        balance, cases = self._unit.balance, len(self._unit.now)
        low = np.concatenate([balance.level, np.full(self._size, -np.inf), np.ones(cases)])
        high = np.concatenate([balance.level, balance.room, np.ones(cases)])
        none = np.zeros(0, dtype=np.int32)
        starts = np.zeros(len(low), dtype=np.int32)
        self._solver.addRows(len(low), low, high, 0, starts, none, np.zeros(0))

    def _add_loads(self) -> None:
        size, balance, terms = self._size, self._unit.balance, self._unit.balance.terms
        far, within, half = np.full(size, np.inf), balance.band - HALF, np.full(size, HALF)
        costs = (terms.uneven, terms.over, terms.uneven, terms.over, 0.0, terms.guideline)
        low = np.concatenate([np.zeros(4 * size), -half, np.zeros(size)])
        high = np.concatenate([within, far, within, far, half, far])
        rows = np.append(np.tile(np.arange(size), PIECES - 1), np.arange(size, 2 * size))
        signs = np.repeat([-1.0, -1.0, 1.0, 1.0, -1.0, -1.0], size)
        self._add_columns(np.repeat(costs, size), (low, high), rows[:, None], signs[:, None])

    def _add_columns(
        self, cost: Floats, limits: tuple[Floats, Floats], rows: Ints, entries: Floats
    ) -> None:
        """Add columns that each stand in equally many rows: (columns, entries) `rows`."""
        count, each = rows.shape
        starts = np.arange(0, count * each, each, dtype=np.int32)
        places = rows.ravel().astype(np.int32)
        self._solver.addCols(count, cost, *limits, count * each, starts, places, entries.ravel())


def _pieces(unit: Unit, choice: Ints) -> Floats:
    """The columns of `PIECES` as they stand for a choice."""
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
