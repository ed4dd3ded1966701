"""What a plan is made from: frames and settings, whole, so that it can be made again.

Nothing here or in `planning` asks the database: `gathering` does, and `frames_file` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from velvalgt.apps.priorities.choices import Mode

CITIZENS: dict[str, pl.DataType | type[pl.DataType]] = {
    "citizen": pl.String,  # the key in the database, as text
    "unit": pl.String,  # the unit that has the open case
    "caseworker": pl.String,  # who has it; null: nobody
    "group": pl.String,  # the target group of the spell that runs; null: none
    "level": pl.String,  # the caseworker's assessment of need; null: none yet
    "facts": pl.Int64,  # grows with each fact about them, each assessment, answer and wish
    "wait_days": pl.Int32,  # days since somebody talked with them, or since the case was opened
    "is_graduate": pl.Boolean,
    "objects": pl.Boolean,  # to profiling: no gain is reckoned
    "steers_alone": pl.Boolean,  # an agreed self-steering runs
    "needs_interpreter": pl.Boolean,
    "wishes": pl.List(pl.String),  # keys of offers, the dearest first
    "help": pl.String,  # what would help most, in the citizen's own answer; null: not said
    "no_to": pl.List(pl.String),  # efforts, or "offer:" and a key, that the citizen does not want
    "chosen": pl.String,  # what a caseworker chose and that runs: an option's key; null: nothing
    "postponed_until": pl.Date,  # no suggestion before that day; null: not postponed
    "yesterday": pl.String,  # the option suggested in the plan before; null: none
    "yesterday_facts": pl.Int64,  # the number of facts the plan before went by; null: none
}
DUTIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "citizen": pl.String,
    "rule_id": pl.String,
    "status": pl.String,  # upcoming or overdue
    "due": pl.Date,
    "is_contact": pl.Boolean,  # a talk that a caseworker of the municipality must hold
    "remaining": pl.Int32,  # how many are asked still
    "hours": pl.Float64,  # what they take of a caseworker together
}
OPTIONS: dict[str, pl.DataType | type[pl.DataType]] = {
    "key": pl.String,  # the effort's word, or "offer:" and the offer's key; self_service first
    "effort": pl.String,  # the word in the table of studies
    "offer": pl.String,  # the offer's key; null: not of the catalogue
    "hours": pl.Float64,  # of the unit's caseworkers, for one citizen in the whole period
    "price_oere": pl.Int64,  # null: not known or nothing
    "seats": pl.Int64,  # free places in the period; null: no limit of places
    "groups": pl.List(pl.String),  # the target groups it is meant for; empty: everybody
    "needs": pl.List(pl.String),  # what it may help with, in the catalogue's words
}
CAPACITIES: dict[str, pl.DataType | type[pl.DataType]] = {
    "key": pl.String,  # "unit:" and a key, "offer:" and a key, or "budget"
    "counted_in": pl.String,  # hours, seats or kroner
    "amount": pl.Float64,  # what there is in the period
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a plan goes by besides the frames.

    Attributes:
        on: the day it is for.
        weeks: the length of the period.
        mode: plain, or by gain.
        seed: what ties are broken with at last.
        weights: the need weight of each level.
        floors: as `CapacityPlan.floors` has them.
        law_version, evidence_version: which law and which table of studies.
    """

    on: date
    weeks: int
    mode: Mode
    seed: int
    weights: dict[str, float]
    floors: list[dict[str, Any]]
    law_version: str
    evidence_version: str


@dataclass(frozen=True, slots=True, eq=False)
class Inputs:
    """Everything that a plan is made from."""

    citizens: pl.DataFrame
    duties: pl.DataFrame
    options: pl.DataFrame
    capacities: pl.DataFrame
    settings: Settings
