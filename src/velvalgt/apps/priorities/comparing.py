"""A forecast held against the plan as it would be today, in rows: what is, what would be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from velvalgt.apps.priorities.asking import PATIENCE
from velvalgt.apps.priorities.lines import CapacityLine, LevelLine, capacity_lines, level_lines
from velvalgt.apps.priorities.models import Forecast
from velvalgt.apps.priorities.naming import capacity_names


@dataclass(frozen=True, slots=True)
class CapacityPair:
    """A capacity before and after; None where it is not planned there."""

    name: str
    before: CapacityLine | None
    after: CapacityLine | None


@dataclass(frozen=True, slots=True)
class LevelPair:
    """What those at a need level get, before and after."""

    before: LevelLine
    after: LevelLine


@dataclass(frozen=True, slots=True)
class Change:
    """Weeks before and after."""

    before: float
    after: float

    @property
    def more(self) -> float:
        return self.after - self.before

    @property
    def less(self) -> float:
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Compared:
    """What a forecast says, line by line; in plain mode there are no weeks.

    `Forecast.result` has `before` and `after`; each of them weeks, weeks_at_risk, capacities as
    `Plan.capacities` has them, and levels: level, citizens, with_effort and weeks.
    """

    weeks: Change | None
    weeks_at_risk: Change | None
    capacities: list[CapacityPair]
    levels: list[LevelPair]


def compared(forecast: Forecast) -> Compared | None:
    """Give a forecast as rows; None until it is reckoned."""
    if forecast.result is None:
        return None
    before, after = forecast.result["before"], forecast.result["after"]
    return Compared(
        _change(before, after, "weeks"),
        _change(before, after, "weeks_at_risk"),
        _capacities(before, after),
        _levels(before, after),
    )


def is_overdue(forecast: Forecast, at: datetime) -> bool:
    """Whether one has waited longer for a forecast than any takes."""
    is_waiting = forecast.result is None and not forecast.failed
    return is_waiting and at - forecast.asked_at > PATIENCE


def _change(before: dict[str, Any], after: dict[str, Any], name: str) -> Change | None:
    if before.get(name) is None or after.get(name) is None:
        return None
    return Change(before[name], after[name])


def _capacities(before: dict[str, Any], after: dict[str, Any]) -> list[CapacityPair]:
    names = capacity_names()
    old = {line.key: line for line in capacity_lines(before["capacities"], names)}
    new = {line.key: line for line in capacity_lines(after["capacities"], names)}
    called = {key: line.name for key, line in (old | new).items()}
    keys = sorted(called, key=lambda key: (called[key], key))
    return [CapacityPair(called[key], old.get(key), new.get(key)) for key in keys]


def _levels(before: dict[str, Any], after: dict[str, Any]) -> list[LevelPair]:
    old, new = level_lines(before.get("levels") or []), level_lines(after.get("levels") or [])
    by_level = {line.level: line for line in old}
    return [LevelPair(by_level[line.level], line) for line in new if line.level in by_level]
