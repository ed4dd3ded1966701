"""Whose turn it is: by law, mark, wish and waiting. No gain is in it, in any mode."""

from __future__ import annotations

from datetime import timedelta
from hashlib import blake2b

import numpy as np
import polars as pl

from velvalgt.apps.cases.choices import AT_RISK
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.priorities.inputs import Inputs, Settings
from velvalgt.apps.priorities.plan import WORK_LINES
from velvalgt.core.targeting.problem import Keys

MANAGES = "self"
"""The answer of a citizen who asks for no help now."""

_ORDER = {
    "comes_last": False,
    "is_overdue": True,
    "is_due": True,
    "due": False,
    "is_marked": True,
    "asks": True,
    "wait_days": True,
    "hash": False,
}
"""What the order goes by, the weightiest first, and whether the greatest comes first."""


def work_lines(inputs: Inputs) -> pl.DataFrame:
    """Give everyone a place in the order of work (arbejdsrækkefølge).

    First whoever the law is overdue for, the longest overdue before the others; then whoever it is
    due for within the period, the soonest before the others; then the caseworker's own mark; then a
    wish or help that was asked for; then the longest wait. Last come those who steer alone or have
    nothing open, unless the law asks something of us for them.

    Returns:
        The frame `WORK_LINES`, in the order of the places.
    """
    facts = _facts(inputs.citizens, law_due(inputs.duties, inputs.settings), inputs.settings)
    ordered = facts.sort(list(_ORDER), descending=list(_ORDER.values()), nulls_last=True)
    return ordered.select(
        "citizen", pl.int_range(1, pl.len() + 1, dtype=pl.Int32).alias("place"), _reasons()
    ).cast(dict(WORK_LINES))  # type: ignore[arg-type]  # the names are the frame's


def law_due(duties: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """What the law asks first for each citizen within the period: rule_id, due, is_overdue."""
    last = settings.on + timedelta(weeks=settings.weeks)
    is_overdue = (pl.col("status") == Status.OVERDUE).alias("is_overdue")
    return (
        duties.filter((pl.col("status") == Status.OVERDUE) | (pl.col("due") < last))
        .select("citizen", "rule_id", "due", is_overdue)
        .sort("citizen", "is_overdue", "due", "rule_id", descending=[False, True, False, False])
        .unique("citizen", keep="first", maintain_order=True)
    )


def hashed(citizens: pl.Series, seed: int) -> Keys:
    """A lasting number for each citizen, which equals go by: no one's row or name decides."""
    salt = seed.to_bytes(8, "little", signed=True)
    digests = b"".join(
        blake2b(key.encode(), digest_size=8, salt=salt).digest() for key in citizens.to_list()
    )
    return np.frombuffer(digests, dtype="<u8").astype(np.uint64)


def _facts(citizens: pl.DataFrame, law: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    helped = pl.col("help").is_not_null() & (pl.col("help") != MANAGES)
    return (
        citizens.join(law.drop("rule_id"), on="citizen", how="left")
        .with_columns(
            pl.Series("hash", hashed(citizens["citizen"], settings.seed)),
            pl.col("is_overdue").fill_null(value=False),
            is_due=pl.col("due").is_not_null(),
            is_marked=pl.col("level").is_in(AT_RISK).fill_null(value=False),
            wishes_something=pl.col("wishes").list.len().fill_null(0) > 0,
            asks_help=helped.fill_null(value=False),
        )
        .with_columns(asks=pl.col("wishes_something") | pl.col("asks_help"))
        .with_columns(
            comes_last=~pl.col("is_due")
            & (pl.col("steers_alone") | ~(pl.col("is_marked") | pl.col("asks")))
        )
    )


def _reasons() -> pl.Expr:
    law = pl.when("is_overdue").then(pl.lit("law:overdue")).when("is_due").then(pl.lit("law:due"))
    told = [
        law,
        pl.when("is_marked").then(pl.lit("mark:") + pl.col("level")),
        pl.when("wishes_something").then(pl.lit("wish")),
        pl.when("asks_help").then(pl.lit("help")),
        pl.when("steers_alone").then(pl.lit("steers_alone")),
    ]
    codes = pl.concat_list(told).list.drop_nulls()
    waited = pl.concat_list(pl.lit("waited"))
    return pl.when(codes.list.len() > 0).then(codes).otherwise(waited).alias("reasons")
