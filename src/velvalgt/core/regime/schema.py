"""What a law file may say: acts, clocks, rules with their shapes, ledgers, examples."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from velvalgt.core.calendar import Span
from velvalgt.core.frames import vocabulary

CONFIRMED = ("CONFIRMED-LAW", "CONFIRMED-OFFICIAL")
Confidence = Literal[
    "CONFIRMED-LAW",
    "CONFIRMED-OFFICIAL",
    "UNCERTAIN-SEC",
    "UNCERTAIN-MEM",
    "UNCERTAIN-INF",
    "UNCERTAIN",
]
Language = Literal["da", "en"]


def _in(name: str) -> Callable[[str], str]:
    def known(word: str) -> str:
        words = [entry.word for entry in vocabulary(name)]
        if word not in words:
            raise ValueError(
                f"'{word}' is not in the vocabulary {name}; allowed: {', '.join(words)}"
            )
        return word

    return known


def _span(value: object) -> object:
    return Span.parse(value) if isinstance(value, str) else value


Group = Annotated[str, AfterValidator(_in("group"))]
Benefit = Annotated[str, AfterValidator(_in("benefit"))]
Flag = Annotated[str, AfterValidator(_in("flag"))]
Actor = Annotated[str, AfterValidator(_in("actor"))]
Form = Annotated[str, AfterValidator(_in("form"))]
EventKind = Annotated[str, AfterValidator(_in("kind"))]
Detail = Annotated[str, AfterValidator(_in("interview"))]
Length = Annotated[Span, BeforeValidator(_span)]
Share = Annotated[float, Field(gt=0, le=1)]


class Strict(BaseModel):
    """A part of a law file: no unknown field, nothing changed after reading."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, arbitrary_types_allowed=True
    )


class Texts(Strict):
    """A text in both languages."""

    da: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.da if language == "da" else self.en


class Source(Strict):
    """Where a rule stands: paragraph, act, and the public page that was read."""

    paragraph: str
    act: str
    url: str | None = None

    def __str__(self) -> str:
        return f"{self.paragraph}, {self.act}"


class Counting(Strict):
    """Which events count towards a duty."""

    kind: EventKind = "interview"
    held_by: tuple[Actor, ...] | None = None
    detail: Detail | None = None


class AtLeastN(Strict):
    """At least n events in a window on a clock (mindst n samtaler)."""

    n: int = Field(gt=0)
    opens: Length = Field(alias="from")
    closes: Length = Field(alias="to")
    counts: Counting = Counting()

    @model_validator(mode="after")
    def _in_order(self) -> AtLeastN:
        if self.opens.unit != self.closes.unit and self.opens.count:
            raise ValueError("'from' and 'to' must be in the same unit")
        if self.closes.count <= self.opens.count:
            raise ValueError("'to' must be later than 'from'")
        return self


class FirstWithin(Strict):
    """The first event at the latest so long after the start; no `within` where none was read."""

    within: Length | None = None
    start_event: EventKind | None = None
    counts: Counting = Counting()


class InnerCount(AtLeastN):
    """The count that a quota wraps."""

    shape: Literal["at_least_n_in_window"]


class PopulationQuota(Strict):
    """A count owed to a share of a population, met by a ledger (75 pct.-krav)."""

    inner: InnerCount
    min_share: Share
    ledger: str
    reason_required: bool


class Milestone(Strict):
    """An event with a content of its own, at the latest at an age on the clock."""

    at: Length
    counts: Counting


class RightOnRequest(Strict):
    """A right that opens when the citizen asks (ret til samtale)."""

    request: Literal["interview"]
    counts: Counting = Counting()


class ByNeed(Strict):
    """A duty when the authority sees need; it gives no rows."""

    after: Length
    reason_required: bool = False


class FormRule(Strict):
    """Which forms the first interview and the later ones may have."""

    first: tuple[Form, ...] = Field(min_length=1)
    later: tuple[Form, ...] = Field(min_length=1)
    chosen_by: Actor
    exception_detail: Detail


class ExemptionPredicate(Strict):
    """A ground that lifts the duty while it lasts (fritagelse efter § 106)."""

    needs_document: bool
    horizon: Length | None = None


class ExemptionOverride(Strict):
    """The authority's power to let the duty stand; recorded as the exemption's end."""

    ends_exemptions: bool


class LeaveOut(Strict):
    """The recorded assessment that someone will find work alone; it spends a quota."""

    max_share: Share
    reason_required: bool
    lifts_first_interview: bool


