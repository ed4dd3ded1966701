"""Rules compiled to the one primitive that gives rows: count events in a window on a clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from velvalgt.core.calendar import Span
from velvalgt.core.regime.lives import NEVER
from velvalgt.core.regime.modifiers import (
    AgeOut,
    End,
    FormPeriod,
    Grace,
    Lift,
    Modifiers,
    Opening,
    Out,
    Uncounted,
)
from velvalgt.core.regime.places import ALL, Places, Window, days_of_validity, places_of
from velvalgt.core.regime.schema import Case, Clock, Rule
from velvalgt.core.regime.shapes import (
    AtLeastN,
    ConditionalDuty,
    Counting,
    FirstWithin,
    Milestone,
    PopulationQuota,
    RightOnRequest,
)

NOTHING = Span(0, "d")


@dataclass(frozen=True, slots=True)
class Count:
    """At least n events in a window on a clock, by actor and form (tællingen bag en pligt).

    `closes` None means that the law's limit is not known or that there is none. `asked` names the
    request without which nothing is owed; with `per_request` each request opens a row of its own.
    """

    rule: int
    rule_id: str
    clock: str
    groups: tuple[str, ...]
    benefits: Mapping[str, tuple[str, ...]]
    n: int
    opens: Span
    closes: Span | None
    counting: Counting
    actor: str
    start_event: str | None = None
    asked: str | None = None
    per_request: bool = False
    first: bool = False
    quota: bool = False
    outs: tuple[Out, ...] = ()
    unless_flag: tuple[str, ...] = ()
    other_case_if: tuple[str, ...] = ()
    only_flag: tuple[str, ...] = ()
    lifts: tuple[Lift, ...] = ()
    ages: tuple[AgeOut, ...] = ()
    pauses: tuple[Window, ...] = ()
    forms: tuple[FormPeriod, ...] = ()
    openings: tuple[Opening, ...] = ()
    uncounted: tuple[Uncounted, ...] = ()
    graces: tuple[Grace, ...] = ()
    places: Places = ALL
    valid_from: int = 0
    ends: tuple[End, ...] = ()
    by_case_start: bool = False
    speciality: int = 0
    yields_to: tuple[int, ...] = ()

    def can_give_rows(self, on: int) -> bool:
        """Whether the rule's own days let it ask anything on a day; a right may still be in use."""
        return self.valid_from <= on and (
            self.per_request or all(end.by_case_start or on < end.day for end in self.ends)
        )

    @property
    def asks(self) -> tuple[object, ...]:
        """What is asked, apart from how many or how soon, of whom, where and when."""
        what = (self.counting.kind, self.counting.detail, self.actor, self.clock, self.first)
        return (*what, self.asked, *(() if self.first else (self.opens, self.closes)))


def compiled(
    rules: tuple[Rule, ...], clocks: Mapping[str, Clock], modifiers: Modifiers
) -> tuple[Count, ...]:
    """Compile the rules that give rows.

    Args:
        rules: in the book's order; a count points to its rule by place.
        clocks: clock id to clock.
        modifiers: what lifts, pauses, ends and widens rules.

    Returns:
        A count for each rule, case and clock.
    """
    return tuple(
        _completed(piece, rule, clocks[clock], modifiers)
        for number, rule in enumerate(rules)
        for piece in _pieces(number, rule)
        for clock in rule.clock
        if set(piece.groups) & set(clocks[clock].groups)
    )


def _pieces(number: int, rule: Rule) -> Iterator[Count]:
    """What a shape says, before clock, modifiers and validity are added."""
    if rule.cases:
        yield from (_of_case(number, rule, case) for case in rule.cases)
        return
    match rule.params:
        case FirstWithin() as params:
            yield _first(_plain(number, rule, params.counts), params)
        case PopulationQuota(inner=many):
            yield replace(_window(_plain(number, rule, many.counts), many), quota=True)
        case ConditionalDuty() as many:
            yield replace(_window(_plain(number, rule, many.counts), many), asked=many.asked)
        case AtLeastN() as many:
            yield _window(_plain(number, rule, many.counts), many)
        case Milestone() as params:
            yield replace(_plain(number, rule, params.counts), closes=params.at)
        case RightOnRequest() as params:
            plain = _plain(number, rule, params.counts)
            yield replace(plain, asked=params.request, per_request=True)


def _plain(number: int, rule: Rule, counting: Counting) -> Count:
    return Count(
        rule=number,
        rule_id=rule.id,
        clock="",
        groups=rule.groups,
        benefits=rule.benefits,
        n=1,
        opens=NOTHING,
        closes=None,
        counting=counting,
        actor=rule.actor,
        unless_flag=rule.unless_flag,
        only_flag=rule.only_flag,
    )


def _window(count: Count, many: AtLeastN) -> Count:
    return replace(count, n=many.n, opens=many.opens, closes=many.closes)


def _first(count: Count, params: FirstWithin) -> Count:
    return replace(count, closes=params.within, start_event=params.start_event, first=True)


def _of_case(number: int, rule: Rule, case: Case) -> Count:
    plain = replace(
        _plain(number, rule, case.params.counts),
        groups=case.groups,
        actor=case.actor,
        other_case_if=case.unless_flag,
        only_flag=(*rule.only_flag, *case.only_flag),
    )
    return _first(plain, case.params)


def _completed(piece: Count, rule: Rule, clock: Clock, modifiers: Modifiers) -> Count:
    valid_from, _ = days_of_validity(rule)
    lifted = modifiers.lifts_of(rule)
    return replace(
        piece,
        clock=clock.id,
        groups=tuple(group for group in piece.groups if group in clock.groups),
        outs=modifiers.outs_of(rule),
        lifts=lifted,
        ages=() if rule.is_right else modifiers.ages_of(rule),
        pauses=modifiers.pauses_of(rule),
        forms=modifiers.forms_of(rule),
        openings=modifiers.openings_of(rule),
        uncounted=modifiers.uncounted_of(rule),
        graces=modifiers.graces_of(rule),
        places=places_of(rule, rule.valid_from),
        valid_from=valid_from,
        ends=modifiers.ends_of(rule),
        by_case_start=rule.commences == "by_case_start",
        speciality=rule.speciality,
    )


def overlap(one: Count, other: Count) -> bool:
    """Whether two counts may ask the same of the same person at the same time."""
    apart = set(one.only_flag) & {*other.unless_flag, *other.other_case_if} or set(
        other.only_flag
    ) & {*one.unless_flag, *one.other_case_if}
    until = [
        min((end.day for end in count.ends if not end.by_case_start), default=NEVER)
        for count in (one, other)
    ]
    return (
        one.asks == other.asks
        and bool(set(one.groups) & set(other.groups))
        and not apart
        and one.valid_from < until[1]
        and other.valid_from < until[0]
        and one.places.meet(other.places)
    )
