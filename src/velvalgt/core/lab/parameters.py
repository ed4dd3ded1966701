"""The figures behind the synthetic municipality, read once from the YAML files beside this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import yaml
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EPOCH = date(1970, 1, 1)
OPEN = np.iinfo(np.int32).max
NO_OFFER = ""
EDUCATION = pl.Enum(["primary", "vocational", "higher"])
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Cell:
    """One way of standing on public support: benefit, target group, and how such lives run."""

    name: str
    benefit: str
    group: str | None
    ages: tuple[float, float, float]  # least, usual, highest, in years on the day
    first_age: float  # youngest age at which such a spell may start
    last_age: float  # age at which it must have ended
    hazard: tuple[tuple[float, float], ...]  # (week, weekly probability of leaving)
    education: tuple[float, float, float]  # shares with primary, vocational, higher
    direct: float  # share whose earlier spell ended the day this one starts; 1 = there was one
    before: Mapping[str, float]  # weights of the cells that came before
    longest: int | None = None  # weeks
    first_start: date | None = None
    last_start: date | None = None

    def hazards(self, weeks: int) -> Floats:
        """The weekly probability of leaving in each of the first weeks: (weeks,)."""
        knots = np.asarray(self.hazard, dtype=np.float64)
        rates: Floats = np.interp(np.arange(weeks, dtype=np.float64), knots[:, 0], knots[:, 1])
        if self.longest is not None:
            rates[self.longest :] = 1.0
        return rates


@dataclass(frozen=True, slots=True)
class Place:
    """How many per 100,000 inhabitants stand in a cell, perhaps in an offer."""

    volume: str
    cell: int
    offer: str
    per_100000: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """Everything in volumes.yaml that the generator uses."""

    cells: tuple[Cell, ...]
    places: tuple[Place, ...]
    history: Mapping[str, Any]
    youth: Mapping[str, Any]
    capacities: tuple[Mapping[str, Any], ...]
    pension_age: int

    @property
    def per_100000(self) -> float:
        """People on support per 100,000 inhabitants, all volumes together."""
        return sum(place.per_100000 for place in self.places)

    def transitions(self) -> Floats:
        """(cells, cells) probability that the row's spell came after one in the column's cell."""
        index = {cell.name: number for number, cell in enumerate(self.cells)}
        table = np.zeros((len(self.cells), len(self.cells)))
        for row, cell in enumerate(self.cells):
            for name, weight in cell.before.items():
                table[row, index[name]] = weight
        shares: Floats = table / table.sum(axis=1, keepdims=True)
        return shares


@cache
def read(name: str) -> dict[str, Any]:
    """One of the lab's files as plain values; do not change what you get.

    Args:
        name: the file's name without its ending.

    Returns:
        The content.
    """
    content: dict[str, Any] = yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return content


@cache
def parameters() -> Parameters:
    """The volumes, cells and history of volumes.yaml."""
    content = read("volumes")
    cells = tuple(_cell(name, entry) for name, entry in content["cells"].items())
    index = {cell.name: number for number, cell in enumerate(cells)}
    places = tuple(
        Place(
            volume=volume["id"],
            cell=index[member["cell"]],
            offer=volume.get("offer", NO_OFFER),
            per_100000=volume["per_100000"] * member["share"],
        )
        for volume in content["stock"]
        for member in volume["members"]
    )
    return Parameters(
        cells=cells,
        places=places,
        history=content["history"],
        youth=content["youth_benefit"],
        capacities=tuple(content["capacities"]),
        pension_age=content["pension_age"]["years"],
    )


def day_number(day: date) -> int:
    """Days since 1970-01-01, as polars counts them."""
    return (day - EPOCH).days


def pick(rng: np.random.Generator, shares: Mapping[str, float], size: int) -> NDArray[np.str_]:
    """Words drawn with the given shares: (size,)."""
    weights = np.asarray(list(shares.values()), dtype=np.float64)
    return rng.choice(np.asarray(list(shares)), size=size, p=weights / weights.sum())


def _cell(name: str, entry: dict[str, Any]) -> Cell:
    lowest, usual, highest = entry["ages"]
    primary, vocational, higher = entry["education"]
    return Cell(
        name=name,
        benefit=entry["benefit"],
        group=entry["group"],
        ages=(lowest, usual, highest),
        first_age=entry["first_age"],
        last_age=entry.get("last_age", 67),
        hazard=_rising(entry["hazard"]),
        education=(primary, vocational, higher),
        direct=entry["direct"],
        before=entry["before"],
        longest=entry.get("longest"),
        first_start=entry.get("first_start"),
        last_start=entry.get("last_start"),
    )


def _rising(knots: list[list[float]]) -> tuple[tuple[float, float], ...]:
    weeks = [week for week, _ in knots]
    if any(later <= earlier for earlier, later in pairwise(weeks)):
        raise ValueError(f"The weeks of a hazard must rise: {weeks}")
    return tuple((week, rate) for week, rate in knots)
