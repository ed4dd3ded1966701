"""Offers (tilbud): those that run on the day, and those that were given within the first months."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from velvalgt.core.lab.parameters import pick

_CELLS = ("insured", "cash_ready", "cash_far", "young_ready", "young_far")
_LONGEST_RUNNING_DAYS = 70
_SIX_MONTHS_DAYS = 184
_ROOM_FOR_TWO_DAYS = 300  # so long into a spell, an offer of the first months is surely over


def journal(
    rules: dict[str, Any], spells: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Starts and ends of offers.

    Args:
        rules: practice.yaml.
        spells: spells that reach into the journal, with `offer` and `covered_offer`.
        on: the day.
        rng: the generator.

    Returns:
        person_id, kind, on, actor, detail; a running offer has no end.
    """
    given = pl.concat(
        [_running(spells, rng), _subsidised(spells), _ended(rules, spells, on, rng)],
        how="vertical_relaxed",
    )
    starts = given.select("person_id", "detail", kind=pl.lit("offer_start"), on="begins")
    ends = given.drop_nulls("ends").select(
        "person_id", "detail", kind=pl.lit("offer_end"), on="ends"
    )
    return pl.concat([starts, ends]).with_columns(actor=pl.lit("municipality"))


def _running(spells: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """The offers that the volumes ask for: begun at most ten weeks ago, or within six months."""
    inside = spells.filter(
        pl.col("running"), pl.col("offer").is_in(["guidance", "company_placement"])
    )
    ago = pl.Series("ago", rng.integers(1, _LONGEST_RUNNING_DAYS + 1, size=inside.height))
    lasting = pl.col("days").is_between(_SIX_MONTHS_DAYS, _ROOM_FOR_TWO_DAYS)
    in_time = pl.col("days") - _SIX_MONTHS_DAYS + 10
    least = pl.when(lasting).then(in_time).otherwise(0)
    days_ago = pl.min_horizontal(pl.max_horizontal("ago", least), "days")
    return inside.with_columns(ago).select(
        "person_id",
        begins=pl.col("stop") - pl.duration(days=days_ago),
        ends=pl.lit(None, pl.Date),
        detail="offer",
    )


def _subsidised(spells: pl.DataFrame) -> pl.DataFrame:
    """A job with wage subsidy is an offer from the first day to the last."""
    found = spells.filter(pl.col("benefit") == "loentilskud")
    return found.select("person_id", begins="start", ends="end", detail=pl.lit("wage_subsidy"))


def _ended(
    rules: dict[str, Any], spells: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Offers of the first six months that are over; nobody has two at once."""
    terms = rules["offers"]
    alone = (pl.col("offer") == "") | (pl.col("days") > _ROOM_FOR_TWO_DAYS)
    given = spells.filter(pl.col("cell").is_in(_CELLS), pl.col("covered_offer"), alone)
    n = given.height
    first = rng.integers(terms["earliest_day"], terms["latest_day"] + 1, size=n)
    length = rng.integers(terms["shortest_days"], terms["longest_days"] + 1, size=n)
    days = given["days"].to_numpy()
    # One that would still run on the day was given a little earlier instead.
    first = np.where(first + length >= days, np.maximum(days - length - 3, 0), first)
    fits = (first >= terms["earliest_day"] // 2) & (first + length < days)
    return (
        given.with_columns(
            first=pl.Series(first),
            length=pl.Series(length),
            detail=pl.Series(pick(rng, terms["types"], n)),
        )
        .filter(pl.Series(fits))
        .select(
            "person_id",
            begins=pl.col("start") + pl.duration(days="first"),
            ends=pl.col("start") + pl.duration(days=pl.col("first") + pl.col("length")),
            detail="detail",
        )
    )
