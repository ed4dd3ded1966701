"""Why something is suggested, as codes that the page turns into words; the weightiest first."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from velvalgt.apps.priorities.allocating import Weighing
from velvalgt.core.effect import Evidence
from velvalgt.core.targeting.problem import Bools, Floats, Ints

_LEAST = 1e-6
"""Weeks: what the objective cannot tell apart is no difference."""


def behind(weighing: Weighing, evidence: Evidence) -> tuple[NDArray[np.str_], NDArray[np.str_]]:
    """The study behind each option's gain in each cell, and its grade; "" where none is."""
    cells, efforts = weighing.cells, weighing.options["effort"].to_list()
    study = np.full((len(cells.groups), len(efforts)), "", dtype="<U64")
    grade = study.copy()
    for cell, (group, level) in enumerate(zip(cells.groups, cells.levels, strict=True)):
        used = {line.effort.id: line.used for line in evidence.table(group, level)}
        for column, effort in enumerate(efforts):
            if used[effort]:
                _row, found = used[effort][0]
                study[cell, column], grade[cell, column] = found.id, found.grade.id
    return study, grade


def reasons(
    weighing: Weighing, choice: Ints, prices: Floats, study: NDArray[np.str_], law: pl.DataFrame
) -> pl.Series:
    """Give the codes for each citizen's suggestion (begrundelse).

    chosen, stays, level:LEVEL, study:STUDY, no_study, wish, help, interpreter, law:RULE, seat,
    no_room:EFFORT, course_later.

    Args:
        weighing: what was weighed.
        choice: (n,) the option.
        prices: (m,) weighted weeks for one part of each capacity.
        study: (cells, k) the study behind each gain.
        law: what the law asks first of whom.
    """
    citizens, options, pairs = weighing.citizens, weighing.options, weighing.pairs
    rows = np.arange(len(choice))
    stays = _stays(weighing, choice, prices)
    is_wished = pairs.is_wished[rows, choice]
    better = np.where(stays, "", _best_of_own(weighing, choice))
    told = citizens.select("citizen", "level", "needs_interpreter").with_columns(
        pl.Series("study", study[weighing.cells.of, choice]),
        pl.Series("is_chosen", pairs.chosen >= 0),
        pl.Series("stays", stays),
        pl.Series("is_wished", is_wished),
        pl.Series("helps", (pairs.fondness[rows, choice] > 0) & ~is_wished),
        pl.Series("is_effort", choice > 0),
        pl.Series("has_seat", options["seats"].is_not_null().to_numpy()[choice]),
        pl.Series("better", better),
        pl.Series("later", pairs.is_later.any(axis=1)),
    )
    told = told.join(
        law.select("citizen", "rule_id"), on="citizen", how="left", maintain_order="left"
    )
    return told.select(pl.concat_list(_codes()).list.drop_nulls().alias("reasons"))["reasons"]


def _codes() -> list[pl.Expr]:
    is_effort, has_study = pl.col("is_effort"), pl.col("study") != ""
    return [
        pl.when("is_chosen").then(pl.lit("chosen")),
        pl.when("stays").then(pl.lit("stays")),
        pl.lit("level:") + pl.col("level"),
        pl.when(is_effort & has_study).then(pl.lit("study:") + pl.col("study")),
        pl.when(is_effort & ~has_study).then(pl.lit("no_study")),
        pl.when("is_wished").then(pl.lit("wish")),
        pl.when("helps").then(pl.lit("help")),
        pl.when(is_effort & pl.col("needs_interpreter")).then(pl.lit("interpreter")),
        pl.lit("law:") + pl.col("rule_id"),
        pl.when("has_seat").then(pl.lit("seat")),
        pl.when(pl.col("better") != "").then(pl.lit("no_room:") + pl.col("better")),
        pl.when("later").then(pl.lit("course_later")),
    ]


def _stays(weighing: Weighing, choice: Ints, prices: Floats) -> Bools:
    """(n,) where something else would be suggested had it not been this yesterday."""
    worth = weighing.worth(prices)
    own = worth[np.arange(len(choice)), choice]
    is_kept = (weighing.kept == choice) & (weighing.pairs.chosen < 0)
    stays: Bools = is_kept & (worth.max(axis=1, initial=-np.inf) > own + _LEAST)
    return stays


def _best_of_own(weighing: Weighing, choice: Ints) -> NDArray[np.str_]:
    """(n,) the effort that would help the citizen most, where it is more than what is suggested."""
    gain = np.nan_to_num(weighing.gains.mean)[weighing.cells.of]
    may = np.where(weighing.pairs.may, gain, -np.inf)
    best = may.argmax(axis=1)
    rows = np.arange(len(choice))
    efforts = weighing.options["effort"].to_numpy().astype(np.str_)
    return np.where(may[rows, best] > gain[rows, choice] + _LEAST, efforts[best], "")
