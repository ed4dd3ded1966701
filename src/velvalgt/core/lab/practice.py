"""What the a-kasser and the municipality did: the journal of the synthetic municipality."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from velvalgt.core.lab import arrivals, offers
from velvalgt.core.lab.parameters import pick, read
from velvalgt.core.lab.working import as_events

_NEAR_WORK = ("insured", "cash_ready")
_PART_DAYS = {"a_kasse": 92, "municipality": 184}


def journal(
    spells: pl.DataFrame, people: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Write the journal of the last years: contacts, offers, assessments, and what arrived.

    Spells that have not ended before the journal begins are told from their first day; contacts
    by need are told only as far back as the journal reaches.

    Args:
        spells: spells as drawn, with `cell` and `offer`.
        people: the citizens with their a-kasse.
        on: the day; nothing lies after the day before it.
        rng: the generator.

    Returns:
        The core's events.
    """
    rules = read("practice")
    since = on - timedelta(weeks=rules["journal_weeks"])
    recent = _recent(rules, spells, people, on, since)
    covered = recent.with_columns(
        *(_covered(recent, part, share, rng) for part, share in rules["covered"].items())
    )
    met = _without_overdue(rules, covered, people.height, rng)
    contacts = _contacts(rules, met, (since, on), rng)
    left_out = _left_out(rules, contacts, on, rng)
    parts = [
        _openings(covered),
        contacts,
        left_out,
        offers.journal(rules, covered, on, rng),
        arrivals.flags(covered, people, rng),
        arrivals.arrived(rules, covered, left_out, on, rng),
    ]
    events = pl.concat([as_events(part) for part in parts])
    return events.filter(pl.col("on") < on)


def window_of(part: str) -> int:
    """Days from the start of a spell to the end of the time that a ledger looks at.

    Args:
        part: a_kasse, municipality or offer.

    Returns:
        Days; three or six months, a day longer than the longest.
    """
    return _PART_DAYS.get(part, _PART_DAYS["municipality"])


def _recent(
    rules: dict[str, Any], spells: pl.DataFrame, people: pl.DataFrame, on: date, since: date
) -> pl.DataFrame:
    """Spells that reach into the journal, with their plan, a number, and their days so far."""
    stop = pl.col("end").fill_null(on)
    return (
        spells.filter(stop > since)
        .join(people.select("person_id", "a_kasse"), on="person_id", maintain_order="left")
        .with_columns(
            stop=stop,
            running=pl.col("end").is_null(),
            days=(stop - pl.col("start")).dt.total_days(),
            plan=_plan(rules),
            month=pl.col("start").dt.truncate("1mo"),
        )
        .with_row_index("spell")
    )


def _plan(rules: dict[str, Any]) -> pl.Expr:
    """The plan's name; null for those whom nobody calls (pension, flex job)."""
    plans = {
        "cash_ready": "cash",
        "young_ready": "cash",
        "cash_far": "cash_far",
        "young_far": "cash_far",
        "sick": "sick",
        "clarification": "course",
        "resource": "course",
        "rehabilitation": "course",
        "between_flex": "course",
        "insured_subsidy": "subsidy",
        "cash_subsidy": "subsidy",
    }
    new = pl.col("start") >= rules["k3_from"]
    insured = pl.when(new).then(pl.lit("g1_k3")).otherwise(pl.lit("g1_k2"))
    others = pl.col("cell").replace_strict(plans, default=None, return_dtype=pl.String)
    return pl.when(pl.col("cell") == "insured").then(insured).otherwise(others)


def _covered(spells: pl.DataFrame, part: str, share: float, rng: np.random.Generator) -> pl.Series:
    """Whether a spell gets everything in its window: the same share of every cohort, rounded up.

    A cohort is who began in the same month, in the same cell, and is as far; a fund has its own.
    """
    lots = spells.with_columns(luck=pl.Series(rng.random(spells.height)))
    state = (
        pl.when(pl.col("days") >= window_of(part))
        .then(pl.lit("done"))
        .when("running")
        .then(pl.lit("running"))
        .otherwise(pl.lit("left"))
    )
    unit = [pl.col("a_kasse")] if part == "a_kasse" else []
    cohort = [*unit, pl.col("cell"), pl.col("plan"), pl.col("month"), state]
    size = pl.len().over(cohort)
    place = pl.col("luck").rank("ordinal").over(cohort)
    return lots.select((place <= (size * share).ceil()).alias(f"covered_{part}")).to_series()


def _without_overdue(
    rules: dict[str, Any], spells: pl.DataFrame, citizens: int, rng: np.random.Generator
) -> pl.DataFrame:
    """Leave out of the plans the few whom the municipality should have met in their first week."""
    count = max(1, round(rules["overdue_first"] * citizens))
    newly = pl.col("running") & (pl.col("cell") == "cash_ready") & pl.col("days").is_between(9, 60)
    candidates = spells.filter(newly)["spell"].to_numpy()
    forgotten = rng.permutation(candidates)[:count]
    return spells.filter(~pl.col("spell").is_in(pl.Series(forgotten, dtype=pl.UInt32).implode()))


