"""Monthly payments of the last year; synthetic amounts at the levels of payments.yaml."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from velvalgt.core import frames
from velvalgt.core.lab.parameters import read

_OERE = 100


def pay(spells: pl.DataFrame, on: date, rng: np.random.Generator) -> pl.DataFrame:
    """Pay each spell month by month, for the whole months before the day.

    Args:
        spells: the core's spells.
        on: the day; the month it lies in is not paid yet.
        rng: the generator, for how far a citizen is below the highest amount.

    Returns:
        The core's payments; gross_oere rounds half up once, a row.
    """
    table = read("payments")
    months = _months(on, table["months"])
    paid = (
        spells.with_columns(dkk=_level(table))
        .drop_nulls("dkk")
        .join(months, how="cross")
        .with_columns(
            begins=pl.max_horizontal("start", "month"),
            ends=pl.min_horizontal(pl.col("end").fill_null(pl.col("next")), "next"),
        )
        .filter(pl.col("begins") < pl.col("ends"))
    )
    factor = _factors(spells, table["least"], rng)
    days = (pl.col("ends") - pl.col("begins")).dt.total_days()
    of = (pl.col("next") - pl.col("month")).dt.total_days()
    dkk = pl.col("dkk") * pl.col("degree") * pl.col("factor") * days / of
    return (
        paid.join(factor, on="person_id", how="left", maintain_order="left")
        .select(
            "person_id",
            "benefit",
            start="begins",
            end="ends",
            gross_oere=(dkk * _OERE + 0.5).floor().cast(pl.Int64),
        )
        .sort("person_id", "start")
    )


def _months(on: date, count: int) -> pl.DataFrame:
    first = pl.lit(on.replace(day=1))
    ago = pl.int_range(1, count + 1, eager=True)
    starts = pl.DataFrame({"ago": ago}).select(
        month=first.dt.offset_by(pl.format("-{}mo", "ago")),
        next=first.dt.offset_by(pl.format("-{}mo", pl.col("ago") - 1)),
    )
    return starts.sort("month")


def _level(table: dict[str, dict[str, dict[str, float]]]) -> pl.Expr:
    """Kroner a month by benefit; null where the benefit is a wage or not paid by the month."""
    levels = {benefit: float(entry["monthly_dkk"]) for benefit, entry in table["levels"].items()}
    young = pl.col("group").cast(pl.String).is_in(["G4", "G5"]).fill_null(value=False)
    by_benefit = (
        pl.col("benefit")
        .cast(pl.String)
        .replace_strict(levels, default=None, return_dtype=pl.Float64)
    )
    return (
        pl.when(young)
        .then(float(read("payments")["youth_monthly_dkk"]["monthly_dkk"]))
        .otherwise(by_benefit)
    )


def _factors(spells: pl.DataFrame, least: float, rng: np.random.Generator) -> pl.DataFrame:
    person = spells["person_id"].unique().sort()
    return pl.DataFrame(
        {"person_id": person, "factor": rng.uniform(least, 1.0, size=person.len())},
        schema_overrides={"person_id": frames.schema("spells")["person_id"]},
    )
