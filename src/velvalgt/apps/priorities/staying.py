"""What keeps yesterday's suggestion: no nightly reshuffle."""

from __future__ import annotations

import numpy as np
import polars as pl

from velvalgt.apps.priorities.gains import Cells
from velvalgt.core.targeting.problem import Bools, Floats, Ints


def kept(citizens: pl.DataFrame, options: pl.DataFrame, allowed: Bools) -> Ints:
    """Give the option of yesterday that is kept unless a change is worth it (n,); -1: none.

    Kept is what helps more than self-service, where no fact about the citizen is new and the option
    is open still. Who got none yesterday is free to get one.
    """
    keys = options["key"].to_list()
    places = list(range(len(keys)))
    told = citizens["yesterday"].replace_strict(keys, places, default=0, return_dtype=pl.Int64)
    column = told.fill_null(0).to_numpy()
    is_same = (citizens["facts"] == citizens["yesterday_facts"]).fill_null(value=False).to_numpy()
    stands = is_same & (column > 0) & allowed[np.arange(len(column)), column]
    return np.where(stands, column, -1)


def stay(kept: Ints, sd: Floats, cells: Cells, weight: Floats) -> Floats | None:
    """Say what each pair is worth besides its gain (n, k), in weighted weeks; None where nothing.

    To leave what was suggested yesterday costs the uncertainty of the difference, one standard
    deviation of it, openly in the objective.

    Args:
        kept: (n,) yesterday's option, -1 where none is kept.
        sd: (cells, k) how unsure the gains are.
        cells: whose gains they are.
        weight: (n,) the need weights.
    """
    rows = np.flatnonzero(kept >= 0)
    if not len(rows):
        return None
    doubt = np.nan_to_num(sd)[cells.of[rows]]
    own = doubt[np.arange(len(rows)), kept[rows]]
    cost = weight[rows, None] * np.hypot(doubt, own[:, None])
    cost[np.arange(len(rows)), kept[rows]] = 0.0
    worth = np.zeros((len(kept), sd.shape[1]))
    worth[rows] = -cost
    return worth
