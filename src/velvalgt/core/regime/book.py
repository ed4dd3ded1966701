"""The law book (regelsæt): the rules in force, and what they ask of anyone on any day."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from velvalgt.core.regime.agreement import agree, with_precedence
from velvalgt.core.regime.clocks import Runs, runs_of
from velvalgt.core.regime.counts import Count, compiled
from velvalgt.core.regime.duties import REASONS, Rows, evaluate
from velvalgt.core.regime.explain import Explanation
from velvalgt.core.regime.files import LawError, read_laws
from velvalgt.core.regime.finding import latest_finding
from velvalgt.core.regime.frame import Evaluated, duty_frame, duty_schema
from velvalgt.core.regime.ledgers import ledgers_of
from velvalgt.core.regime.lives import Flags, Lives, day_number, keys, lives_on
from velvalgt.core.regime.modifiers import Modifiers
from velvalgt.core.regime.schema import (
    Act,
    Clock,
    Dispensation,
    LawFile,
    LedgerRule,
    Regime,
    Rule,
)

_RECORDED = "recorded dispensations"
PEOPLE_A_BLOCK = 65_536
"""So many are worked out at a time; the answer is the same for any number."""


class LawBook:
    """Rules, clocks, ledgers and dispensations read from law files, compiled once."""

    def __init__(
        self, files: Mapping[str, LawFile], version: str, amended: str | None = None
    ) -> None:
        agree(files)
        self._files, self._files_version = files, version
        self.version = amended or version
        self.regimes: Mapping[str, Regime] = {
            file.regime.id: file.regime
            for file in sorted(files.values(), key=lambda file: _order(file.regime))
            if file.regime is not None
        }
        self.rules: tuple[Rule, ...] = tuple(
            _in_its_regime(rule, self.regimes) for file in files.values() for rule in file.rules
        )
        self.acts: Mapping[str, Act] = {
            rule.id: file.act for file in files.values() if file.act for rule in file.rules
        }
        self.clocks: Mapping[str, Clock] = {c.id: c for f in files.values() for c in f.clocks}
        self.ledger_rules: Mapping[str, LedgerRule] = {
            ledger.id: ledger for file in files.values() for ledger in file.ledgers
        }
        self.dispensations: tuple[Dispensation, ...] = tuple(
            each for file in files.values() for each in file.dispensations
        )
        self._by_id = {rule.id: rule for rule in self.rules}
        self.reasons: tuple[str, ...] = (
            *REASONS,
            *(rule.id for rule in self.rules if rule.shape == "age_limit"),
            *(each.id for each in self.dispensations),
        )
        self._reasons = {word: number for number, word in enumerate(self.reasons)}
        self._schema = duty_schema(self.rules, self.reasons)
        self._sources = [str(rule.source) for rule in self.rules]
        self._modifiers = Modifiers(self.rules, self.regimes, self.dispensations)
        file_of = {rule.id: name for name, file in files.items() for rule in file.rules}
        counts = compiled(self.rules, self.clocks, self._modifiers)
        self.counts: tuple[Count, ...] = with_precedence(counts, self.rules, file_of)

    def rule(self, rule_id: str) -> Rule:
        """One rule.

        Raises:
            KeyError: the book has no such rule.
        """
        return self._by_id[rule_id]

    def file_of(self, entry_id: str) -> str:
        """The law file in which a rule or dispensation stands.

        Raises:
            KeyError: the book has no such entry.
        """
        for name, file in self._files.items():
            ids = [*(rule.id for rule in file.rules), *(each.id for each in file.dispensations)]
            if entry_id in ids:
                return name
        raise KeyError(entry_id)

    def may_ask(self, rule: Rule, on: date) -> bool:
        """Whether a rule's own days let it hold for some case on a day.

        Args:
            rule: a rule of the book.
            on: the day.

        Returns:
            True also where only cases begun before are left to it.
        """
        return rule.valid_from <= on and all(
            end.by_case_start or day_number(on) < end.day for end in self._modifiers.ends_of(rule)
        )

    def grounds_of(self, rule: Rule) -> tuple[Rule, ...]:
        """The grounds that lift a rule (fritagelse efter loven), as the book reads them.

        Args:
            rule: a rule of the book.

        Returns:
            The rules among its exemptions that have an effect: a leave-out lifts a first interview
            only where it says so.
        """
        lifts = {lift.rule for lift in self._modifiers.lifts_of(rule)}
        if self._modifiers.outs_of(rule):
            lifts |= {name for name in rule.exemptions if self._by_id[name].shape == "leave_out"}
        return tuple(self._by_id[name] for name in rule.exemptions if name in lifts)

    def amended(self, dispensations: Sequence[Dispensation]) -> LawBook:
        """The book with dispensations that the State has given (dispensation).

        Args:
            dispensations: beside those of the law files.

        Returns:
            A book with a version of its own; this one where there is nothing to add.

        Raises:
            LawError: one names a rule or clock that the book does not have, or contradicts another.
        """
        if not dispensations:
            return self
        before = self._files.get(_RECORDED, LawFile()).dispensations
        every = sorted([*before, *dispensations], key=lambda each: each.id)
        digest = hashlib.sha256(self._files_version.encode())
        for each in every:
            digest.update(each.model_dump_json().encode())
        files = {**self._files, _RECORDED: LawFile(dispensations=tuple(every))}
        return LawBook(files, self._files_version, digest.hexdigest()[:16])

    def duties(
        self,
        people: pl.DataFrame,
        spells: pl.DataFrame,
        events: pl.DataFrame,
        on: date,
        *,
        regime: str | None = None,
    ) -> pl.DataFrame:
        """What the law asks for each citizen on a day (proceskrav, ret og pligt).

        Args:
            people: the people frame; clock_weeks at clock_as_of wins over our own count.
            spells: the spells frame.
            events: the events frame; what happened after the day is not seen.
            on: the day.
            regime: ask what this regime would say, whatever its dates; else the law in force.

        Returns:
            person_id, rule_id, since, municipality, group, status, due, required, done, actor,
            forms, reason, source; a row for each citizen and rule that concerns them. `due` is null
            where the law gives no day.

        Raises:
            LawError: there is no such regime.
        """
        counts = self._counts(regime, on)
        blocks = lives_on(people, spells, events, on).blocks(PEOPLE_A_BLOCK)

        def duties_of(lives: Lives) -> pl.DataFrame:
            evaluated = self._evaluated(counts, counts, lives, dated=regime is None)
            return duty_frame(evaluated, lives, self._schema, self._sources)

        if len(blocks) == 1:
            return duties_of(blocks[0])
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            return pl.concat(threads.map(duties_of, blocks))

    def ledgers(self, duties: pl.DataFrame, on: date) -> pl.DataFrame:
        """The ledgers of the quotas (75 pct.-krav) over the duties of a population.

        Args:
            duties: as `duties` gives them; a further column a_kasse keeps the a-kasse's ledger for
                each a-kasse instead of each municipality.
            on: the day of the duties.

        Returns:
            ledger, municipality, a_kasse, cohort, population, covered, share, min_share, room,
            owed, forecast; one of municipality and a_kasse is null.
        """
        return ledgers_of(duties, on, self.rules, self.ledger_rules)

    def explain(
        self,
        people: pl.DataFrame,
        spells: pl.DataFrame,
        events: pl.DataFrame,
        on: date,
        *,
        person_id: int,
        rule_id: str,
    ) -> Explanation:
        """Why a rule asks what it asks of one citizen (begrundelse).

        Args:
            people: the people frame, of the citizen or of more.
            spells: the spells frame.
            events: the events frame.
            on: the day.
            person_id: the citizen.
            rule_id: the rule.

        Returns:
            The explanation of the latest row; without a finding where there is no row.

        Raises:
            KeyError: the book has no such rule.
        """
        rule = self._by_id[rule_id]
        one = pl.col("person_id") == person_id
        lives = lives_on(people.filter(one), spells.filter(one), events.filter(one), on)
        in_law = rule.standing == "law"
        counts = self._counts(None if in_law else rule.regimes[0], on)
        asked = [count for count in counts if self.rules[count.rule] is rule]
        evaluated = self._evaluated(asked, counts, lives, dated=in_law)
        finding = latest_finding(evaluated, lives, self.reasons)
        group = finding.group if finding else None
        return Explanation(
            rule=rule,
            clocks=tuple(self.clocks[clock] for clock in rule.clock),
            exempts=tuple(
                each for each in self.grounds_of(rule) if group is None or group in each.groups
            ),
            ages=tuple(r for r in self.rules if r.shape == "age_limit"),
            dispensations=self._touching(rule, on),
            finding=finding,
        )

    def _touching(self, rule: Rule, on: date) -> tuple[Dispensation, ...]:
        """The dispensations that bear on a rule and have begun."""
        return tuple(
            each
            for each in self.dispensations
            if each.valid_from <= on
            and (rule.id in each.rules or set(rule.clock) & set(each.clocks))
        )

    def _counts(self, regime: str | None, on: date) -> list[Count]:
        """The counts of a regime, or of the law that may ask something on a day."""
        if regime is not None and regime not in self.regimes:
            raise LawError("laws", "", "regime", f"'{regime}'; allowed: {', '.join(self.regimes)}")
        return [
            count
            for count in self.counts
            if (
                regime in (self.rules[count.rule].regimes or [regime])
                if regime is not None
                else self.rules[count.rule].standing == "law"
                and count.can_give_rows(day_number(on))
            )
        ]

    def _evaluated(
        self, asked: Iterable[Count], counts: Sequence[Count], lives: Lives, *, dated: bool
    ) -> list[Evaluated]:
        """The rows of some counts, less those in which another of the counts stands before."""
        runs: dict[str, Runs] = {}
        known: dict[int, Rows] = {}

        def rows_of(count: Count) -> Rows:
            if count.clock not in runs:
                stops = self._modifiers.stops_of(count.clock)
                runs[count.clock] = runs_of(self.clocks[count.clock], lives, stops)
            if id(count) not in known:
                run = runs[count.clock]
                known[id(count)] = evaluate(count, run, lives, self._reasons, dated=dated)
            return known[id(count)]

        standing = {id(count) for count in counts}
        evaluated = []
        for count in asked:
            rows = rows_of(count)
            for number in count.yields_to:
                other = self.counts[number]
                if id(other) in standing:
                    rows = rows.take(~_stands_in(count, rows, rows_of(other)))
            evaluated.append((count, runs[count.clock], rows))
        return evaluated


def _stands_in(count: Count, rows: Rows, others: Rows) -> Flags:
    """Whether another count, on the same clock, has a row for the same run (and request)."""
    mine, theirs = (
        keys(each.windows.run, each.windows.since if count.per_request else each.windows.run * 0)
        for each in (rows, others)
    )
    return np.isin(mine, theirs)


def _in_its_regime(rule: Rule, regimes: Mapping[str, Regime]) -> Rule:
    """The rule with the standing of its regime; what is shared by all is law."""
    standing = regimes[rule.regimes[0]].standing if rule.regimes else "law"
    return rule if rule.standing == standing else rule.model_copy(update={"standing": standing})


def _order(regime: Regime | None) -> tuple[bool, date]:
    """The laws by their first day, then the frames."""
    return (False, date.min) if regime is None else (regime.standing == "frame", regime.valid[0])


def load(path: Path | str | None = None) -> LawBook:
    """Read the law, once for each folder.

    Args:
        path: a folder of law files that is laid over the law that Velvalgt ships: a file with the
            name of a shipped one stands in its place, others are added. None for the shipped law.

    Returns:
        The book.

    Raises:
        LawError: a file does not hold, or two contradict each other.
    """
    return _load(None if path is None else Path(path).resolve())


@cache
def _load(folder: Path | None) -> LawBook:
    return LawBook(*read_laws(folder))