def _contacts(
    rules: dict[str, Any],
    spells: pl.DataFrame,
    reach: tuple[date, date],
    rng: np.random.Generator,
) -> pl.DataFrame:
    """Interviews and follow-ups: the plan's slots, then one every so often."""
    since, on = reach
    planned = spells.join(_slots(rules), on="plan", maintain_order="left")
    in_full = (
        pl.when(pl.col("actor") == "a_kasse")
        .then("covered_a_kasse")
        .otherwise("covered_municipality")
    )
    parts = [
        planned.filter((pl.col("ordinal") == 0) | in_full),
        _later(rules, spells, since),
        _milestones(rules, spells, rng),
    ]
    both = pl.concat(parts, how="diagonal_relaxed")
    spread = rules["jitter_days"]
    shift = pl.Series(rng.integers(-spread, spread + 1, size=both.height))
    form = pl.Series(pick(rng, rules["forms"], both.height))
    first = pl.col("nominal") == pl.col("nominal").min().over("spell")
    dated = both.with_columns(
        on=_weekday(
            pl.col("start") + pl.duration(days=pl.max_horizontal(pl.col("nominal") + shift, 0))
        ),
        form=pl.when(first).then(pl.lit("in_person")).otherwise(pl.lit(form)),
    )
    return dated.filter(
        pl.col("on") >= pl.col("start"), pl.col("on") < pl.min_horizontal("stop", pl.lit(on))
    ).unique(["spell", "on"], keep="first", maintain_order=True)


def _weekday(day: pl.Expr) -> pl.Expr:
    """Nobody is called on a Saturday or Sunday: the Monday after."""
    return day + pl.duration(days=(8 - day.dt.weekday()) * (day.dt.weekday() > 5).cast(pl.Int8))


def _slots(rules: dict[str, Any]) -> pl.DataFrame:
    """plan, nominal day, actor, kind, and how many of the same actor's came before in the plan."""
    rows = [
        {"plan": name, "nominal": day, "actor": actor, "kind": plan.get("kind", "interview")}
        for name, plan in rules["plans"].items()
        for day, actor in plan["slots"]
    ]
    return pl.DataFrame(rows).with_columns(
        ordinal=pl.int_range(pl.len()).over("plan", "actor"),
        nominal=pl.col("nominal").cast(pl.Int64),
    )


def _later(rules: dict[str, Any], spells: pl.DataFrame, since: date) -> pl.DataFrame:
    """Contacts by need after the plan's last, as long as the spell runs."""
    rows = [
        {
            "plan": name,
            "every": plan["every"],
            "last": plan["slots"][-1][0],
            "kind": plan.get("kind", "interview"),
        }
        for name, plan in rules["plans"].items()
    ]
    table = pl.DataFrame(rows)
    nominal = pl.int_ranges(pl.col("last") + pl.col("every"), pl.col("days"), pl.col("every"))
    return (
        spells.join(table, on="plan", maintain_order="left")
        .with_columns(nominal=nominal)
        .explode("nominal", empty_as_null=False)
        .filter(pl.col("start") + pl.duration(days="nominal") >= since)
        .with_columns(actor=pl.lit("municipality"))
        .drop("every", "last")
    )


def _milestones(
    rules: dict[str, Any], spells: pl.DataFrame, rng: np.random.Generator
) -> pl.DataFrame:
    """The interview on an intensified effort before sixteen months, but for the few missed."""
    terms = rules["intensified"]
    insured = spells.filter(pl.col("cell") == "insured")
    held = insured.filter(pl.Series(rng.random(insured.height) >= terms["missed"]))
    reached = pl.col("start") + pl.duration(days=terms["day"])
    before = reached < rules["k3_from"]
    return held.with_columns(
        nominal=pl.lit(terms["day"], pl.Int64),
        kind=pl.lit("interview"),
        actor=pl.when(before).then(pl.lit("joint")).otherwise(pl.lit("municipality")),
        detail=pl.lit("intensified_effort"),
    )


def _left_out(
    rules: dict[str, Any], contacts: pl.DataFrame, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Assessments that a citizen will find work alone, on the day of the part's first interview."""
    not_covered = (
        pl.when(pl.col("actor") == "a_kasse")
        .then(~pl.col("covered_a_kasse"))
        .otherwise(~pl.col("covered_municipality"))
    )
    first = contacts.filter(
        pl.col("cell").is_in(_NEAR_WORK),
        pl.col("start") >= rules["k3_from"],
        pl.col("ordinal") == 0,
        not_covered,
    )
    chosen = first.filter(pl.Series(rng.random(first.height) < rules["left_out"]))
    length = pl.col("actor").replace_strict(_PART_DAYS, return_dtype=pl.Int64)
    return chosen.select(
        "spell",
        "person_id",
        "on",
        "actor",
        kind=pl.lit("leave_out"),
        until=pl.col("start") + pl.duration(days=length + 1),
        detail=pl.lit("finds_work_alone"),
    )


def _openings(spells: pl.DataFrame) -> pl.DataFrame:
    """What opens a spell: registration and benefit period, or the first contact for help."""
    insured = spells.filter(pl.col("cell") == "insured")
    asks = spells.filter(pl.col("plan").is_in(["cash", "cash_far"]))
    return pl.concat(
        [
            frame.select("person_id", "start", kind=pl.lit(kind), actor=pl.lit(actor))
            for frame, kind, actor in (
                (insured, "registration", "citizen"),
                (insured, "benefit_period", "a_kasse"),
                (asks, "first_contact", "citizen"),
            )
        ]
    ).rename({"start": "on"})
