"""The frames as sorted integer arrays: a key is a person (or a run) and a day in one number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from velvalgt.core.frames import COLUMNS, Kind, enum, vocabulary

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

# Days count from 1970-01-01; a key has room for every day from 1880 to after NEVER.
NEVER = int(np.datetime64("9999-12-31", "D").astype(np.int64))
_SHIFT, _BASE = 22, 1 << 15
EARLIEST = -_BASE


def day_number(day: date) -> int:
    """A day as the number of days since 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.int64))


def keys(owner: Ints, day: Ints) -> Ints:
    """One number for each owner and day, in the same order as the pairs.

    Args:
        owner: (n,) numbers from 0.
        day: (n,) day numbers.

    Returns:
        (n,) keys.
    """
    return (owner << _SHIFT) + (day + _BASE)


def days_of(key: Ints) -> Ints:
    """The day numbers inside keys."""
    return (key & ((1 << _SHIFT) - 1)) - _BASE


@dataclass(frozen=True, slots=True)
class Marks:
    """Days that belong to owners, sorted, so that any window is counted by two searches."""

    key: Ints

    @classmethod
    def of(cls, owner: Ints, day: Ints) -> Marks:
        """Sort the days of all owners."""
        return cls(np.sort(keys(owner, day)))

    def owners(self) -> Ints:
        """The owner of each day."""
        return self.key >> _SHIFT

    def days(self) -> Ints:
        """The days, in order of owner and day."""
        return days_of(self.key)

    def count(self, owner: Ints, first: Ints, end: Ints) -> Ints:
        """How many days each owner has from first, in, to end, out; 0 when end is before."""
        low = np.searchsorted(self.key, keys(owner, first))
        high = np.searchsorted(self.key, keys(owner, end))
        return np.maximum(high - low, 0)

    def last_before(self, owner: Ints, first: Ints, end: Ints) -> Ints:
        """Each owner's last day from first, in, to end, out; NEVER where there is none."""
        if not self.key.size:
            return np.full(owner.shape, NEVER)
        at = np.searchsorted(self.key, keys(owner, end)) - 1
        found = self.key[np.maximum(at, 0)]
        inside = (at >= 0) & (found >= keys(owner, first))
        return np.where(inside, days_of(found), NEVER)


@dataclass(frozen=True, slots=True)
class Spans:
    """Half-open periods that belong to owners."""

    starts: Marks
    ends: Marks

    @classmethod
    def of(cls, owner: Ints, start: Ints, end: Ints) -> Spans:
        """Sort the periods; an empty one is dropped."""
        real = end > start
        return cls(Marks.of(owner[real], start[real]), Marks.of(owner[real], end[real]))

    def hold(self, owner: Ints, day: Ints) -> Flags:
        """Whether any period of the owner holds the day."""
        if not self.starts.key.size:
            return np.zeros(owner.shape, dtype=np.bool_)
        lowest = np.full(owner.shape, EARLIEST)
        begun = self.starts.count(owner, lowest, day + 1)
        return begun > self.ends.count(owner, lowest, day + 1)


@dataclass(frozen=True, slots=True)
class Events:
    """The journal to a day, as arrays with the person's index."""

    person: Ints
    kind: Ints
    on: Ints
    until: Ints
    actor: Ints
    form: Ints
    detail: pl.Series

    def where(self, kind: str) -> Flags:
        """The rows of one kind."""
        return np.asarray(self.kind == code("kind", kind))

    def details(self, words: tuple[str, ...]) -> Flags:
        """The rows whose detail is one of the words."""
        return self.detail.is_in(list(words)).fill_null(value=False).to_numpy()

    def marks(self, rows: Flags) -> Marks:
        """The days of chosen rows."""
        return Marks.of(self.person[rows], self.on[rows])

    def spans(self, rows: Flags) -> Spans:
        """The periods of chosen rows; one without an end goes on."""
        return Spans.of(self.person[rows], self.on[rows], self.until[rows])


@dataclass(frozen=True, slots=True)
class Spells:
    """The spells begun by a day, as arrays with the person's index."""

    person: Ints
    benefit: Ints
    group: Ints
    municipality: Ints
    start: Ints
    end: Ints

    def take(self, rows: Ints | Flags) -> Spells:
        """Chosen rows, in the order given."""
        return Spells(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Lives:
    """All that is known of a set of people on a day."""

    on: int
    person_ids: NDArray[np.int32]
    spells: Spells
    events: Events
    clock_days: Ints
    clock_as_of: Ints


def code(name: str, word: str) -> int:
    """The number of a word in its vocabulary."""
    return [entry.word for entry in vocabulary(name)].index(word)


def lives_on(people: pl.DataFrame, spells: pl.DataFrame, events: pl.DataFrame, on: date) -> Lives:
    """Turn the frames into arrays as they were known on a day.

    Args:
        people: the people frame.
        spells: the spells frame; spells that begin after the day are not seen.
        events: the events frame; events after the day are not seen.
        on: the day.

    Returns:
        The arrays; people without spells are not in them.
    """
    spells = _as("spells", spells).filter((pl.col("start") <= on) & pl.col("group").is_not_null())
    ids = np.unique(spells["person_id"].to_numpy())
    events = _as("events", events).filter(pl.col("on") <= on)
    events, person = _known(events, ids)
    clock_days, clock_as_of = _authority_counts(_as("people", people), ids)
    return Lives(
        on=day_number(on),
        person_ids=ids.astype(np.int32),
        spells=Spells(
            person=np.searchsorted(ids, spells["person_id"].to_numpy()).astype(np.int64),
            benefit=_codes(spells["benefit"]),
            group=_codes(spells["group"]),
            municipality=_codes(spells["municipality"]),
            start=_days(spells["start"]),
            end=_days(spells["end"]),
        ),
        events=Events(
            person=person,
            kind=_codes(events["kind"]),
            on=_days(events["on"]),
            until=_days(events["until"]),
            actor=_codes(events["actor"]),
            form=_codes(events["form"]),
            detail=events["detail"],
        ),
        clock_days=clock_days,
        clock_as_of=clock_as_of,
    )


def _as(kind: Kind, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the contract's columns and types; a word outside them raises."""
    absent = [
        pl.lit(None).alias(name)
        for name, column in COLUMNS[kind].items()
        if name not in frame.columns and not column.required
    ]
    return frame.with_columns(absent).select(
        pl.col(name).cast(enum(column.words) if column.words else column.dtype)
        for name, column in COLUMNS[kind].items()
    )


def _known(events: pl.DataFrame, ids: NDArray[np.int32]) -> tuple[pl.DataFrame, Ints]:
    person = events["person_id"].to_numpy()
    index = np.searchsorted(ids, person)
    inside = index < ids.size
    inside[inside] = ids[index[inside]] == person[inside]
    return events.filter(pl.Series(inside)), index[inside].astype(np.int64)


def _authority_counts(people: pl.DataFrame, ids: NDArray[np.int32]) -> tuple[Ints, Ints]:
    counted, index = _known(people.filter(pl.col("clock_weeks").is_not_null()), ids)
    days, as_of = np.zeros(ids.size, np.int64), np.full(ids.size, NEVER)
    days[index] = np.rint(counted["clock_weeks"].to_numpy() * 7).astype(np.int64)
    as_of[index] = _days(counted["clock_as_of"])
    return days, as_of


def _codes(words: pl.Series) -> Ints:
    """The numbers of words; -1 for none."""
    return words.to_physical().cast(pl.Int64).fill_null(-1).to_numpy()


def _days(days: pl.Series) -> Ints:
    return days.to_physical().cast(pl.Int64).fill_null(NEVER).to_numpy()
