"""What a plan says: whose turn it is, what is suggested for whom, and what one hour more gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import polars as pl

WORK_LINES: dict[str, pl.DataType | type[pl.DataType]] = {
    "citizen": pl.String,
    "place": pl.Int32,  # in the whole municipality, from 1; a unit's own lines keep the order
    "reasons": pl.List(pl.String),
}
SUGGESTIONS: dict[str, pl.DataType | type[pl.DataType]] = {
    "citizen": pl.String,
    "option": pl.String,  # the option's key
    "effort": pl.String,
    "offer": pl.String,
    "gain_weeks": pl.Float64,
    "low": pl.Float64,
    "high": pl.Float64,
    "hours": pl.Float64,
    "cost_oere": pl.Int64,
    "others": pl.List(
        pl.Struct(
            {
                "effort": pl.String,
                "offer": pl.String,
                "gain_weeks": pl.Float64,
                "low": pl.Float64,
                "high": pl.Float64,
            }
        )
    ),
    "reasons": pl.List(pl.String),
    "is_new": pl.Boolean,
    "grade": pl.String,
}


@dataclass(frozen=True, slots=True, eq=False)
class Proof:
    """How good the choice is (bevis): its value, and what no choice can exceed."""

    value: float
    gain: float
    bound: float
    gap: float


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A plan for everyone.

    Attributes:
        work_lines: (citizens) whose turn it is.
        suggestions: one row for each citizen who is weighed by gain; none in plain mode.
        weighed: how many are.
        proof: None in plain mode.
        capacities: a row for each capacity: key, counted_in, amount, legal (what the law's talks
            take first), left, used, lacking, and in judgement mode price, price_low, price_high
            (weeks in work for one unit more), weighted_price (the same in weighted weeks),
            one_percent (weeks for one percent more), is_bottleneck (where that is most) and wanted
            (how many would get it if it had no end).
        frontier: a row for each set of need weights that was tried: strength, weights, weeks,
            weeks_at_risk, is_chosen, and levels: level, citizens, with_effort and weeks of each.
        groups: a row for each target group and level: citizens, legal_hours, hours, weeks;
            no weeks in plain mode.
        less: who gets less because of the need weights: level, citizens, weeks.
    """

    work_lines: pl.DataFrame
    suggestions: pl.DataFrame
    weighed: int
    proof: Proof | None
    capacities: list[dict[str, Any]]
    frontier: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    less: list[dict[str, Any]]
