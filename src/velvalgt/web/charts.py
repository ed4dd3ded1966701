"""Pictures of numbers as bars (søjlediagram) or points: where each lies; a template draws."""

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


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a point lies in a picture: from the left, and from the top."""

    x: float
    y: float


Range = tuple[float, float]


def spots(
    pairs: Sequence[tuple[float, float]], *, across: Range, up: Range, room: tuple[int, int]
) -> list[Spot]:
    """Place points in a picture by their figures.

    Args:
        pairs: what goes across and what goes up, for each point.
        across: the figures at the left and right end; where they are one, all stand in the middle.
        up: the same of the lower and upper end.
        room: how wide and how high the picture is.
    """
    wide, high = room
    return [
        Spot(round(wide * _part(x, across), 1), round(high * (1 - _part(y, up)), 1))
        for x, y in pairs
    ]


def _part(figure: float, ends: Range) -> float:
    least, most = ends
    return (figure - least) / (most - least) if most > least else 0.5
