"""Who stands where on the day, and the spells that led there: arrays, a spell an element."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.lab.parameters import (
    NO_OFFER,
    OPEN,
    Cell,
    Floats,
    Ints,
    Parameters,
    day_number,
)

WEEKS = 522
YEAR = 365.25
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Lives:
    """Spells (forløb på ydelse) of all citizens, who are 0..n-1; days count from 1970-01-01."""

    born: Ints  # (n,) day
    offer: NDArray[np.str_]  # (n,) the offer running on the day, or NO_OFFER
    cell: Ints  # (n,) where the citizen stands, or stood last
    spell_person: Ints  # (m,)
    spell_cell: Ints  # (m,)
    spell_start: Ints  # (m,) day
    spell_end: Ints  # (m,) first day out, OPEN when running


def live(parameters: Parameters, n: int, on: int, rng: np.random.Generator) -> Lives:
    """Draw n citizens with ten years of spells up to a day.

    Args:
        parameters: volumes, cells and history.
        n: citizens.
        on: the day.
        rng: the generator; the same state gives the same lives.

    Returns:
        The lives; spells are in no particular order.
    """
    survival = _survival(parameters)
    cell, offer, in_stock = _stand(parameters, survival, n, rng)
    elapsed = _elapsed(parameters, survival, cell, on, rng)
    length = _lengths(survival, cell, rng)
    left = on - rng.integers(1, 7 * parameters.history["left_within_weeks"], size=n)
    born = _born(parameters, cell, np.where(in_stock, on, left), rng)
    earliest = _earliest(parameters, cell, born, on)
    end = np.where(in_stock, OPEN, left)
    start = np.where(in_stock, on - elapsed, left - length)
    # A citizen whose spell would begin too early gets it from the first day that is possible.
    start = np.clip(start, earliest, np.where(in_stock, on - 1, left - 7))
    person, cells, starts, ends = _before(parameters, survival, (cell, start, born), on, rng)
    return Lives(
        born=born,
        offer=np.where(in_stock, offer, NO_OFFER),
        cell=cell,
        spell_person=np.concatenate([np.arange(n), person]),
        spell_cell=np.concatenate([cell, cells]),
        spell_start=np.concatenate([start, starts]),
        spell_end=np.concatenate([end, ends]),
    )


def _days(years: float) -> int:
    return int(np.ceil(years * YEAR))


def _survival(parameters: Parameters) -> Floats:
    """(cells, WEEKS + 1) share still there after each number of whole weeks; 0 after the last."""
    stay = np.stack([1.0 - cell.hazards(WEEKS) for cell in parameters.cells])
    shares = np.concatenate([np.ones((len(stay), 1)), np.cumprod(stay, axis=1)], axis=1)
    shares[:, -1] = 0.0
    return shares


def _stand(
    parameters: Parameters, survival: Floats, n: int, rng: np.random.Generator
) -> tuple[Ints, NDArray[np.str_], NDArray[np.bool_]]:
    """Place each citizen; those who have left are drawn by flow, stock over mean length."""
    places = parameters.places
    of_place = np.asarray([place.cell for place in places])
    volume = np.asarray([place.per_100000 for place in places])
    flow = volume / survival.sum(axis=1)[of_place]
    in_stock = rng.random(n) < parameters.history["in_stock"]
    drawn = np.where(
        in_stock,
        rng.choice(len(places), size=n, p=volume / volume.sum()),
        rng.choice(len(places), size=n, p=flow / flow.sum()),
    )
    offer = np.asarray([place.offer for place in places])[drawn]
    return of_place[drawn], offer, in_stock


def _born(parameters: Parameters, cell: Ints, on: Ints, rng: np.random.Generator) -> Ints:
    """Days of birth; the cell's ages hold on the day, or on the day that the citizen left."""
    ages = np.asarray([cell.ages for cell in parameters.cells])[cell]
    years = rng.triangular(ages[:, 0], ages[:, 1], ages[:, 2])
    born: Ints = on - np.floor(years * YEAR).astype(np.int64)
    return born


def _elapsed(
    parameters: Parameters, survival: Floats, cell: Ints, on: int, rng: np.random.Generator
) -> Ints:
    """Days since the running spell began: in a steady state, age is drawn by survival."""
    weight = survival[:, :WEEKS].copy()
    weeks = np.arange(WEEKS)
    for number, kind in enumerate(parameters.cells):
        least, most = _age_bounds(kind, on)
        weight[number, (weeks < least) | (weeks > most)] = 0.0
    return 7 * _draw(weight, cell, rng) + rng.integers(1, 8, size=len(cell))


