"""The shapes that a rule may have, with the parameters of each (regeltyper)."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from velvalgt.core.regime.parts import (
    Actor,
    Detail,
    EventKind,
    Form,
    Ground,
    Group,
    Id,
    Length,
    Offer,
    Request,
    Share,
    Strict,
    Texts,
)


class Counting(Strict):
    """Which events count towards a duty; an offer counts when it lasts `min_length`."""

    kind: EventKind = "interview"
    held_by: tuple[Actor, ...] | None = None
    detail: Detail | None = None
    min_length: Length | None = None


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


class ConditionalDuty(AtLeastN):
    """A count that is owed only once somebody has asked for it in the window."""

    asked: Request


class FirstWithin(Strict):
    """The first event at the latest so long after the start; no `within` where none was read."""

    within: Length | None = None
    start_event: EventKind | None = None
    counts: Counting = Counting()


class InnerCount(AtLeastN):
    """The count that a quota wraps."""

    shape: str = Field(pattern="^at_least_n_in_window$")


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

    request: Request
    counts: Counting = Counting()


class ByNeed(Strict):
    """A duty when the authority sees need, or as the plan says; it gives no rows."""

    after: Length | None = None
    agreed_in_plan: bool = False
    reason_required: bool = False


class Aged(Strict):
    """Forms that open when the case has an age on its clock."""

    age: Length
    forms: tuple[Form, ...] = Field(min_length=1)


class FormRule(Strict):
    """Which forms the first interview and the later ones may have."""

    first: tuple[Form, ...] = Field(min_length=1)
    later: tuple[Form, ...] = Field(min_length=1)
    from_age: Aged | None = None
    chosen_by: Actor
    exception_detail: Detail


class AttendeeChoice(Strict):
    """The citizen decides whether somebody takes part; it gives no rows."""

    attendee: Actor


class ExemptionPredicate(Strict):
    """A ground that lifts the duty while it lasts (fritagelse efter § 106)."""

    needs_document: bool
    horizon: Length | None = None
    kind: EventKind = "exemption"


class ListedGround(Strict):
    """One ground of a list: an exemption with this detail, or any event of a kind."""

    detail: Ground
    kind: EventKind | None = None
    groups: tuple[Group, ...] = ()
    horizon: Length | None = None
    name: Texts


class OutOfScopeList(Strict):
    """A dated list of those whom the duty does not reach."""

    grounds: tuple[ListedGround, ...] = Field(min_length=1)


class ExemptionOverride(Strict):
    """The authority's power to let the duty stand; recorded as the exemption's end."""

    ends_exemptions: bool


class AgeStep(Strict):
    """An age for those born from a day on."""

    born_from: date | None = None
    years: int = Field(gt=0)
    months: int = Field(default=0, ge=0, lt=12)


class AgeLimit(Strict):
    """The age at which the groups end: their duties stop, their rights do not."""

    ages: tuple[AgeStep, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> AgeLimit:
        days = [step.born_from or date.min for step in self.ages]
        if days != sorted(set(days)):
            raise ValueError("ages: each 'born_from' must be later than the one before")
        return self


class LeaveOut(Strict):
    """The recorded assessment that someone will find work alone; it spends a quota."""

    max_share: Share
    reason_required: bool
    lifts_first_interview: bool


class DoesNotCountAs(Strict):
    """Kinds of offer that do not count towards other rules while this one holds."""

    of: tuple[Id, ...] = Field(min_length=1)
    types: tuple[Offer, ...] = Field(min_length=1)


class DeadlineWithGrace(Strict):
    """More time: after an exemption has ended, or for a kind of offer that was given in time."""

    of: tuple[Id, ...] = Field(min_length=1)
    grace: Length
    given: tuple[Offer, ...] = ()
    after_exemption: bool = False

    @model_validator(mode="after")
    def _one_condition(self) -> DeadlineWithGrace:
        if bool(self.given) == self.after_exemption:
            raise ValueError("give either 'given' or 'after_exemption'")
        return self


SHAPES: dict[str, type[Strict]] = {
    "at_least_n_in_window": AtLeastN,
    "first_within": FirstWithin,
    "population_quota": PopulationQuota,
    "conditional_duty": ConditionalDuty,
    "milestone": Milestone,
    "right_on_request": RightOnRequest,
    "by_need": ByNeed,
    "attendee_choice": AttendeeChoice,
    "form_rule": FormRule,
    "exemption_predicate": ExemptionPredicate,
    "out_of_scope_list": OutOfScopeList,
    "exemption_override": ExemptionOverride,
    "age_limit": AgeLimit,
    "leave_out": LeaveOut,
    "does_not_count_as": DoesNotCountAs,
    "deadline_with_grace": DeadlineWithGrace,
}
RIGHTS = ("right_on_request", "attendee_choice")
LIFTS = ("exemption_predicate", "out_of_scope_list", "leave_out")
WITH_ROWS = (
    "at_least_n_in_window",
    "first_within",
    "population_quota",
    "conditional_duty",
    "milestone",
    "right_on_request",
)
