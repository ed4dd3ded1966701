"""What each option is expected to give, by target group and need level: from studies alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from velvalgt.core.effect import Evidence
from velvalgt.core.targeting.problem import Bools, Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Target group and need level, each pair that somebody is in once.

    Two citizens in one cell have the same gains: nothing else about them is weighed.

    Attributes:
        groups, levels: (c,) what each cell is.
        of: (n,) each citizen's cell.
    """

    groups: list[str]
    levels: list[str]
    of: Ints


@dataclass(frozen=True, slots=True, eq=False)
class CellGains:
    """What studies say of each option in each cell.

    Attributes:
        mean, sd: (c, k) weeks in work against self-service; NaN where no study speaks.
    """

    mean: Floats
    sd: Floats

    @property
    def speaks(self) -> Bools:
        """Where a study speaks, in the shape of the mean."""
        return ~np.isnan(self.mean)


def cells_of(citizens: pl.DataFrame) -> Cells:
    """Give the cells of citizens who all have a group and an assessed level."""
    kinds = citizens.select("group", "level").unique().sort("group", "level")
    of = citizens.select("group", "level").join(
        kinds.with_row_index("cell"), on=["group", "level"], how="left", maintain_order="left"
    )
    return Cells(
        kinds["group"].to_list(), kinds["level"].to_list(), of["cell"].to_numpy().astype(np.int64)
    )


def gains_in(cells: Cells, efforts: list[str], evidence: Evidence, shares: Floats) -> CellGains:
    """Look up the gains of options in the table of studies.

    Args:
        cells: the cells.
        efforts: (k,) each option's effort; offers of one effort have the same gain.
        evidence: the table.
        shares: (efforts of the table,) which part of those it is open to is to get each effort.
    """
    if not cells.groups:
        nobody = np.empty((0, len(efforts)))
        return CellGains(nobody, nobody)
    mean, sd = evidence.gain_matrix(cells.groups, cells.levels, shares)
    columns = [evidence.index(effort) for effort in efforts]
    return CellGains(mean[:, columns].astype(np.float64), sd[:, columns].astype(np.float64))


def planned_shares(places: Floats, efforts: list[str], may: Bools, evidence: Evidence) -> Floats:
    """Which part of those an effort is open to can get it, at most all: what displacement goes by.

    What there is decides, not what is suggested in the end, so that one pass is enough.

    Args:
        places: (k,) how many an option has room for.
        efforts: (k,) its effort.
        may: (n, k) for whom it is open.
        evidence: the table of studies.
    """
    shares = np.zeros(len(evidence.efforts))
    for effort in dict.fromkeys(efforts):
        columns = [place for place, each in enumerate(efforts) if each == effort]
        concerned = int(may[:, columns].any(axis=1).sum())
        if concerned:
            shares[evidence.index(effort)] = min(1.0, places[columns].sum() / concerned)
    return shares
