"""What rules and dispensations do to other rules: lift, pause, end, widen, not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from velvalgt.core.calendar import Span
from velvalgt.core.regime.clocks import after
from velvalgt.core.regime.lives import NEVER, Ints, day_number
from velvalgt.core.regime.places import Window, days_of_validity, places_of
from velvalgt.core.regime.schema import Dispensation, Regime, Rule
from velvalgt.core.regime.shapes import (
    Aged,
    AgeLimit,
    DeadlineWithGrace,
    DoesNotCountAs,
    ExemptionPredicate,
    FormRule,
    LeaveOut,
    OutOfScopeList,
)


@dataclass(frozen=True, slots=True)
class Lift:
    """A ground that exempts: which events, of whom, and at most how long from the event.

    `detail` None means any; `reason` is what the duty says, `rule` where the ground stands.
    """

    reason: str
    rule: str
    kind: str
    detail: str | None
    groups: tuple[str, ...]
    horizon: Span | None
    valid: tuple[int, int]


@dataclass(frozen=True, slots=True)
class AgeOut:
    """The age at which groups end: months of age for those born from a day on."""

    rule: str
    groups: tuple[str, ...]
    born_from: tuple[int, ...]
    months: tuple[int, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Out:
    """The leave-outs that lift a rule: of which groups, recorded between which days."""

    groups: tuple[str, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class FormPeriod:
    """The forms of an interview while one form rule holds."""

    first_day: int
    end: int
    first: tuple[str, ...]
    later: tuple[str, ...]
    from_age: Aged | None
    exception: str


@dataclass(frozen=True, slots=True)
class Opening:
    """Forms that a dispensation adds, or puts in place of all others."""

    window: Window
    forms: tuple[str, ...]
    only: bool
    speciality: int


@dataclass(frozen=True, slots=True)
class Uncounted:
    """Types of offer that do not count when they begin in a period."""

    types: tuple[str, ...]
    first: int
    end: int


@dataclass(frozen=True, slots=True)
class Grace:
    """More time after the due day: for offers of a type given in time, or after an exemption."""

    span: Span
    given: tuple[str, ...]
    first: int
    end: int

    def after(self, due: Ints, start: Ints) -> Ints:
        """The day so long after a start, where the last day lies in the days of the rule."""
        holds = (due >= self.first) & (due < self.end)
        return np.where(holds, after(start, self.span), due)


@dataclass(frozen=True, slots=True)
class End:
    """A day on which a rule stops: for cases that begin from then on, or for all."""

    day: int
    by_case_start: bool


class Modifiers:
    """All that changes what rules ask, looked up by the rule that it changes."""

    def __init__(
        self,
        rules: Sequence[Rule],
        regimes: Mapping[str, Regime],
        dispensations: Sequence[Dispensation],
    ) -> None:
        self._rules = rules
        self._by_id = {rule.id: rule for rule in rules}
        self._regimes = regimes
        self._dispensations = dispensations

    def lifts_of(self, rule: Rule) -> tuple[Lift, ...]:
        """The grounds that exempt from a rule, in its own order."""
        return tuple(lift for name in rule.exemptions for lift in self._lifts(self._by_id[name]))

    @staticmethod
    def _lifts(rule: Rule) -> Iterator[Lift]:
        valid = days_of_validity(rule)
        if isinstance(rule.params, ExemptionPredicate):
            kind, horizon = rule.params.kind, rule.params.horizon
            yield Lift(rule.id, rule.id, kind, rule.id, rule.groups, horizon, valid)
        if isinstance(rule.params, OutOfScopeList):
            for ground in rule.params.grounds:
                groups = ground.groups or rule.groups
                told = (groups, ground.horizon, valid)
                yield Lift(ground.detail, rule.id, "exemption", ground.detail, *told)
                if ground.kind is not None:
                    yield Lift(ground.detail, rule.id, ground.kind, None, *told)

    def outs_of(self, rule: Rule) -> tuple[Out, ...]:
        """The leave-outs that lift a rule: a quota, or what the leave-out says that it lifts."""
        return tuple(
            Out(out.groups, *days_of_validity(out))
            for out in (self._by_id[name] for name in rule.exemptions)
            if isinstance(out.params, LeaveOut)
            and (rule.is_quota or out.params.lifts_first_interview)
        )

    def ages_of(self, rule: Rule) -> tuple[AgeOut, ...]:
        """The ages at which the rule's groups end."""
        return tuple(
            AgeOut(
                limit.id,
                limit.groups,
                tuple(
                    day_number(step.born_from) if step.born_from else -NEVER
                    for step in limit.params.ages
                ),
                tuple(step.years * 12 + step.months for step in limit.params.ages),
                *days_of_validity(limit),
            )
            for limit in self._rules
            if isinstance(limit.params, AgeLimit) and set(limit.groups) & set(rule.groups)
        )

    def pauses_of(self, rule: Rule) -> tuple[Window, ...]:
        """The windows in which the rule is suspended."""
        return tuple(
            window_of(each)
            for each in self._dispensations
            if each.effect == "duty_suspended" and rule.id in each.rules
        )

    def stops_of(self, clock: str) -> tuple[Window, ...]:
        """The windows in which a clock stands still."""
        return tuple(window_of(each) for each in self._dispensations if clock in each.clocks)

    def forms_of(self, rule: Rule) -> tuple[FormPeriod, ...]:
        """The form rules of a rule, each with its days."""
        return tuple(_form_period(self._by_id[name]) for name in rule.forms)

    def openings_of(self, rule: Rule) -> tuple[Opening, ...]:
        """The forms that dispensations open for a rule, the one that decides last."""
        openings = [
            Opening(window_of(each), each.forms, each.only, each.speciality)
            for each in self._dispensations
            if each.effect == "form_relaxed" and rule.id in each.rules
        ]
        return tuple(sorted(openings, key=lambda o: (o.only, o.speciality, o.window.first)))

    def uncounted_of(self, rule: Rule) -> tuple[Uncounted, ...]:
        """The types of offer that do not count towards a rule."""
        return tuple(
            Uncounted(other.params.types, *days_of_validity(other))
            for other in self._rules
            if isinstance(other.params, DoesNotCountAs) and rule.id in other.params.of
        )

    def graces_of(self, rule: Rule) -> tuple[Grace, ...]:
        """The extra time that other rules give."""
        return tuple(
            Grace(
                other.params.grace,
                other.params.given,
                *days_of_validity(other),
            )
            for other in self._rules
            if isinstance(other.params, DeadlineWithGrace) and rule.id in other.params.of
        )

    def ends_of(self, rule: Rule) -> tuple[End, ...]:
        """Where the rule stops: at its last day, and where the regimes that follow its own begin.

        How it stops is said by the regime that follows; where none does, by the rule itself.
        """
        last = days_of_validity(rule)[1]
        followers = [
            (day_number(regime.valid[0]), regime.commences == "by_case_start")
            for regime in self._following(rule)
        ]
        ends = {End(day, by_case) for day, by_case in followers}
        if last < NEVER and not any(day == last for day, _ in followers):
            ends.add(End(last, rule.commences == "by_case_start"))
        return tuple(sorted(ends, key=lambda end: (end.day, end.by_case_start)))

    def _following(self, rule: Rule) -> Iterator[Regime]:
        found = set(rule.regimes)
        known = [each for each in self._regimes.values() if each.standing == "law"]
        while fresh := [each for each in known if each.follows in found and each.id not in found]:
            yield from fresh
            found |= {regime.id for regime in fresh}


def window_of(dispensation: Dispensation) -> Window:
    """The days and places of a dispensation."""
    days = days_of_validity(dispensation)
    return Window(dispensation.id, *days, places_of(dispensation, dispensation.valid_from))


def _form_period(rule: Rule) -> FormPeriod:
    params: FormRule = rule.params
    return FormPeriod(
        *days_of_validity(rule),
        params.first,
        params.later,
        params.from_age,
        params.exception_detail,
    )
