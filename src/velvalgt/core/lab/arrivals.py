"""What is marked on a citizen, and what arrived lately: requests, sick reports, exemptions."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from velvalgt.core.lab.parameters import pick

_SICK = {"sick_category_1": 0.45, "sick_category_2": 0.40, "sick_category_3": 0.15}
_EMPLOYED_WHILE_SICK = 0.5
_VISITED_EARLY = 0.03


def flags(spells: pl.DataFrame, people: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Marks that hold for the length of a spell.

    Args:
        spells: spells that reach into the journal.
        people: citizens with birth and education.
        rng: the generator.

    Returns:
        person_id, kind, on, until, actor, detail.
    """
    known = spells.join(
        people.select("person_id", "born", "education"), on="person_id", maintain_order="left"
    )
    chance = known.with_columns(
        luck=pl.Series(rng.random(known.height)),
        category=pl.Series(pick(rng, _SICK, known.height)),
    )
    young = pl.col("start") < pl.col("born").dt.offset_by("30y")
    sick, insured = pl.col("cell") == "sick", pl.col("cell") == "insured"
    marks = {
        "under_30_no_education": pl.col("cell").is_in(["young_ready", "young_far"]),
        "graduate": insured & young & (pl.col("education") == "higher"),
        "employed_while_sick": sick & (pl.col("luck") < _EMPLOYED_WHILE_SICK),
        "visited_to_municipality_early": insured & (pl.col("luck") < _VISITED_EARLY),
    }
    parts = [
        chance.filter(which).with_columns(detail=pl.lit(word)) for word, which in marks.items()
    ]
    parts.append(chance.filter(sick).with_columns(detail="category"))
    return pl.concat(parts).select(
        "person_id",
        "detail",
        kind=pl.lit("flag"),
        on="start",
        until="end",
        actor=pl.lit("municipality"),
    )


def arrived(
    rules: dict[str, Any],
    spells: pl.DataFrame,
    left_out: pl.DataFrame,
    on: date,
    rng: np.random.Generator,
) -> pl.DataFrame:
    """What lies on the caseworkers' desks on the day: nobody has more than one of these.

    Args:
        rules: practice.yaml.
        spells: spells that reach into the journal.
        left_out: those left out; they get no exemption beside.
        on: the day.
        rng: the generator.

    Returns:
        person_id, kind, on, until, actor, detail.
    """
    near = spells.filter(
        pl.col("running"), pl.col("cell").is_in(["insured", "cash_ready"]), pl.col("days") > 30
    ).join(left_out, on="spell", how="anti", maintain_order="left")
    luck = rng.random(near.height)
    steps = np.cumsum([rules["asked"], rules["reported_sick"], rules["exempt"]])
    which = np.searchsorted(steps, luck, side="right")
    asked, sick, exempt = (near.filter(pl.Series(which == number)) for number in range(3))
    ahead = pl.Series("ahead", rng.integers(7, 28, size=exempt.height))
    return pl.concat(
        [
            asked.select("person_id", kind=pl.lit("request"), on=_ago(on, asked.height, 10, rng)),
            sick.select("person_id", kind=pl.lit("sick_report"), on=_ago(on, sick.height, 5, rng)),
            exempt.with_columns(ahead).select(
                "person_id",
                kind=pl.lit("exemption"),
                on=_ago(on, exempt.height, 14, rng),
                until=pl.lit(on) + pl.duration(days="ahead"),
                detail=pl.lit("exempt_leaving_within_6w"),
            ),
        ],
        how="diagonal_relaxed",
    ).with_columns(
        actor=pl.when(pl.col("kind") == "exemption")
        .then(pl.lit("municipality"))
        .otherwise(pl.lit("citizen"))
    )


def _ago(on: date, n: int, most: int, rng: np.random.Generator) -> pl.Series:
    """Days before the day, at most `most`: (n,)."""
    back = pl.DataFrame({"back": rng.integers(1, most + 1, size=n)})
    return back.select(day=pl.lit(on) - pl.duration(days="back"))["day"]
