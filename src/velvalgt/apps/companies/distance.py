"""How far it is from one place to another, as the crow flies (luftlinje)."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0088
"""The earth's mean radius (IUGG)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float


def straight_km(here: Point, there: Point) -> float:
    """Give the great-circle distance between two places in kilometres (afstand i luftlinje).

    The way by road is longer; how much is not known here.

    Source: the haversine formula, which is exact on a sphere and steady for short distances.
    """
    north, south = radians(here.latitude), radians(there.latitude)
    east = radians(there.longitude - here.longitude)
    half = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
