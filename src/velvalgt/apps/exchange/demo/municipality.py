"""What the demo is built from: what `core.lab` synthesises."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import polars as pl


class Municipality(Protocol):
    """What `core.lab` synthesises."""

    @property
    def people(self) -> pl.DataFrame: ...
    @property
    def spells(self) -> pl.DataFrame: ...
    @property
    def events(self) -> pl.DataFrame: ...
    @property
    def work(self) -> pl.DataFrame: ...
    @property
    def payments(self) -> pl.DataFrame: ...
    @property
    def named(self) -> Mapping[str, int]: ...
    @property
    def caseload(self) -> Sequence[int]: ...
