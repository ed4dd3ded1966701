"""The picture of what other weights would give: where each point of it lies."""

from collections.abc import Sequence
from dataclasses import dataclass

from velvalgt.apps.priorities.queries import Point
from velvalgt.web.charts import Range, Spot, spots

ROOM = (280, 160)
SHARES: Range = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Picture:
    """Total weeks against weeks for those at risk, and who gets an effort at each point.

    Attributes:
        frontier: each point with its place.
        across, up: the figures at the ends of the axes.
        steps: each point at its number.
        far, near: the share with an effort at each, for those like Jørn and like Amalie.
    """

    frontier: list[tuple[Point, Spot]]
    across: Range
    up: Range
    steps: list[tuple[Point, Spot]]
    far: list[Spot]
    near: list[Spot]


def picture(points: Sequence[Point]) -> Picture | None:
    """Lay out the points; None where nothing is to be seen: fewer than two."""
    if len(points) < 2:
        return None
    at_risk, total = [p.weeks_at_risk for p in points], [p.weeks for p in points]
    across, up = (min(at_risk), max(at_risk)), (min(total), max(total))
    places = spots(list(zip(at_risk, total, strict=True)), across=across, up=up, room=ROOM)
    return Picture(
        frontier=list(zip(points, places, strict=True)),
        across=across,
        up=up,
        steps=list(zip(points, _at_numbers(points, [0] * len(points)), strict=True)),
        far=_shares(points, "far"),
        near=_shares(points, "near"),
    )


def _shares(points: Sequence[Point], whose: str) -> list[Spot]:
    """The share with an effort at each point; none where those at a level are few."""
    shares = [getattr(point, whose).share for point in points]
    return [] if None in shares else _at_numbers(points, shares)


def _at_numbers(points: Sequence[Point], shares: Sequence[float]) -> list[Spot]:
    pairs = [(point.number, share) for point, share in zip(points, shares, strict=True)]
    return spots(pairs, across=(1, len(points)), up=SHARES, room=ROOM)
