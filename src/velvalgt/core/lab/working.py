"""Work beside and between the spells, and what became of those who left."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl

from velvalgt.core import frames
from velvalgt.core.lab.parameters import Parameters, pick, read

FULL_TIME_HOURS = 37.0
_SHORTEST_GAP_DAYS = 14


def periods(
    figures: Parameters, spells: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Periods of work: between spells, after the last, beside a benefit, flex and subsidised.

    Args:
        figures: volumes and history.
        spells: spells as drawn, with `cell`.
        on: the day.
        rng: the generator.

    Returns:
        The core's work.
    """
    parts = [
        _between(figures, spells, rng),
        _after(figures, spells, on, rng),
        _beside(figures, spells, on, rng),
        _same_days(spells, "fleksjob", "flex", rng),
        _same_days(spells, "loentilskud", "subsidised", rng),
    ]
    schema = frames.schema("work")
    return pl.concat([part.select(pl.col(c).cast(t) for c, t in schema.items()) for part in parts])


def journal(
    figures: Parameters,
    spells: pl.DataFrame,
    jobs: pl.DataFrame,
    on: date,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Starts and ends of ordinary and flex work, and those who moved, emigrated or died.

    Args:
        figures: volumes and history.
        spells: spells as drawn.
        jobs: the periods of work.
        on: the day.
        rng: the generator.

    Returns:
        The core's events.
    """
    since = on - timedelta(weeks=read("practice")["journal_weeks"])
    known = jobs.filter(pl.col("kind") != "subsidised")
    parts = [
        known.select("person_id", kind=pl.lit("work_start"), on="start"),
        known.drop_nulls("end").select("person_id", kind=pl.lit("work_end"), on="end"),
        _departures(figures, spells, jobs, rng),
    ]
    found = pl.concat(parts, how="vertical_relaxed").filter(pl.col("on").is_between(since, on))
    return as_events(found.with_columns(actor=pl.lit("citizen")))


def as_events(found: pl.DataFrame) -> pl.DataFrame:
    """The core's events with the columns that are missing left empty.

    Args:
        found: person_id, kind, on, actor and any of until, form, detail.

    Returns:
        The core's events, typed.
    """
    return found.select(
        (pl.col(name) if name in found.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in frames.schema("events").items()
    )


def _hours(n: int, rng: np.random.Generator) -> pl.Series:
    part_time = rng.integers(15, 35, size=n).astype(float)
    return pl.Series("hours_week", np.where(rng.random(n) < 0.75, FULL_TIME_HOURS, part_time))


def _between(figures: Parameters, spells: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    gaps = (
        spells.sort("person_id", "start")
        .with_columns(next=pl.col("start").shift(-1).over("person_id"))
        .filter((pl.col("next") - pl.col("end")).dt.total_days() >= _SHORTEST_GAP_DAYS)
        .select("person_id", start="end", end="next", kind=pl.lit("ordinary"))
    )
    worked = gaps.filter(pl.Series(rng.random(gaps.height) < figures.history["work_in_gap"]))
    return worked.with_columns(_hours(worked.height, rng))


def _left(spells: pl.DataFrame) -> pl.DataFrame:
    """The last spell of those who have no running one: person_id, end."""
    last = spells.group_by("person_id", maintain_order=True).agg(
        running=pl.col("end").is_null().any(), end=pl.col("end").max()
    )
    return last.filter(~pl.col("running")).select("person_id", "end").sort("person_id")


def _after(
    figures: Parameters, spells: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    left = _left(spells)
    exits = pl.Series("exit", pick(rng, figures.history["exits"], left.height))
    took_work = left.with_columns(exits).filter(pl.col("exit") == "work", pl.col("end") <= on)
    return took_work.select(
        "person_id", start="end", end=pl.lit(None, pl.Date), kind=pl.lit("ordinary")
    ).with_columns(_hours(took_work.height, rng))


def _beside(
    figures: Parameters, spells: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """A few paid hours beside the benefit, since some time into the spell."""
    near = spells.filter(
        pl.col("cell").is_in(["insured", "cash_ready", "cash_far", "young_ready"]),
        pl.col("end").is_null(),
        (pl.lit(on) - pl.col("start")).dt.total_days() > _SHORTEST_GAP_DAYS,
    )
    chosen = near.filter(
        pl.Series(rng.random(near.height) < figures.history["hours_beside_benefit"])
    )
    share = pl.Series("share", rng.random(chosen.height))
    days = (pl.lit(on) - pl.col("start")).dt.total_days()
    into = pl.col("start") + pl.duration(days=(days * pl.col("share")).floor())
    return chosen.with_columns(share).select(
        "person_id",
        start=into,
        end=pl.lit(None, pl.Date),
        kind=pl.lit("ordinary"),
        hours_week=pl.Series(rng.integers(3, 13, size=chosen.height).astype(float)),
    )


def _same_days(
    spells: pl.DataFrame, benefit: str, kind: str, rng: np.random.Generator
) -> pl.DataFrame:
    found = spells.filter(pl.col("benefit") == benefit)
    hours = (
        rng.integers(6, 26, size=found.height).astype(float)
        if kind == "flex"
        else np.full(found.height, FULL_TIME_HOURS)
    )
    return found.select("person_id", "start", "end", kind=pl.lit(kind), hours_week=pl.Series(hours))


def _departures(
    figures: Parameters, spells: pl.DataFrame, jobs: pl.DataFrame, rng: np.random.Generator
) -> pl.DataFrame:
    """Who moved, emigrated or died, among those who left without starting work."""
    left = _left(spells).join(
        jobs.filter(pl.col("end").is_null()), on="person_id", how="anti", maintain_order="left"
    )
    others = {name: share for name, share in figures.history["exits"].items() if name != "work"}
    why = pl.Series("kind", pick(rng, others, left.height))
    gone = left.with_columns(why).filter(pl.col("kind").is_in(["moved", "emigrated", "died"]))
    return gone.select("person_id", "kind", on="end")
