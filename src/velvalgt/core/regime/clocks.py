"""Clocks at work: spells become runs of counted time (LAB § 9), with start, gaps and end."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from velvalgt.core.calendar import Span
from velvalgt.core.regime.lives import (
    EARLIEST,
    NEVER,
    Flags,
    Ints,
    Lives,
    Marks,
    Spells,
    among,
    days_of,
    keys,
)
from velvalgt.core.regime.schema import Clock


@dataclass(frozen=True, slots=True)
class Gaps:
    """Time that does not count: where on the clock and in the calendar each gap begins.

    `total` is the running sum of the gaps' days, one longer than the keys.
    """

    on_clock: Ints
    on_calendar: Ints
    total: Ints

    def before(self, run: Ints, position: Ints) -> Ints:
        """The days of gaps that begin at or before a position on each run's clock."""
        high = np.searchsorted(self.on_clock, keys(run, position + 1))
        low = np.searchsorted(self.on_clock, keys(run, np.full(run.shape, EARLIEST)))
        return np.asarray(self.total[high] - self.total[low])

    def elapsed(self, run: Ints, day: Ints) -> Ints:
        """The days of gaps that have passed on a calendar day; one under way counts in part."""
        high = np.searchsorted(self.on_calendar, keys(run, day))
        low = np.searchsorted(self.on_calendar, keys(run, np.full(run.shape, EARLIEST)))
        passed = self.total[high] - self.total[low]
        if not self.on_calendar.size:
            return np.asarray(passed)
        latest = np.maximum(high - 1, 0)
        ends = days_of(self.on_calendar[latest]) + self.total[latest + 1] - self.total[latest]
        return np.asarray(passed - np.where(high > low, np.maximum(ends - day, 0), 0))


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of counted time, in order of person and start.

    `earliest` is the first day on which the event that starts the run may lie; `seen` the first day
    of the spells; `since` the first counted day; `shift` what an authority's shorter count moves
    every due day; `last` the start of the latest spell; `end` the day after, NEVER while it runs.
    """

    person: Ints
    earliest: Ints
    seen: Ints
    since: Ints
    last: Ints
    end: Ints
    benefit: Ints
    group: Ints
    municipality: Ints
    shift: Ints
    gaps: Gaps

    def due(self, run: Ints, start: Ints, span: Span) -> Ints:
        """The last day so long after the start, on the clock of each run."""
        position = after(start, span) + self.shift[run]
        return position + self.gaps.before(run, position)

    def begun_by(self, marks: Marks) -> Ints:
        """The last mark at or before each run's first spell; its start where there is none."""
        found = marks.last_before(self.person, self.earliest, self.seen + 1)
        return np.where(found == NEVER, self.since, found)

    def holding(self, person: Ints, day: Ints) -> Ints:
        """The run of each person that holds a day, -1 where none does."""
        if not self.since.size:
            return np.full(person.shape, -1)
        order = np.argsort(keys(self.person, self.since), kind="stable")
        at = np.searchsorted(keys(self.person, self.since)[order], keys(person, day + 1)) - 1
        run = order[np.maximum(at, 0)]
        held = (at >= 0) & (self.person[run] == person) & (day < self.end[run])
        return np.where(held, run, -1)


def runs_of(clock: Clock, lives: Lives) -> Runs:
    """The runs of a clock in a set of lives.

    Args:
        clock: how time is counted.
        lives: the spells and events.

    Returns:
        The runs; since is moved by start events and by an authority's longer count.
    """
    spells = _counted(clock, lives)
    part = _partition(clock, spells)
    order = np.lexsort((spells.start, part, spells.person))
    spells, part = spells.take(order), part[order]
    first = _first_rows(clock, lives, spells, part)
    runs = _collected(spells, first, accumulates=clock.counts == "accumulated")
    runs = _started(clock, lives, runs)
    return _as_the_authority_counts(lives, runs) if clock.authority_count else runs


def after(start: Ints, span: Span) -> Ints:
    """The day number so long after each start, on the calendar."""
    return span.after(start.astype("datetime64[D]")).astype(np.int64)


def _counted(clock: Clock, lives: Lives) -> Spells:
    spells = lives.spells
    counts = among(spells.group, "group", clock.groups)
    if clock.benefits:
        counts &= among(spells.benefit, "benefit", clock.benefits)
    spells = spells.take(counts)
    for part in clock.parts:
        if part.restarts_at:
            spells = _cut(spells, lives, part.restarts_at)
    return spells


def _cut(spells: Spells, lives: Lives, kind: str) -> Spells:
    """Cut a spell in two where an event restarts the clock inside it."""
    rows = lives.events.where(kind)
    person, on = lives.events.person[rows], lives.events.on[rows]
    order = np.lexsort((spells.start, spells.person))
    at = np.searchsorted(keys(spells.person, spells.start)[order], keys(person, on)) - 1
    inside = order[np.maximum(at, 0)] if order.size else np.zeros(at.shape, np.int64)
    real = at >= 0
    real[real] &= spells.person[inside[real]] == person[real]
    real[real] &= spells.end[inside[real]] > on[real]
    inside, on = inside[real], on[real]
    whole = np.concatenate([np.arange(spells.person.size), inside])
    start, end = spells.start[whole], spells.end[whole]
    start[spells.person.size :] = on
    np.minimum.at(end, inside, on)
    return replace(spells.take(whole), start=start, end=end)


