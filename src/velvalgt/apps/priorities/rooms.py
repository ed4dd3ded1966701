"""What each option takes of each capacity, and whether there is room for anyone at all."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from velvalgt.apps.priorities.choices import CountedIn
from velvalgt.apps.priorities.keys import BUDGET, UNIT
from velvalgt.apps.priorities.opening import what_runs
from velvalgt.core.targeting.problem import Bools, Floats, Ints

_WHOLE_PARTS = {CountedIn.HOURS: 60, CountedIn.SEATS: 1, CountedIn.KRONER: 100}
"""Everything is counted in whole minutes, seats and øre, so that sums are the same in any order."""


@dataclass(frozen=True, slots=True, eq=False)
class Room:
    """What there is for those who are weighed, in whole parts.

    Attributes:
        keys: (m,) the capacities.
        there: (m,) what is left when the law's talks are held and what runs is seen to.
        running: (m,) what is used by what runs for those who are not weighed.
        use: (k, m) what one citizen's option takes.
        unit: (n,) the column of each citizen's own unit; -1 where there is none.
        part: (m,) how much a part is, in hours, seats or kroner.
    """

    keys: list[str]
    there: Ints
    running: Ints
    use: Ints
    unit: Ints
    part: Floats

    @property
    def is_unit(self) -> Bools:
        """(m,) whose hours only the unit's own citizens use."""
        return np.array([key.startswith(UNIT) for key in self.keys], dtype=bool)

    @property
    def hours(self) -> Ints:
        """(k,) what an option takes of the unit's hours, in minutes."""
        of_units = self.use[:, self.is_unit]
        none = np.zeros(len(self.use), dtype=np.int64)
        return of_units[:, 0] if of_units.shape[1] else none

    def column(self, key: str) -> int:
        """Where a capacity stands; -1 where there is none of that name."""
        return self.keys.index(key) if key in self.keys else -1

    def load(self, columns: Ints) -> Floats:
        """(n, columns) 1 where the capacity is the citizen's to use."""
        common = ~self.is_unit[columns]
        loads: Floats = (common | (self.unit[:, None] == columns)).astype(np.float64)
        return loads

    def places(self) -> Floats:
        """(k,) how many an option has room for; without end where nothing limits it."""
        pools = np.where(self.is_unit, self.there.sum(where=self.is_unit), self.there)
        with np.errstate(divide="ignore", invalid="ignore"):
            places = np.where(self.use > 0, pools / self.use, np.inf)
        least: Floats = np.floor(places.min(axis=1, initial=np.inf))
        return least

    def fits(self, chosen: Ints) -> Bools:
        """(n, k) whether there is room for the option beside what runs, were it the only one."""
        free = self.there - self.used(chosen)
        common = ~self.is_unit
        fits = (self.use[:, common] <= free[common]).all(axis=1)
        own = np.where(self.unit >= 0, free[self.unit], 0) if len(free) else self.unit * 0
        return fits & (self.hours <= own[:, None])

    def used(self, choice: Ints) -> Ints:
        """(m,) what a choice uses; -1 in it is nothing."""
        took = np.flatnonzero(choice >= 0)
        options = np.bincount(choice[took], minlength=len(self.use))
        used = (options @ self.use) * ~self.is_unit
        of_unit = took[self.unit[took] >= 0]
        hours = self.hours[choice[of_unit]]
        by_unit = np.bincount(self.unit[of_unit], hours, minlength=len(used))
        return used + np.rint(by_unit).astype(np.int64)

    def scarce(self, may: Bools) -> Ints:
        """The columns of which everybody's dearest open option would take more than there is."""
        asked = np.array([self._asked(may, column) for column in range(len(self.keys))])
        return np.flatnonzero(asked > self.there) if len(asked) else np.empty(0, dtype=np.int64)

    def _asked(self, may: Bools, column: int) -> int:
        takes = np.flatnonzero(self.use[:, column])
        rows = self.unit == column if self.is_unit[column] else slice(None)
        asked = may[rows][:, takes] * self.use[takes, column]
        return int(asked.max(axis=1, initial=0).sum())


def room_for(
    citizens: pl.DataFrame,
    options: pl.DataFrame,
    left: pl.DataFrame,
    chosen: Ints,
    others: pl.DataFrame,
) -> Room:
    """Say what there is for those who are weighed.

    What runs already is never taken from anybody: where it uses more than is left, there is exactly
    room for it and for nothing else.

    Args:
        citizens: (n) who is weighed.
        options: (k) self-service first.
        left: what is left of each capacity, as `what_is_left` gives it.
        chosen: (n,) what runs for them, -1 where nothing does.
        others: the citizens who are not weighed, with what runs for them.
    """
    parts = np.array([_WHOLE_PARTS[CountedIn(each)] for each in left["counted_in"]], dtype=np.int64)
    use = _use(options, left["key"].to_list())
    whole = np.gcd.reduce(use, axis=0, initial=0)
    whole[whole == 0] = 1
    there = np.floor(left["left"].to_numpy() * parts / whole + 1e-9).astype(np.int64)
    room = Room(
        left["key"].to_list(), there, there * 0, use // whole,
        _unit_columns(citizens, left), whole / parts,
    )  # fmt: skip
    elsewhere = replace(room, unit=_unit_columns(others, left))
    running = elsewhere.used(what_runs(others, options))
    return replace(room, there=np.maximum(there - running, room.used(chosen)), running=running)


def _use(options: pl.DataFrame, keys: list[str]) -> Ints:
    """(k, m) what an option takes, in minutes, seats and øre."""
    minutes = np.ceil(options["hours"].fill_null(0.0).to_numpy() * 60 - 1e-9).astype(np.int64)
    prices = options["price_oere"].fill_null(0).to_numpy()
    use = np.zeros((len(options), len(keys)), dtype=np.int64)
    for column, key in enumerate(keys):
        if key.startswith(UNIT):
            use[:, column] = minutes
        elif key == BUDGET:
            use[:, column] = prices
        else:
            use[:, column] = (options["key"] == key).to_numpy()
    return use


def _unit_columns(citizens: pl.DataFrame, left: pl.DataFrame) -> Ints:
    units = left.select("key").with_row_index("column").filter(pl.col("key").str.starts_with(UNIT))
    own = citizens.select(key=pl.lit(UNIT) + pl.col("unit"))
    columns = own.join(units, on="key", how="left", maintain_order="left")["column"]
    return columns.cast(pl.Int64).fill_null(-1).to_numpy()
