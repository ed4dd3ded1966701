"""The book as a jurist reads it: rules by regime and day, and what a dispensation may change."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.services import trace
from velvalgt.apps.duties import frames
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.law import book, language
from velvalgt.core.frames import a_kasser, municipalities
from velvalgt.core.regime import OVER, LawBook, Regime, Rule
from velvalgt.core.regime.parts import Placed
from velvalgt.core.regime.schema import Act, Clock, LedgerRule


@dataclass(frozen=True)
class RuleInBook:
    """A rule with the parts of the book that it names; `places` is empty for the whole country."""

    rule: Rule
    act: Act
    regimes: tuple[Regime, ...]
    clocks: tuple[Clock, ...]
    forms: tuple[Rule, ...]
    exemptions: tuple[Rule, ...]
    ledger: LedgerRule | None
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RuleChoice:
    """Rules of one name that a dispensation may change; those of two regimes go together.

    `groups` tell rules of one name and regime apart; none where there is nothing to tell.
    """

    ids: tuple[str, ...]
    name: str
    paragraph: str
    groups: tuple[str, ...] = ()


def regimes() -> list[Regime]:
    """Give the regimes of the book (regelsæt): the law by its days, then what is no law."""
    return sorted(book().regimes.values(), key=lambda each: each.standing != "law")


def regime_in_force(on: date) -> Regime | None:
    """Give the regime that is law on a day."""
    law = [each for each in regimes() if each.standing == "law" and _holds(each.valid, on)]
    return law[-1] if law else None


def rules_in_force(on: date) -> list[Rule]:
    """Give the rules that are law on a day, also for cases begun before alone, in book's order."""
    law = book()
    return [rule for rule in law.rules if rule.standing == "law" and law.may_ask(rule, on)]


def rules_of_day(on: date, touched: Collection[str]) -> list[Rule]:
    """Give the rules that are law on a day, and those that still touch somebody."""
    law = book()
    there = {rule.id for rule in rules_in_force(on)} | {*touched}
    return [rule for rule in law.rules if rule.id in there]


def rules_of_regime(regime: str) -> list[Rule]:
    """Give the rules of a regime, whatever their days."""
    return [rule for rule in book().rules if regime in rule.regimes]


def _holds(period: tuple[date, date | None], on: date) -> bool:
    first, last = period
    return first <= on and (last is None or on <= last)


def rule_in_book(rule_id: str) -> RuleInBook:
    """Give a rule with the parts of the book that it names.

    Raises:
        KeyError: the book has no such rule.
    """
    rule, whole = book().rule(rule_id), book()
    return RuleInBook(
        rule=rule,
        act=whole.acts[rule_id],
        regimes=tuple(whole.regimes[key] for key in rule.regimes),
        clocks=tuple(whole.clocks[key] for key in rule.clock),
        forms=tuple(whole.rule(key) for key in rule.forms),
        exemptions=whole.grounds_of(rule),
        ledger=whole.ledger_rules[rule.params.ledger] if rule.is_quota else None,
        places=places_of(rule),
    )


def places_of(placed: Placed) -> tuple[str, ...]:
    """Name the places in which something holds; none where it is the whole country."""
    funds = [a_kasser()[key] for key in placed.a_kasser]
    codes = {code: name for name, code in municipality_codes().items()}
    return (*placed.regions, *(codes.get(code, code) for code in placed.municipalities), *funds)


def municipality_codes() -> dict[str, str]:
    """Give the municipalities' codes by name."""
    named = municipalities().select("name", pl.col("code").cast(pl.String)).unique()
    return dict(named.sort("name").iter_rows())


def touched_then(on: date, regime: str | None, *, at: datetime) -> dict[str, int]:
    """Reckon how many of the citizens one may see each rule would touch, on a day.

    The log tells that it was done, and over how many citizens.

    Args:
        on: the day, with what is known of everybody today.
        regime: what this regime would say, whatever its days; None for the law of the day.
        at: the moment that the log names.
    """
    facts = frames.facts_of(None)
    trace(action=Action.RUN, what="duties_book", at=at, count=facts.people.height)
    duties = book().duties(facts.people, facts.spells, facts.events, on, regime=regime)
    open_ones = duties.filter(~pl.col("status").cast(pl.String).is_in([*OVER]))
    counted = open_ones.group_by(pl.col("rule_id").cast(pl.String)).agg(
        pl.col("person_id").n_unique()
    )
    return dict(counted.iter_rows())


def rules_to_change(effect: Effect, first_day: date, last_day: date | None) -> list[RuleChoice]:
    """Give what a dispensation may change in a window, by name.

    Duties that give rows may be paused, never a right; forms may be added wherever a rule of form
    holds.
    """
    law = book()
    chosen: dict[str, list[Rule]] = {}
    for rule in law.rules:
        may = rule.gives_rows and not rule.is_right
        if effect == Effect.FORM_RELAXED:
            may = bool(rule.forms)
        if may and rule.standing == "law" and may_ask_within(law, rule, first_day, last_day):
            chosen.setdefault(rule.name.text(language()), []).append(rule)
    return [choice for name in sorted(chosen) for choice in _choices(name, chosen[name])]


def _choices(name: str, rules: list[Rule]) -> list[RuleChoice]:
    """One line for a name, unless two rules of one regime have it: then a line for each rule."""
    regimes = [regime for rule in rules for regime in rule.regimes]
    if len(regimes) == len(set(regimes)):
        paragraphs = dict.fromkeys(rule.source.paragraph for rule in rules)
        return [RuleChoice(tuple(rule.id for rule in rules), name, " · ".join(paragraphs))]
    return [
        RuleChoice((rule.id,), name, rule.source.paragraph, tuple(rule.groups)) for rule in rules
    ]


def may_ask_within(law: LawBook, rule: Rule, first_day: date, last_day: date | None) -> bool:
    """Whether a rule may ask something on some day of a window."""
    begins_inside = first_day <= rule.valid_from and (
        last_day is None or rule.valid_from <= last_day
    )
    return begins_inside or any(
        law.may_ask(rule, day) for day in (first_day, last_day) if day is not None
    )


def clocks_to_stop() -> list[Clock]:
    """Give the clocks of the book."""
    return list(book().clocks.values())


def rule_name(rule_id: str) -> str:
    """Name a rule in the reader's language.

    Raises:
        KeyError: the book has no such rule.
    """
    return book().rule(rule_id).name.text(language())
