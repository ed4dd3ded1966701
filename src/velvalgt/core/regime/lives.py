"""The frames as sorted integer arrays: a key is a person (or a run) and a day in one number."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray

from velvalgt.core.frames import COLUMNS, Kind, a_kasser, schema, vocabulary

Ints = NDArray[np.signedinteger[Any]]
Flags = NDArray[np.bool_]

# Days count from 1970-01-01; a key has room for every day from 1880 to after NEVER.
NEVER = int(np.datetime64("9999-12-31", "D").astype(np.int64))
_SHIFT, _BASE = 22, 1 << 15
EARLIEST = -_BASE
T = TypeVar("T")
DETAILS = [
    word.word
    for name in ("flag", "exemption", "interview", "request", "objection", "offer")
    for word in vocabulary(name)
]


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
    return (owner.astype(np.int64) << _SHIFT) + (day + _BASE)


def pairs(owners: Ints, wanted: Ints) -> tuple[Ints, Ints]:
    """Every place at which each wanted number stands.

    Args:
        owners: (n,) numbers, sorted.
        wanted: (m,) numbers.

    Returns:
        For each pair the place in `wanted` and the place in `owners`.
    """
    low, high = np.searchsorted(owners, wanted), np.searchsorted(owners, wanted, side="right")
    number = high - low
    index = np.repeat(np.arange(wanted.size), number)
    before = np.repeat(np.cumsum(number) - number, number)
    return index, np.arange(index.size) - before + np.repeat(low, number)


def holding(latest: Ints, first: Ints, end: Ints, day: Ints) -> Ints:
    """The last row, from a latest down to a first, whose period holds a day; the latest where none.

    Args:
        latest: (n,) places of rows begun by the day.
        first: (n,) the places to go down to.
        end: the end of each row's period.
        day: (n,) days.

    Returns:
        (n,) places.
    """
    found, place = latest.copy(), latest.copy()
    searched = np.flatnonzero((end[place] <= day) & (place > first))
    while searched.size:
        place[searched] -= 1
        holds = end[place[searched]] > day[searched]
        found[searched[holds]] = place[searched[holds]]
        searched = searched[~holds]
        searched = searched[place[searched] > first[searched]]
    return found


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

    def once(self) -> Marks:
        """Each day of each owner once."""
        fresh = np.ones(self.key.shape, np.bool_)
        fresh[1:] = self.key[1:] != self.key[:-1]
        return Marks(self.key[fresh])

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
        return np.asarray(np.maximum(high - low, 0))

    def last_before(self, owner: Ints, first: Ints, end: Ints) -> Ints:
        """Each owner's last day from first, in, to end, out; NEVER where there is none."""
        if not self.key.size:
            return np.full(owner.shape, NEVER)
        at = np.searchsorted(self.key, keys(owner, end)) - 1
        found = self.key[np.maximum(at, 0)]
        inside = (at >= 0) & (found >= keys(owner, first))
        return np.where(inside, days_of(found), NEVER)

    def first_from(self, owner: Ints, first: Ints) -> Ints:
        """Each owner's first day from a day on, that day included; NEVER where there is none."""
        if not self.key.size:
            return np.full(owner.shape, NEVER)
        at = np.searchsorted(self.key, keys(owner, first))
        found = self.key[np.minimum(at, self.key.size - 1)]
        inside = (at < self.key.size) & (found >> _SHIFT == owner)
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
        # Every owner before has as many ends as starts, so they do not disturb the difference.
        tomorrow = keys(owner, day + 1)
        begun = np.searchsorted(self.starts.key, tomorrow)
        return np.asarray(begun > np.searchsorted(self.ends.key, tomorrow))

    def end_of(self, owner: Ints, day: Ints) -> Ints:
        """The end of the time that holds each day, where periods touch or overlap taken as one."""
        end, held = day, self.hold(owner, day)
        while held.any():
            end = np.where(held, self.ends.first_from(owner, end + 1), end)
            held &= (end < NEVER) & self.hold(owner, end)
        return end


@dataclass(frozen=True, slots=True)
class Events:
    """The journal to a day, as arrays with the person's index."""

    person: Ints
    kind: Ints
    on: Ints
    until: Ints
    actor: Ints
    form: Ints
    detail: Ints

    def where(self, kind: str) -> Flags:
        """The rows of one kind."""
        return np.asarray(self.kind == code("kind", kind))

    def details(self, words: tuple[str, ...]) -> Flags:
        """The rows whose detail is one of the words."""
        return among(self.detail, "detail", words)

    def plain(self) -> Flags:
        """The rows without a detail."""
        return np.asarray(self.detail < 0)

    def marks(self, rows: Flags) -> Marks:
        """The days of chosen rows."""
        return Marks.of(self.person[rows], self.on[rows])

    def spans(self, rows: Flags) -> Spans:
        """The periods of chosen rows; one without an end goes on."""
        return Spans.of(self.person[rows], self.on[rows], self.until[rows])

    def take(self, rows: Ints | Flags) -> Events:
        """Chosen rows, in the order given."""
        return Events(*(getattr(self, name)[rows] for name in self.__slots__))


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


