"""The synthetic municipality: every frame of the core, drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import polars as pl

from velvalgt.core import frames
from velvalgt.core.lab import needs, payments, practice, story, working
from velvalgt.core.lab.lives import Lives, live
from velvalgt.core.lab.parameters import (
    EDUCATION,
    OPEN,
    Parameters,
    day_number,
    parameters,
    pick,
)

CAPACITIES = {
    "capacity": pl.String,
    "unit": pl.String,
    "amount": pl.Float64,
    "start": pl.Date,
    "end": pl.Date,
    "source": pl.String,
}


@dataclass(frozen=True, slots=True)
class Municipality:
    """A made-up municipality on a day; nobody in it exists.

    The frames hold the core's columns; `people` has one feature, education. There is no sex,
    origin, diagnosis or residence permit. `needs` has the level of need of those who have been
    met, made up as `needs.yaml` says. `named` gives the person_id of the story's people by first
    name, `caseload` the ids of the 70 whom Tine has; both are empty where there is no story.
    """

    municipality: str
    on: date
    people: pl.DataFrame
    spells: pl.DataFrame
    events: pl.DataFrame
    work: pl.DataFrame
    payments: pl.DataFrame
    needs: pl.DataFrame
    capacities: pl.DataFrame
    named: dict[str, int]
    caseload: tuple[int, ...]


def synthesize(
    municipality: str, n: int, seed: int, on: date, *, has_story: bool = True
) -> Municipality:
    """Draw a municipality of n citizens with ten years of spells, the story's people among them.

    Args:
        municipality: three-digit code, e.g. 099 for the fictitious Velby.
        n: citizens, at least as many as the story has.
        seed: the same seed gives the same frames.
        on: the day on which it stands; everything known lies before or on it.
        has_story: whether the story's people live there.

    Returns:
        The municipality; person_id runs from 1 to n, the story's people first.

    Raises:
        ValueError: the code is unknown, n is too small, or the day is before 2026-07-01.

    Source: volumes per 100,000 inhabitants from Danmarks Statistik (volumes.yaml); durations,
    histories and practice are assumptions, marked as such in the lab's YAML files.
    """
    _refuse(municipality, n, on)
    figures = parameters()
    rng = np.random.default_rng(seed)
    (apart,) = rng.spawn(1)  # a stream of its own leaves every other draw as it is
    told = story.tell(municipality, on) if has_story else story.nobody()
    drawn = live(figures, n - len(told.named), day_number(on), rng)
    first_id = len(told.named) + 1
    spells = _spells(figures, drawn, first_id, municipality, rng)
    people = _people(figures, drawn, first_id, on, rng)
    jobs = working.periods(figures, spells, on, rng)
    events = [
        practice.journal(spells, people, on, rng),
        working.journal(figures, spells, jobs, on, rng),
    ]
    whole_spells = pl.concat([told.spells, _youth_benefit(figures, spells)]).sort(
        "person_id", "start"
    )
    whole_events = (
        pl.concat([told.events, *events])
        .unique(maintain_order=True)
        .sort("person_id", "on", "kind", maintain_order=True)
    )
    return Municipality(
        municipality=municipality,
        on=on,
        people=pl.concat([told.people, _with_clock(people, spells, on)]),
        spells=whole_spells,
        events=whole_events,
        work=pl.concat([told.work, jobs]).sort("person_id", "start"),
        payments=payments.pay(whole_spells, on, rng),
        needs=needs.assess(whole_spells, whole_events, told.needs, on, apart),
        capacities=_capacities(figures, n, on),
        named=told.named,
        caseload=story.caseload(told, spells, on, rng) if has_story else (),
    )


def _refuse(municipality: str, n: int, on: date) -> None:
    if municipality not in frames.enum("municipality").categories:
        raise ValueError(f"No municipality has the code {municipality!r}.")
    if n < story.SMALLEST:
        raise ValueError(f"The story alone has {story.SMALLEST} people; {n} are too few.")
    if on < date(2026, 7, 1):
        raise ValueError(f"The practice is that of the rules since 2026-07-01; {on} is before.")


def _spells(
    figures: Parameters, drawn: Lives, first_id: int, municipality: str, rng: np.random.Generator
) -> pl.DataFrame:
    """The spells as drawn, with the citizen's running offer, before any change of benefit name."""
    cells = figures.cells
    running_offer = drawn.offer[drawn.spell_person]
    sick = np.asarray([cell.benefit == "sygedagpenge" for cell in cells])[drawn.spell_cell]
    part = sick & (rng.random(len(sick)) < figures.history["part_sick"])
    schema = frames.schema("spells")
    return pl.DataFrame(
        {
            "person_id": drawn.spell_person + first_id,
            "benefit": np.asarray([cell.benefit for cell in cells])[drawn.spell_cell],
            "group": pl.Series([cell.group for cell in cells]).gather(drawn.spell_cell),
            "municipality": pl.repeat(municipality, len(sick), eager=True),
            "start": drawn.spell_start,
            "end": pl.Series(drawn.spell_end).replace(OPEN, None),
            "degree": np.where(part, 0.5, 1.0),
            "cell": pl.Series([cell.name for cell in cells]).gather(drawn.spell_cell),
            "offer": np.where(drawn.spell_end == OPEN, running_offer, ""),
        }
    ).with_columns(
        pl.col("start", "end").cast(pl.Int32).cast(pl.Date),
        *(pl.col(name).cast(schema[name]) for name in ("person_id", "benefit", "group")),
        pl.col("municipality").cast(schema["municipality"]),
    )


