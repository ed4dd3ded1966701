"""Finding free times (ledige tider): who can meet whom when, where and with whose help."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

import numpy as np
from django.utils import timezone

from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.gathering import Free, Pair, Wanted, gathered
from velvalgt.apps.meetings.openings import NONE, Minutes, first_minute, minute, moment
from velvalgt.apps.meetings.slots import Mask, candidates, fits, on_the_quarter
from velvalgt.apps.people.models import Citizen

MINUTE = 60


@dataclass(frozen=True, slots=True)
class Slot:
    """A time on offer (ledig tid), and who of the staff is free then."""

    starts_at: datetime
    ends_at: datetime
    staff: tuple[UUID, ...]

    @property
    def on(self) -> date:
        """The day of it here."""
        return timezone.localdate(self.starts_at)


def by_day(slots: Iterable[Slot]) -> list[tuple[date, list[Slot]]]:
    """Give times on offer by their days, both in order."""
    return [(day, list(some)) for day, some in groupby(slots, lambda slot: slot.on)]


@dataclass(frozen=True, slots=True)
class Chosen:
    """One way to hold a meeting at a moment: with whom, where, in which room."""

    caseworker_id: UUID
    second_id: UUID | None = None
    place_id: UUID | None = None
    room_id: UUID | None = None
    interpreter_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """When a meeting can begin, and with whom.

    `starts` are (k,) minutes since 1970, in order; `is_free` is (staff, k).
    """

    wanted: Wanted
    free: Free
    staff: tuple[Pair, ...]
    starts: Minutes
    is_free: Mask

    def slots(self) -> list[Slot]:
        """The times on offer, each once, in order."""
        length = self.wanted.length
        found = []
        for column, start in enumerate(self.starts):
            rows = np.flatnonzero(self.is_free[:, column])
            staff = dict.fromkeys(self.staff[row][0] for row in rows)
            begins = moment(start)
            found.append(Slot(begins, begins + length, tuple(staff)))
        return found

    def nearest(self, to: datetime, most: int = 3) -> list[Slot]:
        """The times on offer that lie nearest to a moment, in order."""
        slots = sorted(self.slots(), key=lambda slot: abs(slot.starts_at - to))[:most]
        return sorted(slots, key=lambda slot: slot.starts_at)

    def ways_to_hold(self, starts_at: datetime) -> list[Chosen]:
        """Every way to hold the meeting at a moment; with the least busy first, then by key."""
        columns = np.flatnonzero(self.starts == minute(starts_at))
        if len(columns) == 0:
            return []
        rows = np.flatnonzero(self.is_free[:, columns[0]])
        pairs = sorted(
            (self.staff[row] for row in rows), key=lambda pair: (self._load(pair[0]), str(pair))
        )
        return [chosen for pair in pairs for chosen in self._with(pair, minute(starts_at))]

    def _with(self, pair: Pair, start: int) -> list[Chosen]:
        caseworker, place = pair
        free, length = self.free, _minutes(self.wanted)
        staffed = length + self.wanted.type.buffer_minutes
        return [
            Chosen(caseworker, second, place, room, interpreter)
            for second in _those_free(free.seconds, place, start, staffed)
            if second != caseworker
            for room in _those_free(_rooms_at(free, self.wanted.way, place), place, start, length)
            for interpreter in _those_free(free.interpreters, None, start, length)
        ]

    def _load(self, staff: UUID) -> int:
        return len(self.free.busy.get(staff, NONE))


def free_times(
    *,
    citizen: Citizen | None,
    wanted: Wanted,
    begins: datetime,
    ends: datetime,
    besides: UUID | None = None,
) -> FreeTimes:
    """Find when a meeting can begin between two moments (finde ledige tider).

    Args:
        citizen: with whom; their own meetings are in the way as well. None: with anybody.
        wanted: which meeting.
        begins: the first moment.
        ends: the moment after the last.
        besides: a meeting whose holds are not in the way, because it is the one to be moved.
    """
    free = gathered(citizen, wanted, begins, ends, besides)
    staff = tuple(sorted(free.staff, key=str))
    starts = _candidates(free, begins, ends)
    is_free = np.zeros((len(staff), len(starts)), dtype=bool)
    for row, pair in enumerate(staff):
        is_free[row] = _can_meet(free, wanted, pair, starts)
    if len(starts):
        is_free = on_the_quarter(is_free, starts)
    kept = is_free.any(axis=0) if len(staff) else np.zeros(len(starts), dtype=bool)
    return FreeTimes(wanted, free, staff, starts[kept], is_free[:, kept])


def _candidates(free: Free, begins: datetime, ends: datetime) -> Minutes:
    others = (free.seconds, free.rooms, free.interpreters)
    needed = [periods for some in others if some is not None for periods in some.values()]
    found = candidates(free.staff.values(), [free.citizen, *free.also, *needed])
    return found[(found >= first_minute(begins)) & (found < minute(ends))]


def _can_meet(free: Free, wanted: Wanted, pair: Pair, starts: Minutes) -> Mask:
    """Say at which moments one of the staff can hold the meeting in a place."""
    caseworker, place = pair
    length = _minutes(wanted)
    staffed = length + wanted.type.buffer_minutes
    rooms = _rooms_at(free, wanted.way, place)
    seconds = free.seconds
    if seconds is not None:
        seconds = {each: when for each, when in seconds.items() if each[0] != caseworker}
    return (
        fits(free.staff[pair], starts, staffed)
        & fits(free.citizen, starts, length)
        & _all_fit(free.also, starts, staffed)
        & _any_fits(seconds, place, starts, staffed)
        & _any_fits(rooms, place, starts, length)
        & _any_fits(free.interpreters, None, starts, length)
    )


def _all_fit(needed: Sequence[Minutes], starts: Minutes, length: int) -> Mask:
    """Say at which moments all of those who must be there are free."""
    found = np.ones(len(starts), dtype=bool)
    for periods in needed:
        found &= fits(periods, starts, length)
    return found


def _any_fits(
    needed: dict[Pair, Minutes] | None, place: UUID | None, starts: Minutes, length: int
) -> Mask:
    """Say at which moments one at least of those in a place is free; always if none is needed."""
    if needed is None:
        return np.ones(len(starts), dtype=bool)
    found = np.zeros(len(starts), dtype=bool)
    for (_, where), periods in needed.items():
        if where == place:
            found |= fits(periods, starts, length)
    return found


def _those_free(
    needed: dict[Pair, Minutes] | None, place: UUID | None, start: int, length: int
) -> Sequence[UUID | None]:
    """Who of those in a place is free at a moment; None alone where none is needed."""
    if needed is None:
        return [None]
    at = np.array([start], dtype=np.int64)
    return [
        key
        for (key, where), periods in sorted(needed.items(), key=str)
        if where == place and fits(periods, at, length)[0]
    ]


def _rooms_at(free: Free, way: Way, place: UUID | None) -> dict[Pair, Minutes] | None:
    """The rooms of a place; a video meeting needs none where the place has none for video."""
    if free.rooms is None:
        return None
    here = {pair: when for pair, when in free.rooms.items() if pair[1] == place}
    return None if way == Way.VIDEO and not here else here


def _minutes(wanted: Wanted) -> int:
    return int(wanted.length.total_seconds()) // MINUTE
