"""Everything that has happened in a case as one list: newest first, a page at a time."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.people.requests import CitizenRequest
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.queries import unit_names
from velvalgt.core.calendar import midnight

Record = TypeVar("Record", bound=Model)
A_PAGE = 20
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)


class Topic(TextChoices):
    """What a happening is about; the reader may look at one at a time."""

    CONTACT = "contact", _("talks and contact")
    DECISION = "decision", _("decisions")
    DOCUMENT = "document", _("documents and letters")
    BENEFIT = "benefit", _("benefit")
    WORK = "work", _("work and offers")
    MESSAGE = "message", _("messages")
    PLAN = "plan", _("the plan")
    DEED = "deed", _("what you did here")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """Where a happening stands in the list; no two stand in the same place."""

    at: datetime
    key: str

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.key}"

    @classmethod
    def read(cls, text: str) -> "Position | None":
        """Read a position from an address; None where it is none."""
        at, _, key = text.partition("~")
        station, _, row = key.partition(":")
        try:
            position = cls(datetime.fromisoformat(at), f"{station}:{UUID(row)}")
        except ValueError:
            return None
        is_one = position.at.tzinfo and FIRST_DAY.year < position.at.year < LAST_DAY.year
        return position if is_one else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One thing that happened (hændelse): when, what, who did it, where the fact comes from.

    Attributes:
        topic: what it is about.
        at: when; the beginning of the day where only the day is known.
        key: the station and the row's key, as in "journal:0190...".
        title: what happened, said to the citizen.
        words: what else there is to say, a sentence each.
        who: who did it, where it is not a person who is known here.
        by: who did it or wrote it, where it is.
        source: where the fact comes from.
        url: where to read more.
        is_void: it was corrected or taken back, and no longer holds.
        is_timed: the hour is known, too.
        unit: where the one who did it works; filled in for the page.
    """

    topic: Topic
    at: datetime
    key: str
    title: str
    words: tuple[str, ...] = ()
    who: str = ""
    by: User | None = None
    source: str = ""
    url: str = ""
    is_void: bool = False
    is_timed: bool = False
    unit: str = ""

    @property
    def position(self) -> Position:
        """Where it stands in the list."""
        return Position(self.at, self.key)

    @property
    def on(self) -> date:
        """The day, in Copenhagen."""
        return timezone.localdate(self.at)


@dataclass(frozen=True, slots=True)
class Window:
    """What the reader asks to see: some topics, some days, and from where in the list."""

    topics: frozenset[Topic] = field(default_factory=lambda: frozenset(Topic))
    first_day: date | None = None
    last_day: date | None = None
    below: Position | None = None
    size: int = A_PAGE

    def holds(self, happening: Happening) -> bool:
        """Whether a happening is to be seen in it."""
        first, last = self.first_day or FIRST_DAY, self.last_day or LAST_DAY
        is_below = self.below is None or happening.position < self.below
        return happening.topic in self.topics and first <= happening.on <= last and is_below

    def rows(self, records: "QuerySet[Record]", name: str, station: str) -> list[Record]:
        """Read the newest of a station's records that can be on the page, and no more.

        Args:
            records: the station's records about the citizen.
            name: their field with the day, or with the moment, whose name then ends in _at.
            station: the first part of their happenings' keys.
        """
        is_timed = name.endswith("_at")
        chosen = records.filter(*self._days(name, is_timed), *self._below(name, station, is_timed))
        return list(chosen.order_by(f"-{name}", "-pk")[: self.size + 1])

    def _days(self, name: str, is_timed: bool) -> Iterable[Q]:
        if self.first_day:
            yield Q(**{f"{name}__gte": midnight(self.first_day) if is_timed else self.first_day})
        if self.last_day:
            after = self.last_day + timedelta(days=1)
            yield Q(**{f"{name}__lt": midnight(after) if is_timed else after})

    def _below(self, name: str, station: str, is_timed: bool) -> Iterable[Q]:
        """What stands lower in the list; at the very same moment the keys decide."""
        if self.below is None:
            return
        other, _, pk = self.below.key.partition(":")
        day = timezone.localdate(self.below.at)
        at = self.below.at if is_timed else day
        lower = Q(**{f"{name}__lt": at})
        if not is_timed and self.below.at > midnight(day):  # that day's own beginning lies below
            yield lower | Q(**{name: day})
        elif station == other:
            yield lower | Q(**{name: at, "pk__lt": pk})
        else:
            yield lower | Q(**{name: at}) if station < other else lower


Station = Callable[[CitizenRequest, Window], Iterable[Happening]]


@dataclass(frozen=True, slots=True)
class Page:
    """Some happenings of the list, and where it goes on."""

    happenings: list[Happening]
    goes_on: Position | None


def page_of(
    stations: Iterable[tuple[Station, frozenset[Topic]]], request: CitizenRequest, window: Window
) -> Page:
    """Ask each station that has something to say, and put what they tell in one order."""
    told = [
        happening
        for tell, topics in stations
        if topics & window.topics
        for happening in tell(request, window)
        if window.holds(happening)
    ]
    told.sort(key=lambda happening: happening.position, reverse=True)
    page = told[: window.size]
    units = unit_names({each.by.pk for each in page if each.by}, at=request.at)
    named = [replace(each, unit=units.get(each.by.pk, "")) if each.by else each for each in page]
    return Page(named, page[-1].position if len(told) > window.size else None)
