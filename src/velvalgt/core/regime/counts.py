"""Rules compiled to the one primitive that gives rows: count events in a window on a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from velvalgt.core.calendar import Span
from velvalgt.core.regime.lives import NEVER, day_number
from velvalgt.core.regime.schema import (
    AtLeastN,
    Clock,
    Counting,
    ExemptionPredicate,
    FirstWithin,
    FormRule,
    Milestone,
    PopulationQuota,
    RightOnRequest,
    Rule,
)

NOTHING = Span(0, "d")


@dataclass(frozen=True, slots=True)
class Lift:
    """An exemption as the primitive sees it: whose, and at most how long from the event."""

    id: str
    groups: tuple[str, ...]
    horizon: Span | None


@dataclass(frozen=True, slots=True)
class Count:
    """At least n events in a window on a clock, by actor and form (tællingen bag en pligt).

    `closes` None means that the law's limit is not known or that there is none.
    """

    rule: int
    clock: str
    groups: tuple[str, ...]
    benefits: Mapping[str, tuple[str, ...]]
    n: int
    opens: Span
    closes: Span | None
    counting: Counting
    actor: str
    start_event: str | None = None
    per_request: bool = False
    quota: bool = False
    leave_out: bool = False
    counted_forms: tuple[str, ...] | None = None
    unless_flag: tuple[str, ...] = ()
    other_case_if: tuple[str, ...] = ()
    only_flag: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()
    form_rule: FormRule | None = None
    valid_from: int = 0
    valid_to: int = NEVER
    by_case_start: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """What a shape says, before clock and scope are added."""

    groups: tuple[str, ...]
    actor: str
    n: int
    opens: Span
    closes: Span | None
    counting: Counting
    start_event: str | None = None
    other_case_if: tuple[str, ...] = ()
    only_flag: tuple[str, ...] = ()
    first: bool = False


def compiled(
    rules: tuple[Rule, ...], clocks: Mapping[str, Clock], by_id: Mapping[str, Rule]
) -> tuple[Count, ...]:
    """Compile the rules that give rows.

    Args:
        rules: in the book's order; a count points to its rule by place.
        clocks: clock id to clock.
        by_id: rule id to rule, for exemptions and forms.

    Returns:
        A count for each rule, case and clock.
    """
    return tuple(
        _count(number, rule, piece, clocks[clock], by_id)
        for number, rule in enumerate(rules)
        for piece in _pieces(rule)
        for clock in rule.clock
        if set(piece.groups) & set(clocks[clock].groups)
    )


def _pieces(rule: Rule) -> list[_Piece]:
    if rule.cases:
        return [
            _first(case.params, case.groups, case.actor, case.unless_flag, case.only_flag)
            for case in rule.cases
        ]
    piece = _piece(rule)
    return [] if piece is None else [piece]


def _first(
    params: FirstWithin,
    groups: tuple[str, ...],
    actor: str,
    other_case_if: tuple[str, ...] = (),
    only_flag: tuple[str, ...] = (),
) -> _Piece:
    return _Piece(
        groups,
        actor,
        1,
        NOTHING,
        params.within,
        params.counts,
        params.start_event,
        other_case_if,
        only_flag,
        first=True,
    )


def _piece(rule: Rule) -> _Piece | None:
    match rule.params:
        case FirstWithin():
            return _first(rule.params, rule.groups, rule.actor)
        case AtLeastN() as many:
            pass
        case PopulationQuota():
            many = rule.params.inner
        case Milestone():
            params = rule.params
            return _Piece(rule.groups, rule.actor, 1, NOTHING, params.at, params.counts)
        case RightOnRequest():
            return _Piece(rule.groups, rule.actor, 1, NOTHING, None, rule.params.counts)
        case _:
            return None
    return _Piece(rule.groups, rule.actor, many.n, many.opens, many.closes, many.counts)


def _count(
    number: int, rule: Rule, piece: _Piece, clock: Clock, by_id: Mapping[str, Rule]
) -> Count:
    forms = by_id[rule.forms].params if rule.forms else None
    until = rule.valid_to
    return Count(
        rule=number,
        clock=clock.id,
        groups=tuple(group for group in piece.groups if group in clock.groups),
        benefits=rule.benefits,
        n=piece.n,
        opens=piece.opens,
        closes=piece.closes,
        counting=piece.counting,
        actor=piece.actor,
        start_event=piece.start_event,
        per_request=isinstance(rule.params, RightOnRequest),
        quota=rule.is_quota,
        leave_out=any(by_id[name].shape == "leave_out" for name in rule.exemptions),
        counted_forms=forms.first if forms and piece.first else None,
        unless_flag=rule.unless_flag,
        other_case_if=piece.other_case_if,
        only_flag=piece.only_flag,
        lifts=tuple(_lift(by_id[name]) for name in rule.exemptions if _lifts(by_id[name])),
        form_rule=forms,
        valid_from=day_number(rule.valid_from),
        valid_to=NEVER if until is None else day_number(until),
        by_case_start=rule.commences == "by_case_start",
    )


def _lifts(rule: Rule) -> bool:
    return isinstance(rule.params, ExemptionPredicate)


def _lift(rule: Rule) -> Lift:
    return Lift(rule.id, rule.groups, rule.params.horizon)
