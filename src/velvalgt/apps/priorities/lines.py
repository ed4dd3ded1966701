"""What a plan says of its capacities, groups and weights, line by line, with small groups hidden.

The rows lie in a `Run` and in a `Forecast` as `priorities.plan.Plan` describes them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from velvalgt.apps.cases.choices import AT_RISK, NeedLevel
from velvalgt.apps.meetings.queries import FEWEST
from velvalgt.apps.priorities.choices import CountedIn

Row = dict[str, Any]
KRONER_AT_A_TIME = 10_000
"""What one more is of money: of a single krone no reader sees what it gives."""
NEAR = (NeedLevel.CLOSE,)
"""Those who find work soonest; Amalie of the stories is one of them."""


@dataclass(frozen=True, slots=True)
class CapacityLine:
    """What there is of one capacity in the period, what is taken, and what one more would give.

    Attributes:
        legal: what the law's own talks take first, and `lacking` what is missing for them.
        price: weeks in work for one more (of money, `KRONER_AT_A_TIME`), from `low` to `high`;
            None in plain mode.
        wanted: how many would get it if it had no end; None where nobody reckons it.
    """

    key: str
    name: str
    counted_in: CountedIn
    amount: float
    legal: float
    left: float
    used: float
    lacking: float
    price: float | None
    low: float | None
    high: float | None
    wanted: float | None

    @property
    def short(self) -> int:
        """How many more would be used if they were there."""
        return max(round((self.wanted or 0) - self.amount), 0)


def capacity_lines(rows: Iterable[Row], names: dict[str, str]) -> list[CapacityLine]:
    """Give a plan's capacities by name."""
    lines = [
        CapacityLine(
            key=row["key"],
            name=names.get(row["key"]) or str(row["key"]),
            counted_in=CountedIn(row["counted_in"]),
            amount=row["amount"],
            legal=row.get("legal") or 0,
            left=row.get("left") or 0,
            used=row.get("used") or 0,
            lacking=row.get("lacking") or 0,
            price=_for_one_more(row, "price"),
            low=_for_one_more(row, "price_low"),
            high=_for_one_more(row, "price_high"),
            wanted=row.get("wanted"),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.name, line.key))


def _for_one_more(row: Row, name: str) -> float | None:
    price: float | None = row.get(name)
    if price is None:
        return None
    return price * (KRONER_AT_A_TIME if row["counted_in"] == CountedIn.KRONER else 1)


def bottleneck(lines: Iterable[CapacityLine]) -> CapacityLine | None:
    """Give the hours of which one more is worth most (flaskehals); None where none is worth any."""
    worth = [line for line in lines if line.counted_in == CountedIn.HOURS and line.price]
    return max(worth, key=lambda line: (line.price or 0, line.key), default=None)


def shortest(lines: Iterable[CapacityLine]) -> CapacityLine | None:
    """Give the offer that lacks most seats; None where none lacks any."""
    short = [line for line in lines if line.counted_in == CountedIn.SEATS and line.short > 0]
    return max(short, key=lambda line: (line.short, line.key), default=None)


@dataclass(frozen=True, slots=True)
class GroupLine:
    """Hours by target group and need level; all but the names is None in a group of few."""

    group: str
    level: NeedLevel | None
    citizens: int | None
    legal_hours: float | None
    hours: float | None
    weeks: float | None


def group_lines(rows: Iterable[Row]) -> list[GroupLine]:
    """Give a plan's groups, in the plan's order; a group of few is named and not counted."""
    return [
        GroupLine(
            row["group"] or "",
            NeedLevel(row["level"]) if row.get("level") else None,
            *(
                row.get(name) if row["citizens"] >= FEWEST else None
                for name in ("citizens", "legal_hours", "hours", "weeks")
            ),
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """What those at one level, or at some, get: None where they are few."""

    level: NeedLevel | None
    citizens: int | None
    share: float | None
    weeks: float | None
    weeks_each: float | None


def level_lines(rows: Iterable[Row]) -> list[LevelLine]:
    """Give what each need level gets, the closest to work first."""
    by_level = {row["level"]: row for row in rows}
    return [
        _together(NeedLevel(level), [by_level[level]])
        for level in NeedLevel.values
        if level in by_level
    ]


def _together(level: NeedLevel | None, rows: list[Row]) -> LevelLine:
    citizens = sum(row["citizens"] for row in rows)
    if citizens < FEWEST:
        return LevelLine(level, None, None, None, None)
    weeks = sum(row["weeks"] for row in rows)
    share = sum(row["with_effort"] for row in rows) / citizens
    return LevelLine(level, citizens, share, weeks, weeks / citizens)


@dataclass(frozen=True, slots=True)
class LessLine:
    """Who gets less because of the weights: how many at a level, and how many weeks less."""

    level: NeedLevel
    citizens: int | None
    weeks: float | None


def less_lines(rows: Iterable[Row]) -> list[LessLine]:
    """Give who gets less because of the weights; none where nobody does."""
    return [
        LessLine(NeedLevel(row["level"]), row["citizens"], abs(row["weeks"]))
        if row["citizens"] >= FEWEST
        else LessLine(NeedLevel(row["level"]), None, None)
        for row in rows
        if row["citizens"] and row.get("level")
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """What a set of weights would give: weeks in all, and for those at risk.

    Attributes:
        far: what those at risk or far from work get, among them somebody like Jørn.
        near: what those close to work get, among them somebody like Amalie.
    """

    number: int
    weights: list[float]
    weeks: float
    weeks_at_risk: float
    is_chosen: bool
    far: LevelLine
    near: LevelLine


def points(rows: Iterable[Row]) -> list[Point]:
    """Give what other weights would give, from the weakest to the strongest."""
    return [
        Point(
            number=number,
            weights=[row["weights"][level] for level in NeedLevel.values],
            weeks=row["weeks"],
            weeks_at_risk=row["weeks_at_risk"],
            is_chosen=row["is_chosen"],
            far=_together(None, [each for each in row["levels"] if each["level"] in AT_RISK]),
            near=_together(None, [each for each in row["levels"] if each["level"] in NEAR]),
        )
        for number, row in enumerate(sorted(rows, key=lambda row: row["strength"]), start=1)
    ]
