"""What a law file may say: regimes, acts, clocks, rules, ledgers, dispensations, examples."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, model_validator

from velvalgt.core.frames import COLUMNS, Kind
from velvalgt.core.regime.parts import (
    Actor,
    Benefit,
    Commences,
    Confidence,
    EventKind,
    Flag,
    Form,
    Group,
    Id,
    Ids,
    Language,
    Source,
    Standing,
    Stated,
    Strict,
    Texts,
    Valid,
    refusal,
)
from velvalgt.core.regime.shapes import RIGHTS, SHAPES, WITH_ROWS, FirstWithin

__all__ = [
    "Act", "Case", "Clock", "ClockPart", "Dispensation", "Effect", "Example", "Expected",
    "Language", "LawFile", "LedgerRule", "Regime", "Rule",
]  # fmt: skip

Effect = Literal["duty_suspended", "form_relaxed", "clock_excluded"]
STATUSES = (
    "met",
    "upcoming",
    "overdue",
    "exempt",
    "suspended",
    "left_out",
    "lapsed",
    "not_applicable",
)
OVER = ("lapsed", "not_applicable")
"""The statuses in which nothing is asked any more."""
_OF_ROWS = ("municipalities", "regions", "a_kasser", "unless_flag", "only_flag")


def _shape_known(shape: str) -> str:
    if shape not in SHAPES:
        raise ValueError(refusal(shape, "a shape", SHAPES))
    return shape


def _status_known(status: str) -> str:
    if status not in STATUSES:
        raise ValueError(refusal(status, "a status", STATUSES))
    return status


def _columns_of(kind: Kind) -> AfterValidator:
    """A row of a story: columns of the frame, with codes in quotes so that no zero is lost."""

    def known(row: dict[str, Any]) -> dict[str, Any]:
        for name, value in row.items():
            if name not in COLUMNS[kind]:
                raise ValueError(refusal(name, f"a column of {kind}", list(COLUMNS[kind])))
            if name == "municipality" and not isinstance(value, str):
                raise ValueError(f'municipality: write the three digits in quotes, "{value:03}"')
        return row

    return AfterValidator(known)


class Regime(Strict):
    """A set of rules that hold together (regelsæt), and the one that it follows.

    `commences` says which cases pass to it from the one before: those that begin while it holds,
    or all, from its first day.
    """

    id: str = Field(pattern=r"^[A-Za-z0-9-]+$")
    name: Texts
    standing: Standing = "law"
    follows: str | None = None
    valid: Valid
    planned_last_day: date | None = None
    commences: Commences


class Case(Strict):
    """What a rule says for some of its groups, where it does not say the same for all."""

    groups: tuple[Group, ...] = Field(min_length=1)
    unless_flag: tuple[Flag, ...] = ()
    only_flag: tuple[Flag, ...] = ()
    actor: Actor
    params: FirstWithin


class Expected(Strict):
    """What an example says of one row of duties."""

    status: Annotated[str, AfterValidator(_status_known)]
    person_id: int = 1
    since: date | None = None
    due: date | None = None
    required: int | None = None
    done: int | None = None
    reason: str | None = None
    forms: tuple[Form, ...] | None = None


class Example(Strict):
    """A small life story and the duties that the rule gives; a dispensation names the rule."""

    name: Texts
    on: date
    rule: Id | None = None
    people: tuple[Annotated[dict[str, Any], _columns_of("people")], ...] = ()
    spells: tuple[Annotated[dict[str, Any], _columns_of("spells")], ...] = Field(min_length=1)
    events: tuple[Annotated[dict[str, Any], _columns_of("events")], ...] = ()
    expect: tuple[Expected, ...]


class Rule(Stated):
    """One rule of a law file, with all that a jurist's page shows."""

    id: Id
    regimes: tuple[str, ...]
    standing: Standing
    name: Texts
    text: Texts
    groups: tuple[Group, ...] = Field(min_length=1)
    benefits: dict[Group, tuple[Benefit, ...]] = {}
    unless_flag: tuple[Flag, ...] = ()
    only_flag: tuple[Flag, ...] = ()
    clock: tuple[str, ...] = ()
    shape: Annotated[str, AfterValidator(_shape_known)]
    params: Any
    cases: tuple[Case, ...] = ()
    forms: Ids = ()
    actor: Actor
    exemptions: tuple[str, ...] = ()
    planned_last_day: date | None = None
    commences: Commences
    last_checked: date
    examples: tuple[Example, ...] = Field(min_length=1)

    @property
    def gives_rows(self) -> bool:
        """Whether it asks something itself, on a clock, rather than changing what others ask."""
        return self.shape in WITH_ROWS and bool(self.clock)

    @property
    def is_right(self) -> bool:
        """Whether the citizen may ask for it, rather than owe it."""
        return self.shape in RIGHTS

    @property
    def is_quota(self) -> bool:
        """Whether only the ledger can fail."""
        return self.shape == "population_quota"

    @model_validator(mode="after")
    def _consistent(self) -> Rule:
        loose = sorted(set(self.groups) - {group for case in self.cases for group in case.groups})
        lone = [name for name in _OF_ROWS if getattr(self, name)]
        if self.shape not in WITH_ROWS and lone:
            raise ValueError(f"{lone[0]}: only a rule that gives rows has them")
        if self.cases and self.shape != "first_within":
            raise ValueError("cases: only a rule of the shape first_within has them")
        if self.cases and loose:
            raise ValueError(f"cases: none for the groups {', '.join(loose)}")
        return self