def _people(
    figures: Parameters, drawn: Lives, first_id: int, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """Birth, fund and education; the clock follows when the spells are known."""
    n = len(drawn.born)
    insured = [cell.group == "G1" or cell.benefit == "efterloen" for cell in figures.cells]
    must = np.zeros(n, dtype=bool)
    must[drawn.spell_person[np.asarray(insured)[drawn.spell_cell]]] = True
    member = must | (rng.random(n) < figures.history["member_without_dagpenge"])
    fund = np.where(member, pick(rng, figures.history["a_kasser"], n), "")
    limits = np.cumsum([cell.education for cell in figures.cells], axis=1)[drawn.cell]
    level = (rng.random((n, 1)) > limits[:, :2]).sum(axis=1)
    return pl.DataFrame(
        {
            "person_id": np.arange(first_id, first_id + n, dtype=np.int32),
            "born": pl.Series(drawn.born).cast(pl.Int32).cast(pl.Date),
            "a_kasse": pl.Series(fund).replace("", None),
            "education": pl.Series(EDUCATION.categories).gather(level).cast(EDUCATION),
        }
    )


def _with_clock(people: pl.DataFrame, spells: pl.DataFrame, on: date) -> pl.DataFrame:
    """Add what the a-kasse delivers: whole weeks of unemployment, as of the day they were full."""
    weeks = (pl.lit(on) - pl.col("start")).dt.total_days() // 7
    clock = spells.filter(pl.col("cell") == "insured", pl.col("end").is_null()).select(
        "person_id",
        clock_weeks=weeks.cast(pl.Float64),
        clock_as_of=pl.col("start") + pl.duration(days=weeks * 7),
    )
    joined = people.join(clock, on="person_id", how="left", maintain_order="left")
    return joined.select(*frames.schema("people"), "education")


def _youth_benefit(figures: Parameters, spells: pl.DataFrame) -> pl.DataFrame:
    """Give cash benefit for the young the name it had before 2025-07-01."""
    until, groups = figures.youth["until"], figures.youth["groups"]
    plain = spells.select(*frames.schema("spells"))
    young = pl.col("group").cast(pl.String).is_in(groups).fill_null(value=False)
    early = young & (pl.col("start") < until)
    renamed = plain.filter(early).with_columns(
        benefit=pl.lit(figures.youth["benefit"]).cast(frames.enum("benefit")),
        end=pl.min_horizontal(pl.col("end").fill_null(until), pl.lit(until)),
    )
    ran_on = early & (pl.col("end").is_null() | (pl.col("end") > until))
    later = plain.filter(ran_on).with_columns(start=pl.lit(until))
    return pl.concat([plain.filter(~early), renamed, later])


def _capacities(figures: Parameters, n: int, on: date) -> pl.DataFrame:
    """What the municipality can do in the coming year, scaled from its number of inhabitants."""
    inhabitants = n * figures.history["in_stock"] / figures.per_100000 * 100_000
    return pl.DataFrame(
        [
            {
                "capacity": entry["id"],
                "unit": entry["unit"],
                "amount": round(entry["per_100000"] * inhabitants / 100_000, 1),
                "start": on,
                "end": on + timedelta(weeks=52),
                "source": entry["source"],
            }
            for entry in figures.capacities
        ],
        schema=CAPACITIES,
    )