def _age_bounds(cell: Cell, on: int) -> tuple[int, int]:
    least = 0 if cell.last_start is None else (on - day_number(cell.last_start)) // 7
    most = WEEKS if cell.first_start is None else (on - day_number(cell.first_start)) // 7 - 1
    return max(least, 0), most


def _lengths(survival: Floats, cell: Ints, rng: np.random.Generator) -> Ints:
    """Days of spells that have ended, drawn by how many leave each week."""
    leaving = survival[:, :-1] - survival[:, 1:]
    return 7 * _draw(leaving, cell, rng) + rng.integers(7, 14, size=len(cell))


def _draw(weight: Floats, row: Ints, rng: np.random.Generator) -> Ints:
    """A column for each row index, drawn by the row's weights."""
    chance = rng.random(len(row))
    drawn = np.zeros(len(row), dtype=np.int64)
    for number in range(len(weight)):
        members = np.flatnonzero(row == number)
        cumulated = np.cumsum(weight[number])
        drawn[members] = np.searchsorted(
            cumulated, chance[members] * cumulated[-1], side="right"
        ).clip(max=weight.shape[1] - 1)
    return drawn


def _earliest(parameters: Parameters, cell: Ints, born: Ints, on: int) -> Ints:
    """The first day on which the spell may begin, by age and by the ten years."""
    first = np.asarray([_days(kind.first_age) for kind in parameters.cells])[cell]
    window: Ints = np.maximum(born + first, on - _days(parameters.history["years"]))
    return window


def _before(
    parameters: Parameters,
    survival: Floats,
    now: tuple[Ints, Ints, Ints],
    on: int,
    rng: np.random.Generator,
) -> tuple[Ints, Ints, Ints, Ints]:
    """Earlier spells, a round at a time, each before the one drawn last."""
    cell, start, born = now
    always = np.asarray([kind.direct == 1.0 for kind in parameters.cells])
    person = np.arange(len(cell))
    rounds: list[tuple[Ints, Ints, Ints, Ints]] = []
    for _ in range(_ROUNDS):
        chance = np.where(always[cell], 1.0, parameters.history["another_spell"])
        again = rng.random(len(person)) < chance
        person, cell, start = person[again], cell[again], start[again]
        earlier, begins, ends = _one_before(parameters, survival, cell, start, rng)
        fits = _fits(parameters, earlier, (begins, ends, born[person]), on)
        person, cell, start, ends = person[fits], earlier[fits], begins[fits], ends[fits]
        rounds.append((person, cell, start, ends))
    return (
        np.concatenate([one[0] for one in rounds]),
        np.concatenate([one[1] for one in rounds]),
        np.concatenate([one[2] for one in rounds]),
        np.concatenate([one[3] for one in rounds]),
    )


def _one_before(
    parameters: Parameters, survival: Floats, cell: Ints, start: Ints, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    cells = parameters.cells
    earlier = _draw(parameters.transitions(), cell, rng)
    gap = 28 + np.floor(rng.exponential(7.0 * parameters.history["gap_weeks"], len(cell)))
    benefit = np.unique([kind.benefit for kind in cells], return_inverse=True)[1]
    # Two spells on the same benefit that meet are one spell.
    may_meet = benefit[cell] != benefit[earlier]
    meets = may_meet & (rng.random(len(cell)) < np.asarray([k.direct for k in cells])[cell])
    ends = start - np.where(meets, 0, gap).astype(np.int64)
    return earlier, ends - _lengths(survival, earlier, rng), ends


def _fits(
    parameters: Parameters, cell: Ints, period: tuple[Ints, Ints, Ints], on: int
) -> NDArray[np.bool_]:
    begins, ends, born = period
    cells = parameters.cells
    first = np.asarray([_days(kind.first_age) for kind in cells])[cell]
    last = np.asarray([int(kind.last_age * YEAR) for kind in cells])[cell]
    inside = begins >= on - _days(parameters.history["years"])
    fits: NDArray[np.bool_] = inside & (begins >= born + first) & (ends <= born + last)
    return fits