Rowed = TypeVar("Rowed", Spells, Events)


def _cut_up(rows: Rowed, size: int, people: int) -> list[Rowed]:
    """The rows of so many people at a time, in the order they had."""
    block = (rows.person // size).astype(np.int16)  # small numbers are sorted by radix
    order = np.argsort(block, kind="stable")
    ends = np.searchsorted(block[order], np.arange(-(-people // size)), side="right")
    return [rows.take(part) for part in np.split(order, ends[:-1])]


@dataclass(frozen=True, slots=True)
class Lives:
    """All that is known of a set of people on a day."""

    on: int
    person_ids: NDArray[np.int32]
    spells: Spells
    events: Events
    clock_days: Ints
    clock_as_of: Ints
    born: Ints
    a_kasse: Ints
    memo: dict[Hashable, Any] = field(default_factory=dict)

    def blocks(self, size: int) -> list[Lives]:
        """The same lives, so many people at a time: small enough to stay in the processor's cache.

        What is worked out for one block is not kept for another.
        """
        if self.person_ids.size <= size:
            return [self]
        spells = _cut_up(self.spells, size, self.person_ids.size)
        events = _cut_up(self.events, size, self.person_ids.size)
        blocks = []
        for number, (some, others) in enumerate(zip(spells, events, strict=True)):
            first = number * size
            here = slice(first, first + size)
            blocks.append(
                Lives(
                    on=self.on,
                    person_ids=self.person_ids[here],
                    spells=replace(some, person=some.person - first),
                    events=replace(others, person=others.person - first),
                    clock_days=self.clock_days[here],
                    clock_as_of=self.clock_as_of[here],
                    born=self.born[here],
                    a_kasse=self.a_kasse[here],
                )
            )
        return blocks

    def happened(self, kind: str) -> Marks:
        """The days on which something of a kind happened, by person."""
        return self.once(("kind", kind), lambda: self.events.marks(self.events.where(kind)))

    def municipality(self, person: Ints, day: Ints) -> Ints:
        """Where each person lived on a day: in the municipality of the latest spell that holds it.

        Where none does it is that of the latest begun, before the first that of the first.
        """
        key, order = self.once("by start", self._spells_by_start)
        at = np.searchsorted(key, keys(person, day + 1)) - 1
        first = np.searchsorted(key, keys(person, np.full(person.shape, EARLIEST)))
        place = holding(np.maximum(at, first), first, self.spells.end[order], day)
        return np.asarray(self.spells.municipality[order[place]])

    def _spells_by_start(self) -> tuple[Ints, Ints]:
        key = keys(self.spells.person, self.spells.start)
        order = np.argsort(key, kind="stable")
        return key[order], order

    def once(self, key: Hashable, build: Callable[[], T]) -> T:
        """Build what several counts ask for only the first time."""
        if key not in self.memo:
            self.memo[key] = build()
        built: T = self.memo[key]
        return built


@cache
def code(name: str, word: str) -> int:
    """The number of a word in its vocabulary; `detail` holds the words that rules look for."""
    words = DETAILS if name == "detail" else [entry.word for entry in vocabulary(name)]
    return words.index(word)


def among(codes: Ints, name: str, words: Iterable[str]) -> Flags:
    """Which codes stand for one of a few words of a vocabulary."""
    found = np.zeros(codes.shape, np.bool_)
    for word in words:
        found |= codes == code(name, word)
    return found


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
    begun = _as("spells", spells).lazy().filter(pl.col("start") <= on)
    seen = _in_one_order(_numbers(begun, "spells"))
    ids = _distinct(seen["person_id"])
    happened = _numbers(_as("events", events).lazy().filter(pl.col("on") <= on), "events")
    persons = _as("people", people)
    clock_days, clock_as_of = _authority_counts(persons.filter(pl.col("clock_as_of") <= on), ids)
    born, a_kasse = _persons(persons, ids)
    known, person = _known(happened.pop("person_id"), ids)
    return Lives(
        on=day_number(on),
        person_ids=ids.astype(np.int32),
        spells=Spells(person=_known(seen.pop("person_id"), ids)[1], **seen),
        events=Events(person=person, **{name: values[known] for name, values in happened.items()}),
        clock_days=clock_days,
        clock_as_of=clock_as_of,
        born=born,
        a_kasse=a_kasse,
    )


def _as(kind: Kind, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with the contract's columns and types; a word outside them raises."""
    if all(frame.schema.get(name) == dtype for name, dtype in schema(kind).items()):
        return frame
    absent = [
        pl.lit(None).alias(name)
        for name, column in COLUMNS[kind].items()
        if name not in frame.columns and not column.required
    ]
    return frame.with_columns(absent).select(
        pl.col(name).cast(dtype) for name, dtype in schema(kind).items()
    )


def _numbers(frame: pl.LazyFrame, kind: Kind) -> dict[str, Ints]:
    """The columns that rules look at, as numbers: -1 for no word, NEVER for no day."""
    columns = [
        _number(name, dtype).alias(name)
        for name, dtype in schema(kind).items()
        if isinstance(dtype, pl.Enum) or dtype in (pl.Date, pl.Int32) or name == "detail"
    ]
    return {column.name: column.to_numpy() for column in frame.select(columns).collect()}


def _in_one_order(spells: dict[str, Ints]) -> dict[str, Ints]:
    """Where two spells of a person begin on one day, the order of the rows must not decide."""
    key = np.sort(keys(spells["person_id"], spells["start"]))
    if not (key[1:] == key[:-1]).any():
        return spells
    order = np.lexsort([spells[name] for name in ("municipality", "group", "benefit", "end")])
    return {name: column[order] for name, column in spells.items()}


def _number(name: str, dtype: pl.DataType | type[pl.DataType]) -> pl.Expr:
    if name == "detail":
        # A word that no rule looks for must still be told from no word at all.
        known = pl.col(name).cast(pl.Enum(DETAILS), strict=False).to_physical().cast(pl.Int32)
        return pl.when(pl.col(name).is_not_null()).then(known.fill_null(len(DETAILS))).otherwise(-1)
    none = NEVER if dtype == pl.Date else -1
    return pl.col(name).to_physical().cast(pl.Int32).fill_null(none)


def _distinct(person: Ints) -> Ints:
    """Each id once, in order (np.unique hashes, which is slower here)."""
    ordered = np.sort(person)
    fresh = np.ones(ordered.shape, np.bool_)
    fresh[1:] = ordered[1:] != ordered[:-1]
    return ordered[fresh]


def _known(person: Ints, ids: Ints) -> tuple[Flags, Ints]:
    """Which ids are known, and the place of those that are."""
    if not ids.size:
        return np.zeros(person.shape, np.bool_), np.zeros(0, np.int64)
    lowest, highest = int(ids[0]), int(ids[-1])
    if highest - lowest > 8 * (ids.size + person.size):
        place = np.minimum(np.searchsorted(ids, person), ids.size - 1)
        known = ids[place] == person
        return known, place[known]
    # Numbers given out in order are looked up in a table, much faster than searched for.
    table = np.full(highest - lowest + 1, -1, np.int32)
    table[ids - lowest] = np.arange(ids.size)
    inside = (person >= lowest) & (person <= highest)
    place = np.where(inside, table[np.clip(person - lowest, 0, highest - lowest)], -1)
    return place >= 0, place[place >= 0]


def _authority_counts(people: pl.DataFrame, ids: Ints) -> tuple[Ints, Ints]:
    counted = (
        people.lazy()
        .filter(pl.col("clock_weeks").is_not_null())
        .select(
            pl.col("person_id").cast(pl.Int64),
            days=(pl.col("clock_weeks") * 7).round().cast(pl.Int64),
            as_of=pl.col("clock_as_of").to_physical().cast(pl.Int64),
        )
    )
    delivered = {column.name: column.to_numpy() for column in counted.collect()}
    days, as_of = np.zeros(ids.size, np.int64), np.full(ids.size, NEVER)
    known, place = _known(delivered["person_id"], ids)
    days[place], as_of[place] = delivered["days"][known], delivered["as_of"][known]
    return days, as_of


def _persons(people: pl.DataFrame, ids: Ints) -> tuple[Ints, Ints]:
    """Day of birth (NEVER where it is not known) and a-kasse (-1) of each person."""
    fund = pl.col("a_kasse").replace_strict(_funds(), default=-1, return_dtype=pl.Int64)
    told = people.lazy().select(
        pl.col("person_id").cast(pl.Int64),
        born=pl.col("born").to_physical().cast(pl.Int64).fill_null(NEVER),
        a_kasse=fund.fill_null(-1),
    )
    columns = {column.name: column.to_numpy() for column in told.collect()}
    born, a_kasse = np.full(ids.size, NEVER), np.full(ids.size, -1)
    known, place = _known(columns["person_id"], ids)
    born[place], a_kasse[place] = columns["born"][known], columns["a_kasse"][known]
    return born, a_kasse


@cache
def _funds() -> dict[str, int]:
    return {fund: number for number, fund in enumerate(a_kasser())}