SHAPES: dict[str, type[Strict]] = {
    "at_least_n_in_window": AtLeastN,
    "first_within": FirstWithin,
    "population_quota": PopulationQuota,
    "milestone": Milestone,
    "right_on_request": RightOnRequest,
    "by_need": ByNeed,
    "form_rule": FormRule,
    "exemption_predicate": ExemptionPredicate,
    "exemption_override": ExemptionOverride,
    "leave_out": LeaveOut,
}
RIGHTS = ("right_on_request",)


def _shape_known(shape: str) -> str:
    if shape not in SHAPES:
        raise ValueError(f"'{shape}' is not a shape; allowed: {', '.join(SHAPES)}")
    return shape


class Case(Strict):
    """What a rule says for some of its groups, where it does not say the same for all."""

    groups: tuple[Group, ...] = Field(min_length=1)
    unless_flag: tuple[Flag, ...] = ()
    only_flag: tuple[Flag, ...] = ()
    actor: Actor
    params: FirstWithin


class Expected(Strict):
    """What an example says of one row of duties."""

    status: str
    person_id: int = 1
    since: date | None = None
    due: date | None = None
    required: int | None = None
    done: int | None = None
    reason: str | None = None


class Example(Strict):
    """A small life story and the duties that the rule gives."""

    name: Texts
    on: date
    people: tuple[dict[str, Any], ...] = ()
    spells: tuple[dict[str, Any], ...] = Field(min_length=1)
    events: tuple[dict[str, Any], ...] = ()
    expect: tuple[Expected, ...]


class Rule(Strict):
    """One rule of a law file, with all that a jurist's page shows."""

    id: str = Field(pattern=r"^[a-z0-9_]+$")
    regime: str
    standing: Literal["law", "frame"]
    name: Texts
    text: Texts
    groups: tuple[Group, ...] = Field(min_length=1)
    benefits: dict[Group, tuple[Benefit, ...]] = {}
    unless_flag: tuple[Flag, ...] = ()
    clock: tuple[str, ...] = ()
    shape: Annotated[str, AfterValidator(_shape_known)]
    params: Any
    cases: tuple[Case, ...] = ()
    forms: str | None = None
    actor: Actor
    exemptions: tuple[str, ...] = ()
    valid: tuple[date, date | None]
    planned_last_day: date | None = None
    commences: Literal["by_case_start", "by_date"]
    source: Source
    confidence: Confidence
    unverified: bool
    caveat: Texts | None = None
    last_checked: date
    examples: tuple[Example, ...] = Field(min_length=1)

    @property
    def is_right(self) -> bool:
        """Whether the citizen may ask for it, rather than owe it."""
        return self.shape in RIGHTS

    @property
    def is_quota(self) -> bool:
        """Whether only the ledger can fail."""
        return self.shape == "population_quota"

    @property
    def valid_from(self) -> date:
        """The first day in force."""
        return self.valid[0]

    @property
    def valid_to(self) -> date | None:
        """The day after the last day in force; None where the act names none."""
        last = self.valid[1]
        return None if last is None else date.fromordinal(last.toordinal() + 1)

    @model_validator(mode="before")
    @classmethod
    def _read_params(cls, data: Any) -> Any:
        """Doubt follows from confidence; parameters are read as their shape asks."""
        if not isinstance(data, dict):
            return data
        confirmed = data.get("confidence") in CONFIRMED
        return {**data, "unverified": data.get("unverified", False) or not confirmed}

    @model_validator(mode="after")
    def _consistent(self) -> Rule:
        last = self.valid[1]
        if last is not None and last < self.valid[0]:
            raise ValueError("valid: the last day is before the first")
        if self.unverified and self.caveat is None:
            raise ValueError("caveat: a rule that is not verified says what was not read")
        loose = sorted(set(self.groups) - {group for case in self.cases for group in case.groups})
        if self.cases and loose:
            raise ValueError(f"cases: none for the groups {', '.join(loose)}")
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
    last_checked: date


class LedgerRule(Strict):
    """A ledger (75 pct.-krav): which authority answers, and how it is counted."""

    id: str
    regime: str
    name: Texts
    text: Texts
    actor: Actor
    denominator: Literal["pooled", "per_group"]
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
    """A file of laws/: an act and the period in which its rules hold."""

    regime: str
    standing: Literal["law", "frame"] = "law"
    act: Act
    last_checked: date
    clocks: tuple[Clock, ...] = ()
    rules: tuple[Rule, ...] = ()
    ledgers: tuple[LedgerRule, ...] = ()