class Dispensation(Stated):
    """A dated window, given by the State, that changes what rules ask (dispensation).

    It lifts duties, adds forms to those that an interview may have (`only` those, for booking), or
    stops a clock; never two of these in one entry.
    """

    id: Id
    instrument: str = Field(min_length=3)
    effect: Effect
    rules: tuple[Id, ...] = ()
    clocks: tuple[Id, ...] = ()
    forms: tuple[Form, ...] = ()
    only: bool = False
    text: Texts
    last_checked: date | None = None
    examples: tuple[Example, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Dispensation:
        needed = {
            "duty_suspended": {"rules"},
            "form_relaxed": {"rules", "forms"},
            "clock_excluded": {"clocks"},
        }[self.effect]
        given = {name for name in ("rules", "clocks", "forms") if getattr(self, name)}
        if given != needed:
            wanted = " and ".join(sorted(needed))
            raise ValueError(
                f"effect: {self.effect} takes {wanted}, here: {', '.join(sorted(given))}"
            )
        return self


class ClockPart(Strict):
    """One way in which a clock starts, restarts or goes on, with its own source."""

    id: str
    groups: tuple[Group, ...] = Field(min_length=1)
    starts_at: EventKind | None = None
    restarts_at: EventKind | None = None
    restarts_from: tuple[Group, ...] = ()
    across_benefits: bool = False
    text: Texts
    source: Source
    confidence: Confidence


class Clock(Strict):
    """How time is counted (LAB § 9): what it adds up, where it starts and restarts."""

    id: str
    name: Texts
    text: Texts
    groups: tuple[Group, ...] = Field(min_length=1)
    benefits: tuple[Benefit, ...] = ()
    counts: Literal["accumulated", "unbroken"]
    authority_count: bool = False
    parts: tuple[ClockPart, ...] = ()
    source: Source
    confidence: Confidence
    caveat: Texts | None = None
    last_checked: date


class LedgerRule(Strict):
    """A ledger (75 pct.-krav): which authority answers, and how it is counted."""

    id: str
    regimes: tuple[str, ...]
    name: Texts
    text: Texts
    actor: Actor
    denominator: Literal["pooled", "per_group"]
    cohort: Literal["start_month", "due_half_year"]
    leavers: Literal["excluded", "counted"]
    caveat: Texts


class Act(Strict):
    """The act that a file holds."""

    id: str
    name: Texts
    url: str | None = None
    commencement_source: str
    transition: Texts


class LawFile(Strict):
    """A file of laws/: an act and the period in which its rules hold, or dispensations."""

    regime: Regime | None = None
    regimes: tuple[str, ...] = ()
    act: Act | None = None
    last_checked: date | None = None
    clocks: tuple[Clock, ...] = ()
    rules: tuple[Rule, ...] = ()
    ledgers: tuple[LedgerRule, ...] = ()
    dispensations: tuple[Dispensation, ...] = ()

    @model_validator(mode="after")
    def _has_an_act(self) -> LawFile:
        if self.rules and self.act is None:
            raise ValueError("act: a file with rules names its act")
        return self