def _partition(clock: Clock, spells: Spells) -> Ints:
    """Which spells may follow each other on the clock: those of one benefit, or all."""
    if clock.counts == "accumulated":
        return np.zeros(spells.person.shape, np.int64)
    across = [group for part in clock.parts if part.across_benefits for group in part.groups]
    return np.where(among(spells.group, "group", across), -1, spells.benefit)


def _same(values: Ints) -> Flags:
    """Whether each row has the value of the row before."""
    same = np.zeros(values.shape, np.bool_)
    same[1:] = values[1:] == values[:-1]
    return same


def _ends_so_far(spells: Spells, first: Flags) -> Ints:
    """The latest end among the rows since the last first row, this one included."""
    series = np.cumsum(first).astype(np.int64)
    latest = np.maximum.accumulate(keys(series, spells.end))
    return latest - keys(series, np.zeros(series.shape, np.int64))


def _first_rows(clock: Clock, lives: Lives, spells: Spells, part: Ints) -> Flags:
    """The rows that begin a run."""
    first = ~(_same(spells.person) & _same(part))
    if clock.counts == "unbroken":
        first[1:] |= spells.start[1:] > _ends_so_far(spells, first)[:-1]
    for item in clock.parts:
        if item.restarts_from:
            to = among(spells.group, "group", item.groups)
            left = among(spells.group, "group", item.restarts_from)
            first[1:] |= to[1:] & left[:-1]
        if item.restarts_at:
            marks = lives.events.marks(lives.events.where(item.restarts_at))
            lowest = np.full(spells.person.shape, EARLIEST)
            first |= ~_same(marks.count(spells.person, lowest, spells.start + 1))
    return first


def _collected(spells: Spells, first: Flags, *, accumulates: bool) -> Runs:
    ends = _ends_so_far(spells, first)
    begins = np.flatnonzero(first)
    lasts = np.append(begins[1:], first.size)[: begins.size] - 1
    since, end, person = spells.start[begins], ends[lasts], spells.person[begins]
    return Runs(
        person=person,
        earliest=_earliest(person, since, end),
        seen=since,
        since=since,
        last=spells.start[lasts],
        end=np.where(end > NEVER, NEVER, end),
        benefit=spells.benefit[lasts],
        group=spells.group[lasts],
        municipality=spells.municipality[lasts],
        shift=np.zeros(begins.size, np.int64),
        gaps=_gaps(spells, ends, first) if accumulates else _no_gaps(),
    )


def _earliest(person: Ints, since: Ints, end: Ints) -> Ints:
    """The day from which a start event belongs to each run: the end of the person's run before."""
    order = np.lexsort((since, person))
    before = np.full(person.shape, EARLIEST)
    later = _same(person[order])
    before[order[later]] = end[order[np.flatnonzero(later) - 1]]
    return np.asarray(np.minimum(before, since))


def _no_gaps() -> Gaps:
    return Gaps(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(1, np.int64))


def _gaps(spells: Spells, ends: Ints, first: Flags) -> Gaps:
    rows = np.flatnonzero(~first)
    length = spells.start[rows] - ends[rows - 1]
    rows, length = rows[length > 0], length[length > 0]
    run = (np.cumsum(first) - 1)[rows]
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(length)])
    before = total[:-1] - total[np.searchsorted(run, run)]
    begins = ends[rows - 1]
    return Gaps(keys(run, begins - before), keys(run, begins), total)


def _started(clock: Clock, lives: Lives, runs: Runs) -> Runs:
    """Move the start back to the event that the law counts from, such as the first contact."""
    since = runs.since
    for part in clock.parts:
        if part.starts_at:
            marks = lives.events.marks(lives.events.where(part.starts_at))
            concerned = among(runs.group, "group", part.groups)
            since = np.where(concerned, runs.begun_by(marks), since)
    return replace(runs, since=since)


def _as_the_authority_counts(lives: Lives, runs: Runs) -> Runs:
    """Let a delivered count win: a longer one moves the start back, a shorter one the due day."""
    as_of = lives.clock_as_of[runs.person]
    covered = (as_of >= runs.since) & (as_of < runs.end) & (as_of < NEVER)
    run = np.arange(runs.since.size)
    ours = as_of - runs.gaps.elapsed(run, as_of)
    theirs = runs.since + lives.clock_days[runs.person]
    more = np.where(covered, theirs - ours, 0)
    return replace(
        runs, since=runs.since - np.maximum(more, 0), shift=runs.shift + np.maximum(-more, 0)
    )
