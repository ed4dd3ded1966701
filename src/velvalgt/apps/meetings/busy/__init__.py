"""When staff are busy outside (optaget andetsteds): calendars are read, and only times are kept.

Each kind of calendar is an adapter that gives busy times; another server is another adapter.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from velvalgt.apps.meetings.choices import Trouble


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of time in which somebody cannot be met."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Access:
    """Where a calendar outside lies, and what lets one in."""

    address: str
    user: str = ""
    password: str = ""


class CannotRead(Exception):
    """A calendar outside could not be read; `trouble` says why, in a word of ours."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.value)


class BusySource(Protocol):
    """Whatever tells when somebody is busy."""

    def busy(self, begins: datetime, ends: datetime) -> list[Busy]:
        """Give the busy times that touch a stretch of time.

        Raises:
            CannotRead: they cannot be had now.
        """


Source = Callable[[Access], BusySource]
