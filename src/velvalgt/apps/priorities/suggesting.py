"""What is suggested for whom: the option, its gain with interval, the next best and the reasons."""

from __future__ import annotations

import numpy as np
import polars as pl

from velvalgt.apps.priorities.allocating import Weighing
from velvalgt.apps.priorities.explaining import behind, reasons
from velvalgt.apps.priorities.plan import SUGGESTIONS
from velvalgt.core.effect import Evidence, interval
from velvalgt.core.targeting.problem import Bools, Floats, Ints

_AFTER = 1e6
"""What is shown after something else comes after all gains, which are below 104 weeks."""

_TWO = 2


def suggestions(
    weighing: Weighing, choice: Ints, prices: Floats, law: pl.DataFrame, evidence: Evidence
) -> pl.DataFrame:
    """Put the suggestions into words' reach (forslag); never a decision.

    Args:
        weighing: what was weighed.
        choice: (n,) the option.
        prices: (m,) weighted weeks for one part of each capacity.
        law: what the law asks first of whom.
        evidence: the table of studies.

    Returns:
        The frame `SUGGESTIONS`, by citizen. A gain of nothing is said where no study speaks of what
        a caseworker chose; the reason no_study tells so.
    """
    study, grade = behind(weighing, evidence)
    yesterday = weighing.citizens["yesterday"]
    first, second = (_other(weighing, other) for other in _next_best(weighing, choice).T)
    told = (
        weighing.citizens.select("citizen")
        .with_columns(
            *_of(weighing, choice),
            first.alias("first"),
            second.alias("second"),
            reasons(weighing, choice, prices, study, law),
            pl.Series("grade", grade[weighing.cells.of, choice]),
        )
        .with_columns(is_new=_differs(yesterday))
        .with_columns(others=pl.concat_list("first", "second").list.drop_nulls())
    )
    return told.select(list(SUGGESTIONS)).cast(dict(SUGGESTIONS))  # type: ignore[arg-type]


def _differs(yesterday: pl.Series) -> pl.Expr:
    """What was not suggested yesterday; in a first plan nothing is new, since all of it is."""
    if yesterday.null_count() == len(yesterday):
        return pl.lit(False)
    return pl.col("option").ne_missing(yesterday)


def _of(weighing: Weighing, choice: Ints) -> list[pl.Series]:
    """The columns that say what an option is and gives, for each citizen."""
    options, gains, cell = weighing.options, weighing.gains, weighing.cells.of
    mean, sd = (np.nan_to_num(each)[cell, choice] for each in (gains.mean, gains.sd))
    low, high = interval(mean, sd)
    return [
        options["key"].gather(choice).alias("option"),
        options["effort"].gather(choice),
        options["offer"].gather(choice),
        pl.Series("gain_weeks", mean),
        pl.Series("low", low),
        pl.Series("high", high),
        options["hours"].gather(choice),
        options["price_oere"].gather(choice).alias("cost_oere"),
    ]


def _other(weighing: Weighing, other: Ints) -> pl.Series:
    """One of the next best, as a struct; null where there is none (-1)."""
    columns = [each for each in _of(weighing, np.maximum(other, 0)) if each.name in _SHOWN]
    frame = pl.DataFrame(columns).with_columns(pl.Series("is_there", other >= 0))
    return frame.select(pl.when("is_there").then(pl.struct(_SHOWN)).alias("other"))["other"]


_SHOWN = ("effort", "offer", "gain_weeks", "low", "high")


def _next_best(weighing: Weighing, choice: Ints) -> Ints:
    """(n, 2) the next best open options by own gain, of other efforts; -1 where there is none."""
    efforts = weighing.options["effort"].to_numpy()
    kinds = [each for each in dict.fromkeys(efforts.tolist()) if each != efforts[0]]
    own = efforts[choice]
    worth = np.full((len(choice), len(kinds) + _TWO), -np.inf)
    stands_for = np.full(worth.shape, -1, dtype=np.int64)
    for at, kind in enumerate(kinds):
        column, is_open, gain = _of_effort(weighing, np.flatnonzero(efforts == kind))
        shown = is_open & (own != kind)
        worth[shown, at] = gain[shown]
        stands_for[shown, at] = column[shown]
    best = np.argsort(-worth, axis=1, kind="stable")[:, :_TWO]
    return np.take_along_axis(stands_for, best, axis=1)


def _of_effort(weighing: Weighing, columns: Ints) -> tuple[Ints, Bools, Floats]:
    """Of the options of one effort the one each citizen is shown, if it is open, and its rank."""
    pairs = weighing.pairs
    is_open = pairs.is_open[:, columns]
    column: Ints = columns[np.where(is_open, 1 + pairs.fondness[:, columns], 0).argmax(axis=1)]
    rows = np.arange(len(column))
    gain = np.nan_to_num(weighing.gains.mean)[weighing.cells.of, column]
    return column, is_open.max(axis=1), gain - _AFTER * pairs.is_later[rows, column]
