"""What keeps yesterday's suggestion, and which of equal options comes first."""

from __future__ import annotations

import numpy as np
import polars as pl

from velvalgt.apps.priorities.gains import CellGains, Cells
from velvalgt.apps.priorities.opening import Pairs
from velvalgt.core.targeting.problem import MICRO, Bools, Floats, Ints


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


def stay(kept: Ints, cells: Cells, gains: CellGains, weight: Floats, pairs: Pairs) -> Floats:
    """Say what each pair is worth besides its gain (n, k), in weighted weeks.

    To leave what was suggested yesterday costs the uncertainty of the difference, one standard
    deviation of it, openly in the objective. A wish and an answer to what would help most count the
    least that the objective can tell apart: they choose among equals and do nothing else.
    """
    worth = pairs.fondness / MICRO
    rows = np.flatnonzero(kept >= 0)
    sd = np.nan_to_num(gains.sd)[cells.of[rows]]
    own = sd[np.arange(len(rows)), kept[rows]]
    cost = weight[rows, None] * np.hypot(sd, own[:, None])
    cost[np.arange(len(rows)), kept[rows]] = 0.0
    worth[rows] -= cost
    return worth
