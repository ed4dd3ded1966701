"""Arithmetic of gains: studies made one, what others lose, how wide an interval is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray

from velvalgt.core.effect.table import Displacement

Floats = NDArray[np.float64]
Words = pl.Series | Sequence[str | None]

_IN_90_PERCENT = 1.6448536269514722  # standard deviations to each side, of a normal distribution


def displaced(
    mean: Floats, sd: Floats, shares: Floats, taken: Displacement
) -> tuple[Floats, Floats]:
    """What is left of gains when so large a share of those concerned gets each effort.

    Args:
        mean: (..., k) weeks.
        sd: (..., k) standard deviations.
        shares: (k,) the share treated, 0 to 1.
        taken: how much is taken from others at a share of 1, and how unsure that is.

    Returns:
        Mean times (1 - value x share), and its standard deviation with the doubt of both: all three
        terms of the variance of a product of independent things. What is taken is held to lie
        anywhere between low and high.

    Raises:
        ValueError: a share is none.

    Source: Gautier, Muller, van der Klaauw, Rosholm and Svarer (2018).
    """
    if not ((shares >= 0) & (shares <= 1)).all():
        raise ValueError("shares: each lies between 0 and 1")
    left = 1 - taken.value * shares
    doubt = shares * (taken.high - taken.low) / np.sqrt(12)
    return mean * left, np.hypot(np.hypot(sd * left, mean * doubt), sd * doubt)


def pooled(readings: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Make one of what several studies of the same strength say.

    Args:
        readings: mean and standard deviation of each, in weeks; at least one.

    Returns:
        The mean weighted by precision, and its standard deviation: what is left of the doubt
        within the studies, and how far they lie from each other.

    Source: inverse-variance weights with the spread between studies added whole, which is wider
    than DerSimonian and Laird (1986) and needs no estimate from two or three studies.
    """
    means, sds = np.array(readings, dtype=np.float64).T
    weights = sds**-2.0
    mean = np.average(means, weights=weights)
    between = np.average((means - mean) ** 2, weights=weights)
    return float(mean), float(np.sqrt(1 / weights.sum() + between))


def interval(mean: ArrayLike, sd: ArrayLike) -> tuple[Floats, Floats]:
    """Between what and what a gain lies in nine cases of ten, if readings and doubt are right.

    Args:
        mean: weeks, of any shape.
        sd: standard deviations of the same shape.

    Returns:
        Low and high; NaN where there is no gain.
    """
    middle = np.asarray(mean, dtype=np.float64)
    reach = _IN_90_PERCENT * np.asarray(sd, dtype=np.float64)
    return middle - reach, middle + reach


def codes_of(words: Words, known: pl.Enum, what: str) -> NDArray[np.intp]:
    """The place of each word among those known.

    Args:
        words: (n,) words; null where there is none.
        known: the words that there are.
        what: what they are, for the one who reads the error.

    Returns:
        (n,) places; -1 where it is null.

    Raises:
        ValueError: a word is none of them.
    """
    given = pl.Series(words, dtype=None if isinstance(words, pl.Series) else pl.String)
    strange = sorted({*given.unique().drop_nulls().cast(pl.String)} - {*known.categories})
    if strange:
        allowed = ", ".join(known.categories)
        raise ValueError(f"no {what} '{strange[0]}'; there are: {allowed}")
    codes = given.cast(known).to_physical().cast(pl.Int64).fill_null(-1)
    return codes.to_numpy().astype(np.intp)
