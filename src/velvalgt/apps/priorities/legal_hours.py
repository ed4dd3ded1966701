"""What there is, and what the law's own talks take of it before anything is suggested."""

from __future__ import annotations

import polars as pl

from velvalgt.apps.priorities.choices import CountedIn
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.keys import UNIT


def legal_hours(inputs: Inputs) -> pl.DataFrame:
    """Hours of caseworkers that the law's talks take, by citizen: citizen, legal."""
    contact = inputs.duties.filter("is_contact")
    return contact.group_by("citizen").agg(legal=pl.col("hours").sum()).sort("citizen")


def what_is_left(inputs: Inputs) -> pl.DataFrame:
    """What there is of each capacity when the law's talks are held.

    Returns:
        key, counted_in, amount, legal, left and lacking, by key; a unit that has citizens and no
        hours planned stands with none. Where the talks take more than there is, nothing is left,
        and `lacking` says how many hours the law lacks.
    """
    citizens = inputs.citizens.filter(pl.col("unit").is_not_null())
    taken = (
        citizens.select("citizen", key=pl.lit(UNIT) + pl.col("unit"))
        .join(legal_hours(inputs), on="citizen", how="left")
        .group_by("key")
        .agg(pl.col("legal").sum())
    )
    there = inputs.capacities.join(taken, on="key", how="full", coalesce=True)
    return (
        there.with_columns(
            pl.col("counted_in").fill_null(CountedIn.HOURS.value),
            pl.col("amount", "legal").fill_null(0.0),
        )
        .with_columns(
            left=(pl.col("amount") - pl.col("legal")).clip(lower_bound=0.0),
            lacking=(pl.col("legal") - pl.col("amount")).clip(lower_bound=0.0),
        )
        .sort("key")
    )


def in_groups(inputs: Inputs, chosen: pl.DataFrame) -> pl.DataFrame:
    """Everyone by target group and need level.

    Args:
        inputs: what the plan is made from.
        chosen: citizen, hours and weeks of what is chosen or suggested for them.

    Returns:
        group, level (null: not assessed), citizens, legal_hours, hours, weeks.
    """
    return (
        inputs.citizens.select("citizen", "group", "level")
        .join(legal_hours(inputs), on="citizen", how="left")
        .join(chosen, on="citizen", how="left")
        .group_by("group", "level")
        .agg(
            citizens=pl.len(),
            legal_hours=pl.col("legal").sum(),
            hours=pl.col("hours").sum(),
            weeks=pl.col("weeks").sum(),
        )
        .sort("group", "level", nulls_last=True)
    )
