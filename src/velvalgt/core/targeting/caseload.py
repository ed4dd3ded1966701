"""Cases and caseworkers to be matched: what is asked, what counts how much, what is answered."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Keys = NDArray[np.uint64]

NOBODY = -1
REASONS = ("load", "guideline", "competence", "language", "industry", "continuity", "geography")
"""What a case costs at a caseworker, in the order of `Assignment.terms`."""
Code = Literal[
    "absent",
    "conflict",
    "own_choice",
    "other_unit",
    "required_competence",
    "over_load",
    "room_elsewhere",
    "guideline",
    "competence",
    "language",
    "industry",
    "geography",
]


class BadCaseload(ValueError):
    """A caseload that cannot be shared out: it says whose, and how to mend it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What counts how much, in cases: 1 is an average case more than a caseworker's band holds.

    The values here are where a municipality starts, and its own to change; they stem from no
    study. They say: a caseworker within a tenth of their balanced load is left in peace; beyond it,
    evening out is worth a change of caseworker, but only just; so is a competence or a language
    that is lacking; an industry or a long way alone is not, but decides who gets a new case.

    Attributes:
        change: a citizen gets another caseworker.
        band: how far from their balanced load a caseworker may be, as a share of it.
        uneven: an average case off balance within the band, beyond half a case.
        over: an average case off balance beyond the band; what all else is measured by.
        guideline: an average case above the top of the guidelines.
        competence: the competence that the case asks for is lacking.
        language: no common language, so that an interpreter is needed.
        industry: the caseworker does not know the citizen's industry.
        km: a kilometre between citizen and caseworker.
    """

    change: float = 0.8
    band: float = 0.1
    uneven: float = 0.1
    over: float = 1.0
    guideline: float = 1.0
    competence: float = 1.2
    language: float = 1.2
    industry: float = 0.4
    km: float = 0.02

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if not (np.isfinite(value) and value >= 0):
                raise BadCaseload(f"The weight {field.name} is {value}: give a number from 0 up.")
        if self.uneven > self.over:
            raise BadCaseload(
                "A case within the band cannot cost more than one beyond: lower uneven."
            )


@dataclass(frozen=True, slots=True, eq=False)
class Caseload:
    """The cases and caseworkers of a municipality (sagsstamme), in units that share no cases.

    A case lies in the unit that the citizen chose, else in the unit that has it. A caseworker
    without capacity is away: nobody is given to them, and leaving them is no change that counts.

    Attributes:
        weight: (n,) what each case weighs, as a share of a full-time caseworker; `case_weight`.
        now: (n,) the column of the present caseworker, `NOBODY` where there is none.
        capacity: (c,) what each caseworker can carry, in full-time caseworkers; `full_times`.
        unit: (c,) each caseworker's unit, any number from 0 up.
        home: (n,) the unit that has the case; that of the present caseworker where None.
        chosen: (n,) the unit that the citizen chose, -1 where none; never overridden.
        guideline: (n, 2) fewest and most cases like this for one full time, NaN where there is no
            guideline; `Guidelines.of`.
        competence: (n, c) how much the caseworker has of what the case asks for, 0 to 1.
        required: (n,) whether less than all of it closes the pair.
        language: (n, c) whether the two have a language in common; if not it takes an interpreter.
        industry: (n, c) whether the caseworker knows the citizen's industry.
        distance: (n, c) kilometres between them.
        forbidden: (n, c) a conflict of interest, as one's own family: never.
        keep: (n,) a factor on what a change costs, 1 where None.
        key: (n,) a lasting number for each case, which ties go by; the row where None.
        caseworker_key: (c,) the same for each caseworker; the column where None.
    """

    weight: Floats
    now: Ints
    capacity: Floats
    unit: Ints
    home: Ints | None = None
    chosen: Ints | None = None
    guideline: Floats | None = None
    competence: Floats | None = None
    required: Bools | None = None
    language: Bools | None = None
    industry: Bools | None = None
    distance: Floats | None = None
    forbidden: Bools | None = None
    keep: Floats | None = None
    key: Keys | None = None
    caseworker_key: Keys | None = None

    @property
    def shape(self) -> tuple[int, int]:
        """How many cases, and how many caseworkers."""
        return len(self.weight), len(self.capacity)

    def places(self) -> Ints:
        """The unit in which each case lies: (n,), -1 where nothing says."""
        place = self.home
        if place is None:
            place = np.where(self.now >= 0, self.unit[self.now], -1)
        return place if self.chosen is None else np.where(self.chosen >= 0, self.chosen, place)


@dataclass(frozen=True, slots=True)
class Move:
    """A case that would get another caseworker.

    Attributes:
        case: its row.
        leaves: the column of the present caseworker.
        to: the column of the proposed one.
        codes: why: what forces it, or else what is so much better at the proposed caseworker that
            the case would stay without it, the strongest first.
    """

    case: int
    leaves: int
    to: int
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Assignment:
    """A caseworker for every case, why, and how good that is.

    Attributes:
        choice: (n,) the column of the proposed caseworker.
        objective: what the proposal costs, in cases as `Terms` counts them.
        bound: no proposal costs less.
        gap: (objective - bound) / objective, 0 where they are equal.
        terms: (n, 2, 7) what the case costs at the present and at the proposed caseworker while all
            others lie as proposed, by `REASONS`; NaN at the present one where there is none.
        load_before: (c,) the weight of each caseworker's cases now, in full-time caseworkers.
        load_after: (c,) the same as proposed.
        balanced: (c,) what each would carry if all in the unit carried alike.
        guideline_before: (c,) the share of the top of the guidelines that the cases now fill, NaN
            for who is away.
        guideline_after: (c,) the same as proposed.
        moves: the cases that would get another caseworker, by row.
    """

    choice: Ints
    objective: float
    bound: float
    gap: float
    terms: Floats
    load_before: Floats
    load_after: Floats
    balanced: Floats
    guideline_before: Floats
    guideline_after: Floats
    moves: tuple[Move, ...]
