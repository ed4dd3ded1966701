"""What a case weighs and what a caseworker can carry, both in full-time caseworkers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from velvalgt.core.words import vocabulary

Floats = NDArray[np.float64]

GUIDELINES = Path(__file__).with_name("guidelines.yaml")
FULL_TIME_HOURS = 37.0
"""The week that the Danish collective agreements call full time."""


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Texts(_Strict):
    """The same text in Danish and in English."""

    da: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Source(_Strict):
    """Where the ranges are written, and whether they were read there."""

    title: str
    url: str = Field(pattern="^https://")
    read_on: date
    status: Literal["confirmed", "secondhand", "local"]


class Mapping(_Strict):
    """A group of the law's that is weighed by a range; why, where the source does not name it."""

    group: str
    mapping: Literal["theirs", "ours"]
    why: str | None = None

    @model_validator(mode="after")
    def _ours_has_a_reason(self) -> Mapping:
        if (self.mapping == "ours") != (self.why is not None):
            raise ValueError(f"{self.group}: a mapping of ours, and no other, says why")
        return self


class Range(_Strict):
    """From how many to how many cases of a kind one full-time caseworker may answer for."""

    id: str = Field(pattern=r"^[a-z_]+$")
    words: Texts
    low: int = Field(gt=0)
    high: int
    groups: tuple[Mapping, ...]

    @model_validator(mode="after")
    def _rises(self) -> Range:
        if self.high < self.low:
            raise ValueError(f"{self.id}: {self.high} is below {self.low}")
        return self


class Guidelines(_Strict):
    """The ranges of one source (vejledende sagstal)."""

    source: Source
    ranges: tuple[Range, ...]

    @model_validator(mode="after")
    def _each_group_once(self) -> Guidelines:
        groups = [each.group for range_ in self.ranges for each in range_.groups]
        twice = {group for group in groups if groups.count(group) > 1}
        unknown = set(groups) - {word.word for word in vocabulary("group")}
        if twice or unknown:
            raise ValueError(f"groups that stand twice or do not exist: {sorted(twice | unknown)}")
        return self

    def of(self, groups: Sequence[str]) -> Floats:
        """The range of each case.

        Args:
            groups: the target group of each case, as `core/vocabulary.yaml` has it.

        Returns:
            (n, 2) fewest and most cases like this for one full time; NaN where there is no range.
        """
        found = {
            each.group: (range_.low, range_.high)
            for range_ in self.ranges
            for each in range_.groups
        }
        pairs = [found.get(group, (np.nan, np.nan)) for group in groups]
        return np.asarray(pairs, dtype=np.float64).reshape(-1, 2)


@cache
def load_guidelines(path: Path = GUIDELINES) -> Guidelines:
    """Read and check a file of guidelines.

    Args:
        path: the file; the one that Velvalgt ships where nothing is said.

    Returns:
        Its source and its ranges.

    Raises:
        pydantic.ValidationError: the file does not hold; it says where and why.
    """
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Guidelines.model_validate(content)


def case_weight(ranges: Floats, contact: Floats | None = None) -> Floats:
    """What each case weighs: the share of a full-time caseworker that it takes.

    A caseworker whose cases all lie at the middle of their range, with the usual contact, is
    loaded to 1, whatever the mix. Twice the contact weighs twice.

    Args:
        ranges: (n, 2) fewest and most cases like this for one full time; see `Guidelines.of`.
        contact: (n,) the contact that the case's effort plans over what is usual in its group;
            1, the usual, where None.

    Returns:
        (n,) contact / middle of the range.

    Raises:
        ValueError: a case has no range, or no contact; it says which.
    """
    middle = ranges.mean(axis=1)
    contact = np.ones(len(middle)) if contact is None else contact
    for name, values in (("range", middle), ("contact", contact)):
        bad = np.flatnonzero(~(np.isfinite(values) & (values > 0)))
        if bad.size:
            raise ValueError(f"Case {bad[0]} has no {name}: give it a number above 0.")
    weight: Floats = contact / middle
    return weight


def full_times(hours_week: Floats, away: Floats, elsewhere: Floats) -> Floats:
    """What each caseworker can carry, as a share of a full-time caseworker.

    Args:
        hours_week: (c,) agreed hours a week.
        away: (c,) the share of the time looked at that they are away, 0 to 1.
        elsewhere: (c,) hours a week for what is no case, as running a job network.

    Returns:
        (c,) never below 0.

    Raises:
        ValueError: a number is missing or out of range; it says whose.
    """
    good = (hours_week >= 0) & (away >= 0) & (away <= 1) & (elsewhere >= 0)
    bad = np.flatnonzero(~(good & np.isfinite(hours_week) & np.isfinite(elsewhere)))
    if bad.size:
        raise ValueError(
            f"Caseworker {bad[0]}: hours must be 0 or more, and the share away between 0 and 1."
        )
    left: Floats = np.maximum(hours_week * (1 - away) - elsewhere, 0.0) / FULL_TIME_HOURS
    return left
