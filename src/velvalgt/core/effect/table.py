"""What the file of gains may say: efforts, levels of need, rows with study, figure and reading."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from velvalgt.core.effect.studies import KINDS, Status, Strict, Texts
from velvalgt.core.words import vocabulary

NEED_LEVELS = ("close", "some_help", "at_risk", "far")
"""A caseworker's assessment of how close to work somebody is, the closest first."""
SELF_SERVICE = "self_service"
HORIZON_WEEKS = 104

Unit = Literal[
    "days_ordinary",
    "days_employed",
    "weeks_employed",
    "points_employed",
    "hazard_ratio",
    "direction",
]
Shape = Literal["up", "flat", "down", "depends", "unknown"]


def _a_group(word: str) -> str:
    known = [entry.word for entry in vocabulary("group")]
    if word not in known:
        raise ValueError(f"'{word}' is no target group; there are: {', '.join(known)}")
    return word


def _a_flag(word: str) -> str:
    known = [entry.word for entry in vocabulary("flag")]
    if word not in known:
        raise ValueError(f"'{word}' is no flag; there are: {', '.join(known)}")
    return word


Id = Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
Group = Annotated[str, AfterValidator(_a_group)]
Flag = Annotated[str, AfterValidator(_a_flag)]
Level = Literal["close", "some_help", "at_risk", "far"]


class NeedLevel(Strict):
    """How close to work somebody is, in words."""

    id: Level
    words: Texts


class Outcome(Strict):
    """What a gained week is a week of, and for which target groups that is what counts."""

    id: Literal["ordinary_work", "paid_hours", "progression"]
    words: Texts
    groups: tuple[Group, ...]
    units: tuple[Unit, ...]
    why: Texts


class Profile(Strict):
    """When an effort's gain comes: more work, less, or no change, in four stretches of time."""

    weeks_0_8: Shape
    during: Shape
    months_3_12: Shape
    years_2_3: Shape
    status: Status
    basis: str = Field(min_length=3)


class Effort(Strict):
    """Something that may be done, as the table knows it.

    Attributes:
        kind: the catalogue's word; contact for meetings, none for self-service.
        only_flag: closed to everyone who bears none of these flags.
    """

    id: Id
    kind: Literal[
        "none", "contact", "course", "placement", "wage_subsidy", "mentor", "network", "guidance",
        "team",
    ]  # fmt: skip
    words: Texts
    only_flag: tuple[Flag, ...] = ()
    profile: Profile | None = None


class Measured(Strict):
    """What the source says: the figure and its standard error, in the source's own unit.

    Attributes:
        figure: none where only the direction was read.
        months: the time over which it was counted.
        status: confirmed where it was read in the source or its summary, secondhand where told.
    """

    unit: Unit
    figure: float | None
    standard_error: Annotated[float, Field(gt=0)] | None
    months: int | None = Field(gt=0)
    status: Status
    conversion: Texts

    @model_validator(mode="after")
    def _a_figure_or_a_direction(self) -> Measured:
        if (self.figure is None) != (self.unit == "direction"):
            raise ValueError("figure: none goes with the unit direction, and with no other")
        return self


class Reading(Strict):
    """What we make of it: weeks within 104 weeks, before displacement; a judgement, with why."""

    mean: float = Field(ge=-HORIZON_WEEKS, le=HORIZON_WEEKS)
    sd: float = Field(gt=0, le=HORIZON_WEEKS)
    why: Texts


class Row(Strict):
    """What one study says of one effort for some groups and levels of need."""

    id: Id
    effort: str
    groups: tuple[Group, ...] = Field(min_length=1)
    levels: tuple[Level, ...] = Field(min_length=1)
    study: str
    likeness: Literal["same", "near", "other"]
    measured: Measured
    reading: Reading


class Displacement(Strict):
    """How much of a gain is taken from others when everyone gets the effort; a starting value."""

    value: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)
    studies: tuple[str, ...] = Field(min_length=1)
    why: Texts

    @model_validator(mode="after")
    def _in_order(self) -> Displacement:
        if not self.low <= self.value <= self.high:
            raise ValueError("value: it lies between low and high")
        return self


class Order(Strict):
    """For those who bear a flag some efforts are shown before others, whatever their gains."""

    flag: Flag
    first: tuple[str, ...] = Field(min_length=1)
    then: tuple[str, ...] = Field(min_length=1)
    why: Texts


class Table(Strict):
    """The file of gains as a whole."""

    levels: tuple[NeedLevel, ...]
    outcomes: tuple[Outcome, ...]
    likeness: dict[Literal["same", "near", "other"], Texts]
    shapes: dict[Shape, Texts]
    units: dict[Unit, Texts]
    displacement: Displacement
    well_measured: tuple[str, ...]
    efforts: tuple[Effort, ...]
    orders: tuple[Order, ...]
    rows: tuple[Row, ...]

    @model_validator(mode="after")
    def _whole(self) -> Table:
        if tuple(level.id for level in self.levels) != NEED_LEVELS:
            raise ValueError(f"levels: exactly these, in this order: {', '.join(NEED_LEVELS)}")
        if not self.efforts or self.efforts[0].id != SELF_SERVICE:
            raise ValueError("efforts: self_service stands first")
        missing = sorted(set(KINDS) - {effort.kind for effort in self.efforts})
        if missing:
            raise ValueError(f"efforts: none of the catalogue's kind {', '.join(missing)}")
        counted = [group for outcome in self.outcomes for group in outcome.groups]
        if sorted(counted) != sorted(entry.word for entry in vocabulary("group")):
            raise ValueError("outcomes: each target group stands at exactly one outcome")
        return self

    def outcome_of(self, group: str) -> Outcome:
        """What counts for a target group."""
        return next(outcome for outcome in self.outcomes if group in outcome.groups)
