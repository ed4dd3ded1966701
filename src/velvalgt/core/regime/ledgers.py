"""Ledgers (75 pct.-krav): what each cohort has met, still owes, and may leave out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import polars as pl

from velvalgt.core.frames import enum
from velvalgt.core.regime.schema import LedgerRule, Rule
from velvalgt.core.regime.shapes import PopulationQuota

LEFT_BEFORE_THE_END = ("spell_ended", "died", "emigrated")
SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "ledger": pl.String,
    "municipality": enum("municipality"),
    "a_kasse": pl.String,
    "cohort": pl.String,
    "population": pl.Int32,
    "covered": pl.Int32,
    "share": pl.Float64,
    "min_share": pl.Float64,
    "room": pl.Int32,
    "owed": pl.Int32,
    "forecast": pl.Float64,
}
_KEY = ["ledger", "municipality", "a_kasse", "cohort"]


def ledgers_of(
    duties: pl.DataFrame, on: date, rules: Sequence[Rule], ledgers: Mapping[str, LedgerRule]
) -> pl.DataFrame:
    """The ledgers over a set of duties.

    Args:
        duties: as `LawBook.duties` gives them; with a further column a_kasse, the ledgers that an
            a-kasse answers for are kept for each a-kasse, else for each municipality.
        on: the day; cohorts that begin later are left out.
        rules: the book's rules.
        ledgers: how each ledger is counted.

    Returns:
        ledger, municipality, a_kasse (one of the two is null), cohort (YYYY-MM, the month of the
        clock's start, or YYYY-H1 and -H2, the half-year of the last day), population, covered,
        share, min_share, room (people who may still be left out without failing), owed (people
        still to be covered to reach the share), forecast (the share at the end if nobody else is
        left out and all that is in time is held).
    """
    gone = [*LEFT_BEFORE_THE_END, *(rule.id for rule in rules if rule.shape == "age_limit")]
    parts = [pl.DataFrame(schema=SCHEMA)]
    for ledger in ledgers.values():
        quotas = [rule for rule in rules if _kept_in(rule, ledger)]
        if quotas:
            rows = duties.filter(
                pl.col("rule_id").is_in([rule.id for rule in quotas]), pl.col("since") <= on
            )
            parts.append(_ledger(rows, ledger, quotas[0].params.min_share, gone))
    return pl.concat(parts).sort(_KEY)


def _kept_in(rule: Rule, ledger: LedgerRule) -> bool:
    return isinstance(rule.params, PopulationQuota) and rule.params.ledger == ledger.id


def _ledger(
    rows: pl.DataFrame, ledger: LedgerRule, min_share: float, gone: Sequence[str]
) -> pl.DataFrame:
    status, reason = pl.col("status"), pl.col("reason")
    left = (status == "lapsed") & reason.cast(pl.String).is_in(list(gone))
    outside = status.is_in(["exempt", "suspended", "not_applicable"])
    if ledger.leavers == "excluded":
        outside = outside | left
    covered, in_time = (status == "met").sum(), (status == "upcoming").sum()
    # Rounding up must not be moved by a float that lies a hair above a whole number.
    needed = (pl.col("population") * min_share - 1e-9).ceil().cast(pl.Int64)
    lost = pl.col("population") - pl.col("covered") - pl.col("in_time")
    return (
        rows.filter(~outside)
        .group_by(_keys(rows, ledger))
        .agg(
            population=pl.len().cast(pl.Int64),
            covered=covered.cast(pl.Int64),
            in_time=in_time.cast(pl.Int64),
        )
        .with_columns(
            share=pl.col("covered") / pl.col("population"),
            min_share=pl.lit(min_share),
            room=(pl.col("population") - needed - lost).clip(lower_bound=0),
            owed=(needed - pl.col("covered")).clip(lower_bound=0),
            forecast=(pl.col("covered") + pl.col("in_time")) / pl.col("population"),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in SCHEMA.items())
    )


def _keys(rows: pl.DataFrame, ledger: LedgerRule) -> list[pl.Expr]:
    by_a_kasse = ledger.actor == "a_kasse" and "a_kasse" in rows.columns
    name = pl.lit(ledger.id)
    if ledger.denominator == "per_group":
        name = pl.concat_str([name, pl.lit(":"), pl.col("group").cast(pl.String)])
    nobody = pl.lit(None)
    return [
        name.alias("ledger"),
        (nobody if by_a_kasse else pl.col("municipality")).alias("municipality"),
        (pl.col("a_kasse") if by_a_kasse else nobody).alias("a_kasse"),
        _cohort(ledger).alias("cohort"),
    ]


def _cohort(ledger: LedgerRule) -> pl.Expr:
    """The people who are measured together: by the month of start, or the half-year of the end."""
    if ledger.cohort == "start_month":
        return pl.col("since").dt.strftime("%Y-%m")
    due = pl.col("due").fill_null(pl.col("since"))  # a clock that stands still has no last day
    half = pl.when(due.dt.month() <= 6).then(pl.lit("1")).otherwise(pl.lit("2"))
    return pl.concat_str([due.dt.strftime("%Y-H"), half])
