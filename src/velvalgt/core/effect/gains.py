"""Gains by published evidence (forventet effekt): what each effort is expected to give, and whom.

No model of a person: a gain follows from target group, level of need and effort alone, and is
unsure in the open. Where no study speaks there is no gain: NaN, never nought.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from velvalgt.core.effect.checking import WEAK, read_evidence
from velvalgt.core.effect.studies import Studies, Study
from velvalgt.core.effect.table import NEED_LEVELS, Effort, NeedLevel, Outcome, Row, Table
from velvalgt.core.effect.weighing import Floats, Words, codes_of, displaced, pooled
from velvalgt.core.words import enum

LEVELS = pl.Enum(NEED_LEVELS)


@dataclass(frozen=True, slots=True)
class Gains:
    """Weeks within 104 weeks, an effort in each place, in the table's order.

    Attributes:
        mean: (k,) expected extra weeks against self-service; NaN where no study speaks.
        sd: (k,) how unsure that is; NaN where the mean is.
    """

    mean: Floats
    sd: Floats


@dataclass(frozen=True, slots=True)
class Line:
    """What the table says of one effort for a group and a level of need, to be shown.

    Attributes:
        mean: weeks before displacement; NaN where no study speaks.
        used: the rows that the mean rests on, all of one grade.
        unused: rows that speak too, by a weaker method.
        is_weak: it rests on nothing but before and after.
    """

    effort: Effort
    mean: float
    sd: float
    used: tuple[tuple[Row, Study], ...]
    unused: tuple[tuple[Row, Study], ...]
    is_weak: bool


class Evidence:
    """The evidence table: efforts in order, and what studies give them for whom.

    Attributes:
        version: hash of the files; stands in the record of what was reckoned with it.
        efforts: in the order of every array here; self-service first.
        levels: the levels of need, the closest to work first, in words.
        file: what the file says as a whole, for those who show it.
    """

    def __init__(self, table: Table, studies: Studies, version: str) -> None:
        self.version = version
        self.file = table
        self.efforts: tuple[Effort, ...] = table.efforts
        self.levels: tuple[NeedLevel, ...] = table.levels
        self._studies = {study.id: study for study in studies.studies}
        self._strength = {grade.id: place for place, grade in enumerate(studies.grades)}
        self._mean, self._sd = self._tabulated()

    def index(self, effort: str) -> int:
        """The place of an effort in every array.

        Raises:
            ValueError: there is no such effort.
        """
        ids = [each.id for each in self.efforts]
        if effort not in ids:
            raise ValueError(f"no effort '{effort}'; there are: {', '.join(ids)}")
        return ids.index(effort)

    def outcome(self, group: str) -> Outcome:
        """What a gained week is a week of, for a target group.

        Raises:
            ValueError: there is no such group.
        """
        codes_of([group], enum("group"), "target group")
        return self.file.outcome_of(group)

    def study_of(self, row: Row) -> Study:
        """The study that a row rests on."""
        return self._studies[row.study]

    def study(self, key: str) -> Study | None:
        """A study of the table by its id; None where it has none of that name."""
        return self._studies.get(key)

    def is_weak(self, row: Row) -> bool:
        """Whether a row rests on before and after alone, which is no effect."""
        return self.study_of(row).grade.id == WEAK

    def open_to(self, flags: Collection[str]) -> tuple[bool, ...]:
        """Which efforts are open to somebody who bears these flags, by what the table says."""
        return tuple(
            not each.only_flag or bool({*each.only_flag} & {*flags}) for each in self.efforts
        )

    def order_for(self, flags: Collection[str], efforts: Iterable[str]) -> list[str]:
        """Put efforts into the order in which somebody with these flags is shown them.

        Args:
            flags: the flags they bear.
            efforts: ids in the order one would show them otherwise, such as by gain.

        Returns:
            The same ids; what a rule of the table puts later stands after what it puts first.
        """
        order = list(efforts)
        for rule in self.file.orders:
            leading = [place for place, each in enumerate(order) if each in rule.first]
            if rule.flag in flags and leading:
                head, tail = order[: leading[-1] + 1], order[leading[-1] + 1 :]
                moved = [each for each in head if each in rule.then]
                order = [*(each for each in head if each not in rule.then), *moved, *tail]
        return order

    def gains(self, group: str, need_level: str, share: float = 0.0) -> Gains:
        """What each effort is expected to be worth to somebody.

        Args:
            group: the target group, G1 to G13.
            need_level: one of `NEED_LEVELS`.
            share: how large a part of those concerned is to get the effort, 0 to 1: the larger,
                the more of the gain is taken from others.

        Returns:
            Means and standard deviations in weeks.

        Raises:
            ValueError: there is no such group or level, or the share is none.
        """
        mean, sd = self._displaced(np.full(len(self.efforts), share))
        place = codes_of([group], enum("group"), "target group")[0]
        level = codes_of([need_level], LEVELS, "level of need")[0]
        return Gains(mean[place, level], sd[place, level])

    def gain_matrix(
        self, groups: Words, levels: Words, shares: ArrayLike
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """The gains of many citizens at once; the same as `gains` for each.

        Args:
            groups: (n,) target groups; null where there is none.
            levels: (n,) levels of need; null where nobody has assessed it.
            shares: (k,) the planned share treated of each effort, 0 to 1.

        Returns:
            Mean and standard deviation in weeks, (n, k) each. Where a group or level is null,
            nothing but self-service has a gain.

        Raises:
            ValueError: a word is not known, or the lengths disagree.
        """
        rows = codes_of(groups, enum("group"), "target group")
        columns = codes_of(levels, LEVELS, "level of need")
        if rows.size != columns.size:
            raise ValueError(f"{rows.size} groups, but {columns.size} levels of need")
        mean, sd = self._displaced(np.asarray(shares, dtype=np.float64))
        return mean.astype(np.float32)[rows, columns], sd.astype(np.float32)[rows, columns]

    def table(self, group: str, need_level: str) -> list[Line]:
        """What the table says, effort by effort, with the studies that it rests on.

        Args:
            group: the target group, G1 to G13.
            need_level: one of `NEED_LEVELS`.

        Returns:
            A line for each effort, in the table's order; before displacement.

        Raises:
            ValueError: there is no such group or level.
        """
        gains = self.gains(group, need_level)
        told = zip(self.efforts, gains.mean, gains.sd, strict=True)
        return [self._line(effort, group, need_level, (mean, sd)) for effort, mean, sd in told]

    def _line(self, effort: Effort, group: str, level: str, gain: tuple[float, float]) -> Line:
        used, unused = self._rows_of(effort, group, level)
        return Line(
            effort=effort,
            mean=float(gain[0]),
            sd=float(gain[1]),
            used=tuple((row, self.study_of(row)) for row in used),
            unused=tuple((row, self.study_of(row)) for row in unused),
            is_weak=any(self.is_weak(row) for row in used),
        )

    def _rows_of(self, effort: Effort, group: str, level: str) -> tuple[list[Row], list[Row]]:
        """The rows of a cell by the strongest method that speaks there, and the others."""
        rows = [
            row
            for row in self.file.rows
            if row.effort == effort.id and group in row.groups and level in row.levels
        ]
        strengths = [self._strength[self.study_of(row).grade.id] for row in rows]
        best = min(strengths, default=0)
        told = list(zip(rows, strengths, strict=True))
        used = [row for row, strength in told if strength == best]
        return used, [row for row, strength in told if strength > best]

    def _tabulated(self) -> tuple[Floats, Floats]:
        """(groups + 1, levels + 1, k) before displacement; last of each what nobody knows."""
        groups = enum("group").categories
        shape = (len(groups) + 1, len(NEED_LEVELS) + 1, len(self.efforts))
        mean, sd = np.full(shape, np.nan), np.full(shape, np.nan)
        for place, group in enumerate(groups):
            for column, level in enumerate(NEED_LEVELS):
                for at, effort in enumerate(self.efforts):
                    rows, _ = self._rows_of(effort, group, level)
                    if rows:
                        readings = [(row.reading.mean, row.reading.sd) for row in rows]
                        mean[place, column, at], sd[place, column, at] = pooled(readings)
        mean[..., 0] = sd[..., 0] = 0.0
        return mean, sd

    def _displaced(self, shares: Floats) -> tuple[Floats, Floats]:
        if shares.shape != (len(self.efforts),):
            raise ValueError(f"shares: {len(self.efforts)} are asked, one for each effort")
        return displaced(self._mean, self._sd, shares, self.file.displacement)


def load_evidence(path: Path | None = None) -> Evidence:
    """Read and check the evidence table (evidenstabel).

    Args:
        path: a folder with a municipality's own gains.yaml, studies.yaml or both; None for what
            Velvalgt ships.

    Returns:
        The table, ready to be asked.

    Raises:
        EvidenceError: a file does not hold; it names file, row and field and how to mend it.
    """
    return _shipped() if path is None else Evidence(*read_evidence(path))


@cache
def _shipped() -> Evidence:
    return Evidence(*read_evidence(None))
