"""The law book (regelsæt): the rules in force, and what they ask of anyone on any day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path

import polars as pl

from velvalgt.core.regime.clocks import Runs, runs_of
from velvalgt.core.regime.counts import Count, compiled
from velvalgt.core.regime.duties import evaluate
from velvalgt.core.regime.explain import Explanation
from velvalgt.core.regime.files import LAWS, LawError, read_laws
from velvalgt.core.regime.finding import latest_finding
from velvalgt.core.regime.frame import Evaluated, duty_frame, duty_schema
from velvalgt.core.regime.ledgers import ledgers_of
from velvalgt.core.regime.lives import Lives, lives_on
from velvalgt.core.regime.schema import Act, Clock, LawFile, LedgerRule, PopulationQuota, Rule


class LawBook:
    """Rules, clocks and ledgers read from law files, compiled once."""

    def __init__(self, files: Mapping[str, LawFile], version: str) -> None:
        self.version = version
        self.rules: tuple[Rule, ...] = tuple(r for file in files.values() for r in file.rules)
        self.acts: Mapping[str, Act] = {
            rule.id: file.act for file in files.values() for rule in file.rules
        }
        self.clocks: Mapping[str, Clock] = {c.id: c for f in files.values() for c in f.clocks}
        self.ledger_rules: Mapping[str, LedgerRule] = {
            ledger.id: ledger for file in files.values() for ledger in file.ledgers
        }
        self._by_id = {rule.id: rule for rule in self.rules}
        _agree(files)
        self._schema = duty_schema(self.rules)
        self._sources = [str(rule.source) for rule in self.rules]
        self.counts: tuple[Count, ...] = compiled(self.rules, self.clocks, self._by_id)

    def rule(self, rule_id: str) -> Rule:
        """One rule.

        Raises:
            KeyError: the book has no such rule.
        """
        return self._by_id[rule_id]

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
        counts = self._counts(regime)
        lives = lives_on(people, spells, events, on)
        evaluated = self._evaluated(counts, lives, dated=regime is None)
        return duty_frame(evaluated, lives, self._schema, self._sources)

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
        counts = [count for count in self.counts if self.rules[count.rule] is rule]
        evaluated = self._evaluated(counts, lives, dated=rule.standing == "law")
        finding = latest_finding(evaluated, lives)
        return Explanation(
            rule=rule,
            clocks=tuple(self.clocks[clock] for clock in rule.clock),
            exempts=tuple(
                lift
                for lift in (self._by_id[name] for name in rule.exemptions)
                if finding is None or finding.group in lift.groups
            ),
            finding=finding,
        )

    def _counts(self, regime: str | None) -> list[Count]:
        if regime is not None and regime not in {rule.regime for rule in self.rules}:
            known = sorted({rule.regime for rule in self.rules})
            raise LawError("laws", "", "regime", f"'{regime}'; allowed: {', '.join(known)}")
        return [
            count
            for count in self.counts
            if (self.rules[count.rule].regime == regime)
            or (regime is None and self.rules[count.rule].standing == "law")
        ]

    def _evaluated(self, counts: Iterable[Count], lives: Lives, *, dated: bool) -> list[Evaluated]:
        runs: dict[str, Runs] = {}
        evaluated = []
        for count in counts:
            if count.clock not in runs:
                runs[count.clock] = runs_of(self.clocks[count.clock], lives)
            rows = evaluate(count, runs[count.clock], lives, dated=dated)
            evaluated.append((count, runs[count.clock], rows))
        return evaluated


def load(path: Path | str | None = None) -> LawBook:
    """Read a folder of law files, once for each folder.

    Args:
        path: the folder; None for the book that Velvalgt ships.

    Returns:
        The book.

    Raises:
        LawError: a file does not hold, or two contradict each other.
    """
    return _load(LAWS if path is None else Path(path).resolve())


@cache
def _load(folder: Path) -> LawBook:
    return LawBook(*read_laws(folder))


def _agree(files: Mapping[str, LawFile]) -> None:
    """Check what only shows across rules and files."""
    rules = [rule for file in files.values() for rule in file.rules]
    by_id = {rule.id: rule for rule in rules}
    clocks = {clock.id: clock for file in files.values() for clock in file.clocks}
    ledgers = {ledger.id for file in files.values() for ledger in file.ledgers}
    seen = Counter(rule.id for rule in rules)
    shares: dict[str, float] = {}
    for name, file in files.items():
        for rule in file.rules:
            if seen[rule.id] > 1:
                raise LawError(name, rule.id, "id", "two rules have this id")
            _check_clocks(name, rule, clocks)
            _check_references(name, rule, by_id)
            if isinstance(rule.params, PopulationQuota):
                _check_ledger(name, rule, ledgers, shares)


def _check_clocks(file: str, rule: Rule, clocks: Mapping[str, Clock]) -> None:
    for clock in rule.clock:
        if clock not in clocks:
            raise LawError(file, rule.id, "clock", f"'{clock}'; allowed: {', '.join(clocks)}")
    timed = Counter(group for clock in rule.clock for group in clocks[clock].groups)
    for group in rule.groups if rule.clock else ():
        if timed[group] != 1:
            raise LawError(
                file, rule.id, "clock", f"{group} has {timed[group]} clocks here; allowed: one"
            )


def _check_references(file: str, rule: Rule, by_id: Mapping[str, Rule]) -> None:
    forms = [name for name, other in by_id.items() if other.shape == "form_rule"]
    lifts = [n for n, r in by_id.items() if r.shape in ("exemption_predicate", "leave_out")]
    if rule.forms is not None and rule.forms not in forms:
        raise LawError(file, rule.id, "forms", f"'{rule.forms}'; allowed: {', '.join(forms)}")
    for name in rule.exemptions:
        if name not in lifts:
            raise LawError(file, rule.id, "exemptions", f"'{name}'; allowed: {', '.join(lifts)}")
        if by_id[name].shape == "leave_out" and not rule.is_quota:
            raise LawError(file, rule.id, "exemptions", f"'{name}' may only lift a quota")


def _check_ledger(file: str, rule: Rule, ledgers: set[str], shares: dict[str, float]) -> None:
    params: PopulationQuota = rule.params
    if params.ledger not in ledgers:
        allowed = ", ".join(sorted(ledgers))
        raise LawError(file, rule.id, "params.ledger", f"'{params.ledger}'; allowed: {allowed}")
    share = shares.setdefault(params.ledger, params.min_share)
    if share != params.min_share:
        raise LawError(
            file, rule.id, "params.min_share", f"{params.min_share}; its ledger has {share}"
        )
