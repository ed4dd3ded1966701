"""Where and when something holds: windows of days in places, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from velvalgt.core.frames import a_kasser, enum, municipalities
from velvalgt.core.regime.lives import NEVER, Flags, Ints, Lives, day_number
from velvalgt.core.regime.parts import Placed, Stated


@dataclass(frozen=True, slots=True)
class Places:
    """Municipalities and a-kasser by number; None where it holds in all of them."""

    municipalities: tuple[int, ...] | None = None
    a_kasser: tuple[int, ...] | None = None

    @property
    def are_all(self) -> bool:
        """Whether it is the whole country."""
        return self.municipalities is None and self.a_kasser is None

    def hold(self, lives: Lives, person: Ints, day: Ints) -> Flags:
        """Whether each person is there on a day."""
        if self.are_all:
            return np.ones(person.shape, np.bool_)
        return self.include(lives.municipality(person, day), lives.a_kasse[person])

    def include(self, municipality: Ints, a_kasse: Ints) -> Flags:
        """Whether each municipality and a-kasse is one of these."""
        here = np.ones(municipality.shape, np.bool_)
        if self.municipalities is not None:
            here &= np.isin(municipality, self.municipalities)
        if self.a_kasser is not None:
            here &= np.isin(a_kasse, self.a_kasser)
        return here

    def meet(self, other: Places) -> bool:
        """Whether somebody may be in both."""
        return all(
            mine is None or theirs is None or bool(set(mine) & set(theirs))
            for mine, theirs in (
                (self.municipalities, other.municipalities),
                (self.a_kasser, other.a_kasser),
            )
        )


ALL = Places()


@dataclass(frozen=True, slots=True)
class Window:
    """Days from first, in, to end, out, in some places; `id` is what the window comes from."""

    id: str
    first: int
    end: int
    places: Places = ALL

    def hold(self, lives: Lives, person: Ints, day: Ints) -> Flags:
        """Whether each person is in it on a day."""
        inside = (day >= self.first) & (day < self.end)
        if inside.any() and not self.places.are_all:
            inside[inside] &= self.places.hold(lives, person[inside], day[inside])
        return np.asarray(inside)


def regions_on(day: date) -> list[str]:
    """The regions that there are on a day."""
    return _municipalities_on(day)["region"].unique().sort().to_list()


def places_of(placed: Placed, on: date) -> Places:
    """The places of a rule or dispensation; a region is taken as it is on a day."""
    codes = set(placed.municipalities)
    if placed.regions:
        named = pl.col("region").is_in(list(placed.regions))
        codes |= set(_municipalities_on(on).filter(named)["code"].cast(pl.String))
    numbers = enum("municipality").categories.to_list()
    funds = list(a_kasser())
    return Places(
        tuple(sorted(numbers.index(code) for code in codes)) if codes else None,
        tuple(funds.index(fund) for fund in placed.a_kasser) or None,
    )


def _municipalities_on(day: date) -> pl.DataFrame:
    there = (pl.col("start") <= day) & (pl.col("end").is_null() | (pl.col("end") > day))
    return municipalities().filter(there)


def days_of_validity(stated: Stated) -> tuple[int, int]:
    """The first day of something stated, and the day after its last; NEVER where it has none."""
    end = stated.valid_to
    return day_number(stated.valid_from), NEVER if end is None else day_number(end)
