"""Pictures of numbers as bars (søjlediagram): where each part lies; a template draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 36, 120
"""How wide the room of one bar is, and how high the highest bar."""
GAP = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: its kind names how it looks."""

    kind: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with its parts, the lowest first, and the middle under which its name stands."""

    x: int
    width: int
    middle: int
    top: float
    parts: tuple[Part, ...]


def bars(rows: Sequence[Sequence[tuple[str, int]]], highest: int) -> list[Bar]:
    """Lay out bars of parts that stand upon each other.

    Args:
        rows: for each bar its parts, kind and number, the lowest first.
        highest: the number that reaches the top; the same for pictures to be compared.
    """
    return [_bar(place, parts, max(highest, 1)) for place, parts in enumerate(rows)]


def _bar(place: int, parts: Sequence[tuple[str, int]], highest: int) -> Bar:
    y, laid = float(HIGH), []
    for kind, number in parts:
        height = round(HIGH * number / highest, 1)
        y = round(y - height, 1)
        if number:
            laid.append(Part(kind, y, height))
    x = place * WIDE
    return Bar(x + GAP // 2, WIDE - GAP, x + WIDE // 2, y, tuple(laid))
