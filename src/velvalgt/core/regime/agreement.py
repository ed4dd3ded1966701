"""What only shows across rules and files: names that do not exist, and rules that conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

from velvalgt.core.regime.counts import Count, overlap
from velvalgt.core.regime.duties import REASONS
from velvalgt.core.regime.files import LawError
from velvalgt.core.regime.modifiers import window_of
from velvalgt.core.regime.parts import Placed, refusal
from velvalgt.core.regime.places import regions_on
from velvalgt.core.regime.schema import Clock, Dispensation, LawFile, Regime, Rule
from velvalgt.core.regime.shapes import LIFTS, ByNeed, LeaveOut, PopulationQuota

Named = tuple[str, str, str, Sequence[str], Sequence[str]]
"""A file, an entry, a field, the names in it, and the names that are allowed."""


def agree(files: Mapping[str, LawFile]) -> None:
    """Check that names lead somewhere, and that forms, shares and regimes do not contradict.

    Raises:
        LawError: file, entry and field of the first that does not hold, and what is allowed.
    """
    rules = {rule.id: rule for file in files.values() for rule in file.rules}
    regimes = {file.regime.id: file.regime for file in files.values() if file.regime}
    _each_once(files)
    for name, entry, field, given, allowed in _names(files, rules, regimes):
        for word in given:
            if word not in allowed:
                raise LawError(name, entry, field, refusal(word, "one that fits", allowed))
    clocks = {clock.id: clock for file in files.values() for clock in file.clocks}
    shares: dict[str, float] = {}
    for name, file in files.items():
        for rule in file.rules:
            _one_clock_each(name, rule, clocks)
            _leave_outs(name, rule, rules)
            _one_form_at_a_time(name, rule, rules)
            _for_all_its_groups(name, rule, rules)
            _one_share(name, rule, shares)
            _in_regions_of_its_day(name, rule, rule.id, rule.valid_from)
        for each in file.dispensations:
            _in_its_days(name, each, rules)
            _in_regions_of_its_day(name, each, each.id, each.valid_from)
    _one_regime_at_a_time(files)
    _one_only_at_a_time(files)


def _each_once(files: Mapping[str, LawFile]) -> None:
    seen: set[str] = set()
    for name, file in files.items():
        for what, entries in (("rules", file.rules), ("dispensations", file.dispensations)):
            for entry in entries:
                if what == "dispensations" and entry.id in REASONS:
                    raise LawError(
                        name, entry.id, "id", "this is a word of its own: choose another"
                    )
                if entry.id in seen:
                    raise LawError(name, entry.id, "id", f"two {what} have this id")
                seen.add(entry.id)
        if file.regime is not None:
            if f"regime {file.regime.id}" in seen:
                raise LawError(name, "", "regime.id", f"two files begin {file.regime.id}")
            seen.add(f"regime {file.regime.id}")


def _names(
    files: Mapping[str, LawFile], rules: Mapping[str, Rule], regimes: Mapping[str, Regime]
) -> Iterator[Named]:
    """Every name that points to something else in the book."""
    clocks = [clock.id for file in files.values() for clock in file.clocks]
    ledgers = [ledger.id for file in files.values() for ledger in file.ledgers]
    forms = [rule.id for rule in rules.values() if rule.shape == "form_rule"]
    lifts = [rule.id for rule in rules.values() if rule.shape in LIFTS]
    for name, file in files.items():
        yield name, "", "regimes", file.regimes, list(regimes)
        if len({regimes[each].standing for each in file.regimes if each in regimes}) > 1:
            raise LawError(name, "", "regimes", "law and frames do not share a file")
        if file.regime is not None and file.regime.follows is not None:
            others = [each for each in regimes if each != file.regime.id]
            yield name, "", "regime.follows", [file.regime.follows], others
        for rule in file.rules:
            yield name, rule.id, "clock", rule.clock, clocks
            yield name, rule.id, "forms", rule.forms, forms
            yield name, rule.id, "exemptions", rule.exemptions, lifts
            yield name, rule.id, "params.of", getattr(rule.params, "of", ()), list(rules)
            if isinstance(rule.params, PopulationQuota):
                yield name, rule.id, "params.ledger", [rule.params.ledger], ledgers
        for each in file.dispensations:
            known = [r.id for r in rules.values() if _can_be_touched(r, each)]
            yield name, each.id, "rules", each.rules, known
            yield name, each.id, "clocks", each.clocks, clocks


def _can_be_touched(rule: Rule, dispensation: Dispensation) -> bool:
    """A duty may be suspended, a right never; a form opened where a rule of form is named."""
    if dispensation.effect == "form_relaxed":
        return bool(rule.forms)
    return bool(rule.clock) and not rule.is_right and not isinstance(rule.params, ByNeed)


def _in_its_days(file: str, each: Dispensation, rules: Mapping[str, Rule]) -> None:
    last = each.valid[1]
    for rule in (rules[name] for name in each.rules):
        if last is not None and last < rule.valid_from:
            raise LawError(file, each.id, "valid", f"'{rule.id}' holds only from {rule.valid_from}")


def _in_regions_of_its_day(file: str, each: Placed, entry: str, day: date) -> None:
    there = set(regions_on(day))
    for region in each.regions:
        if region not in there:
            raise LawError(
                file, entry, "regions", refusal(region, f"a region on {day}", sorted(there))
            )


def _one_clock_each(file: str, rule: Rule, clocks: Mapping[str, Clock]) -> None:
    timed = Counter(group for clock in rule.clock for group in clocks[clock].groups)
    for group in rule.groups if rule.clock else ():
        if timed[group] != 1:
            raise LawError(
                file, rule.id, "clock", f"{group} has {timed[group]} clocks here; allowed: one"
            )


def _leave_outs(file: str, rule: Rule, rules: Mapping[str, Rule]) -> None:
    for name in rule.exemptions:
        params = rules[name].params
        if isinstance(params, LeaveOut) and not (rule.is_quota or rule.shape == "first_within"):
            raise LawError(
                file, rule.id, "exemptions", f"'{name}' may only lift a quota or a first interview"
            )


def _one_form_at_a_time(file: str, rule: Rule, rules: Mapping[str, Rule]) -> None:
    for one, other in combinations((rules[name] for name in rule.forms), 2):
        if _share_a_day(one, other):
            raise LawError(
                file, rule.id, "forms", f"'{one.id}' and '{other.id}' hold on the same days"
            )
        ages = [each.params.from_age.age for each in (one, other) if each.params.from_age]
        if len(set(ages)) > 1:
            raise LawError(file, rule.id, "forms", f"'{one.id}' and '{other.id}' differ in age")


def _for_all_its_groups(file: str, rule: Rule, rules: Mapping[str, Rule]) -> None:
    """What names a rule that counts, or is named by one for its form, holds for all its groups."""
    touched = [(rule.id, rules[name], rule) for name in getattr(rule.params, "of", ())]
    touched += [(rule.id, rule, rules[name]) for name in rule.forms]
    for entry, counted, other in touched:
        missing = sorted(set(counted.groups) - set(other.groups))
        if missing:
            raise LawError(
                file,
                entry,
                "groups",
                f"'{other.id}' leaves out {', '.join(missing)} of '{counted.id}'",
            )


def _share_a_day(one: Any, other: Any) -> bool:
    (first, last), (first_too, last_too) = one.valid, other.valid
    return (last_too is None or first <= last_too) and (last is None or first_too <= last)


def _one_share(file: str, rule: Rule, shares: dict[str, float]) -> None:
    if isinstance(rule.params, PopulationQuota):
        given = rule.params.min_share
        share = shares.setdefault(rule.params.ledger, given)
        if share != given:
            raise LawError(file, rule.id, "params.min_share", f"{given}; its ledger has {share}")


def _one_regime_at_a_time(files: Mapping[str, LawFile]) -> None:
    laws = [
        (name, file.regime)
        for name, file in files.items()
        if file.regime is not None and file.regime.standing == "law"
    ]
    for (_, one), (name, other) in combinations(laws, 2):
        if _share_a_day(one, other):
            raise LawError(
                name,
                "",
                "regime.valid",
                f"{one.id} and {other.id} both hold on {max(one.valid[0], other.valid[0])};"
                " allowed: a last day before the other's first",
            )


def _one_only_at_a_time(files: Mapping[str, LawFile]) -> None:
    """Of two dispensations that name the only forms, the special or the later must decide."""
    only = [
        (name, each) for name, file in files.items() for each in file.dispensations if each.only
    ]
    for (_, one), (name, other) in combinations(only, 2):
        if _same_weight(one, other) and one.forms != other.forms:
            raise LawError(
                name, other.id, "forms", f"contradicts '{one.id}', as special and from the same day"
            )


def _same_weight(one: Dispensation, other: Dispensation) -> bool:
    return (
        (one.speciality, one.valid_from) == (other.speciality, other.valid_from)
        and bool(set(one.rules) & set(other.rules))
        and window_of(one).places.meet(window_of(other).places)
    )


def with_precedence(
    counts: Sequence[Count], rules: Sequence[Rule], file_of: Mapping[str, str]
) -> tuple[Count, ...]:
    """Let the special beat the general, and the later the earlier, where two ask the same.

    Args:
        counts: the compiled rules.
        rules: the book's rules, to which counts point.
        file_of: rule id to the file it stands in.

    Returns:
        The counts, each with the places of those that it yields to.

    Raises:
        LawError: two ask the same of the same people, and neither is more special or later.
    """
    beaten: dict[int, list[int]] = {}
    for one, other in combinations(range(len(counts)), 2):
        mine, theirs = counts[one], counts[other]
        if mine.rule == theirs.rule or not overlap(mine, theirs):
            continue
        if not _hold_together(rules[mine.rule], rules[theirs.rule]):
            continue
        weights = [(count.speciality, count.valid_from) for count in (mine, theirs)]
        if weights[0] == weights[1]:
            raise LawError(
                file_of[theirs.rule_id],
                theirs.rule_id,
                "",
                f"asks the same of {', '.join(sorted(set(mine.groups) & set(theirs.groups)))} as"
                f" '{mine.rule_id}', from the same day and for the same places; allowed: one of"
                " them, or other groups, places or days",
            )
        loser, winner = (one, other) if weights[0] < weights[1] else (other, one)
        beaten.setdefault(loser, []).append(winner)
    return tuple(
        replace(count, yields_to=tuple(beaten.get(number, ())))
        for number, count in enumerate(counts)
    )


def _hold_together(one: Rule, other: Rule) -> bool:
    """Whether two rules may be asked in one breath: both law, or of one regime."""
    both_law = one.standing == other.standing == "law"
    return both_law or bool(set(one.regimes) & set(other.regimes))
