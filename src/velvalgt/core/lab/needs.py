"""How caseworkers see the need (behovsvurdering) of whom they have met: drawn from the lives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl

from velvalgt.core.effect import NEED_LEVELS
from velvalgt.core.lab.parameters import Floats, read

LEVELS = pl.Enum(NEED_LEVELS)
_MET = ("interview", "follow_up")


def assess(
    spells: pl.DataFrame,
    events: pl.DataFrame,
    told: Mapping[int, str],
    on: date,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Draw a level of need for everybody on support who has been met since it began.

    It follows from target group and time on support; the shares are made up (needs.yaml).

    Args:
        spells: all spells, with the core's columns.
        events: all events, with the core's columns.
        told: the level of the story's people by id; it stands in place of a drawn one.
        on: the day.
        rng: the generator; the same state gives the same levels.

    Returns:
        person_id, level (close, some_help, at_risk, far) and `on`, the day of the last talk, or
        the day itself for somebody of the story who has had none; by person_id.
    """
    running = _running(spells, on)
    talks = events.filter(pl.col("kind").cast(pl.String).is_in(_MET)).select("person_id", "on")
    of_now = running.join(talks, on="person_id").filter(pl.col("on") >= pl.col("start"))
    met = of_now.group_by("person_id", "group", "weeks").agg(pl.col("on").max())
    drawn = met.sort("person_id").filter(~pl.col("person_id").is_in(list(told)))
    levels = _drawn(drawn, rng.random(drawn.height))
    rest = pl.DataFrame(
        {"person_id": list(told), "level": list(told.values())},
        schema={"person_id": spells.schema["person_id"], "level": LEVELS},
    ).join(met.select("person_id", "on"), on="person_id", how="left")
    every = pl.concat([drawn.select("person_id", levels, "on"), rest])
    return every.with_columns(pl.col("on").fill_null(on)).sort("person_id")


def _running(spells: pl.DataFrame, on: date) -> pl.DataFrame:
    """Who is on support in a group of needs.yaml, and for how many weeks of late: (persons)."""
    begins = on - timedelta(weeks=read("needs")["within_weeks"])
    until = pl.col("end").fill_null(on)
    days = (until - pl.max_horizontal("start", pl.lit(begins))).dt.total_days()
    weeks = spells.group_by("person_id").agg(weeks=days.clip(lower_bound=0).sum() // 7)
    now = spells.filter(
        pl.col("end").is_null(),
        pl.col("group").cast(pl.String).is_in(list(read("needs")["shares"])),
    )
    groups = now.select("person_id", "start", group=pl.col("group").cast(pl.String))
    return groups.join(weeks, on="person_id").with_columns(
        pl.col("weeks").clip(upper_bound=read("needs")["within_weeks"])
    )


def _drawn(met: pl.DataFrame, chance: Floats) -> pl.Series:
    """A level for each person, by the shares of their group and weeks."""
    shares = read("needs")["shares"]
    limits = np.array(
        [
            next(np.cumsum(levels) for until, levels in shares[group] if weeks <= until)
            for group, weeks in met.select("group", "weeks").iter_rows()
        ]
    ).reshape(met.height, len(NEED_LEVELS))
    at = (chance[:, None] > limits[:, :-1]).sum(axis=1)
    return pl.Series("level", NEED_LEVELS, dtype=LEVELS).gather(at)
