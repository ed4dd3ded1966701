"""The story: people with fixed lives whom the demo is told about, and the cases that Tine has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from velvalgt.core import frames
from velvalgt.core.lab.parameters import EDUCATION, read

SMALLEST = len(read("story")["people"]) + 1
_HANDED_OVER_DAYS = 92


@dataclass(frozen=True, slots=True)
class Told:
    """The story's people as frames; ids count from 1 in the order of the file."""

    named: dict[str, int]
    people: pl.DataFrame
    spells: pl.DataFrame
    events: pl.DataFrame
    work: pl.DataFrame
    needs: dict[int, str]


def nobody() -> Told:
    """The story of a place where none of its people live."""
    people = frames.empty("people").with_columns(education=pl.lit(None, EDUCATION))
    spells, events, work = (frames.empty(kind) for kind in ("spells", "events", "work"))
    return Told({}, people, spells, events, work, {})


def tell(municipality: str, on: date) -> Told:
    """Put the story's lives into frames.

    Args:
        municipality: the code of all their spells.
        on: the day; every date moves as far as it lies from the story's own day.

    Returns:
        The frames, in the core's columns, people with education; and by id how their caseworker
        sees their need, of those who have been talked with.
    """
    content = read("story")
    later = on - content["day"]
    lives = [(number, _moved(life, later)) for number, life in enumerate(content["people"], 1)]
    people = frames.rows("people", (_person(number, life) for number, life in lives))
    return Told(
        named={life["name"]: number for number, life in lives},
        people=people.with_columns(pl.col("education").cast(EDUCATION)),
        spells=frames.rows(
            "spells", _each(lives, "spells", {"municipality": municipality, "degree": 1.0})
        ),
        events=frames.rows("events", _each(lives, "events", {"actor": "citizen"})),
        work=frames.rows("work", _each(lives, "work", {"kind": "ordinary"})),
        needs={number: life["need"] for number, life in lives if "need" in life},
    )


def caseload(
    told: Told, spells: pl.DataFrame, on: date, rng: np.random.Generator
) -> tuple[int, ...]:
    """Tine's cases: the story's people and others near work, most of them insured.

    Args:
        told: the story.
        spells: the other citizens' spells as drawn, with `cell`.
        on: the day.
        rng: the generator.

    Returns:
        Person ids, rising; fewer than 70 only when the municipality is that small.
    """
    plan = read("story")["tine"]
    wanted = plan["cases"] - len(told.named)
    days = (pl.lit(on) - pl.col("start")).dt.total_days()
    running = spells.filter(pl.col("end").is_null())
    insured = running.filter(pl.col("cell") == "insured", days > _HANDED_OVER_DAYS)
    ready = running.filter(pl.col("cell") == "cash_ready")
    flex = running.filter(pl.col("cell") == "between_flex")
    counts = [round(plan["insured"] * wanted), round(plan["cash_ready"] * wanted)]
    counts.append(wanted - sum(counts))
    drawn = [
        rng.permutation(group["person_id"].to_numpy())[:count]
        for group, count in zip((insured, ready, flex), counts, strict=True)
    ]
    return tuple(sorted([*told.named.values(), *np.concatenate(drawn).tolist()]))


def _person(number: int, life: dict[str, Any]) -> dict[str, object]:
    clock = life.get("clock", {})
    return {
        "person_id": number,
        "born": life["born"],
        "a_kasse": life.get("a_kasse"),
        "clock_weeks": clock.get("weeks"),
        "clock_as_of": clock.get("as_of"),
        "education": life["education"],
    }


def _each(
    lives: Iterable[tuple[int, dict[str, Any]]], part: str, usual: dict[str, object]
) -> list[dict[str, object]]:
    """The entries of one part of all lives, with what goes without saying filled in."""
    return [
        {"person_id": number, **usual, **entry}
        for number, life in lives
        for entry in life.get(part, [])
    ]


def _moved(value: Any, later: timedelta) -> Any:
    """The same value with every date moved."""
    if isinstance(value, date):
        return value + later
    if isinstance(value, dict):
        return {key: _moved(entry, later) for key, entry in value.items()}
    if isinstance(value, list):
        return [_moved(entry, later) for entry in value]
    return value
