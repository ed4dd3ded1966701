"""Clocks at work: spells become runs of counted time (LAB § 9), with start, gaps and end."""

from __future__ import annotations

from collections.abc import Sequence
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
    holding,
    keys,
    pairs,
)
from velvalgt.core.regime.places import Window
from velvalgt.core.regime.schema import Clock

Stills = tuple[Ints, Ints, Ints]
"""Periods that do not count: run, first day, end day; in order of run and first day."""
_NONE: Stills = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0, np.int64))


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
    The spells of run r are those from `begins[r]` on, up to the next run's.
    """

    person: Ints
    earliest: Ints
    seen: Ints
    since: Ints
    last: Ints
    end: Ints
    shift: Ints
    gaps: Gaps
    spells: Spells
    begins: Ints

    def due(self, run: Ints, start: Ints, span: Span) -> Ints:
        """The last day so long after the start, on the clock of each run."""
        position = after(start, span) + self.shift[run]
        return np.asarray(np.minimum(position + self.gaps.before(run, position), NEVER))

    def begun_by(self, marks: Marks) -> Ints:
        """The last mark at or before each run's first spell; that spell's day where none is."""
        found = marks.last_before(self.person, self.earliest, self.seen + 1)
        return np.where(found == NEVER, self.seen, found)

    def holding(self, person: Ints, day: Ints) -> tuple[Ints, Ints]:
        """Every run that holds each person's day: the place of the day, and the run."""
        index, run = pairs(self.person, person)
        held = (self.since[run] <= day[index]) & (day[index] < self.end[run])
        return index[held], run[held]

    def spell_on(self, run: Ints, day: Ints) -> Ints:
        """The spell of each run that holds a day: the latest of them, or the latest begun."""
        ends = np.append(self.begins[1:], self.spells.person.size)
        found = self.begins[run]
        some = np.flatnonzero(ends[run] - found > 1)
        if some.size:
            owner = np.repeat(np.arange(self.begins.size), ends - self.begins)
            key = keys(owner, self.spells.start)
            at = np.searchsorted(key, keys(run[some], day[some] + 1)) - 1
            first = found[some]
            found[some] = holding(np.maximum(at, first), first, self.spells.end, day[some])
        return found


def runs_of(clock: Clock, lives: Lives, excluded: Sequence[Window] = ()) -> Runs:
    """The runs of a clock in a set of lives.

    Args:
        clock: how time is counted.
        lives: the spells and events.
        excluded: windows in which the clock stands still.

    Returns:
        The runs; since is moved by start events and by an authority's longer count.
    """
    spells = _counted(clock, lives)
    part = _partition(clock, spells)
    order = np.lexsort((spells.start, part, spells.person))
    spells, part = spells.take(order), part[order]
    first = _first_rows(clock, lives, spells, part)
    ends = _ends_so_far(spells, first)
    runs = _started(clock, lives, _collected(lives, spells, first, ends))
    still = _breaks(spells, ends, first) if clock.counts == "accumulated" else _NONE
    breaks = _gaps(*still)
    for window in excluded:
        still = _with(still, _stopped(window, runs, first, lives))
    runs = replace(runs, gaps=_gaps(*still)) if still[0].size else runs
    return _as_the_authority_counts(lives, runs, breaks) if clock.authority_count else runs


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
    """Cut each spell where events restart the clock inside it."""
    marks = lives.happened(kind).once()
    spells = spells.take(np.argsort(keys(spells.person, spells.start), kind="stable"))
    index, spell = pairs(spells.person, marks.owners())
    on = marks.days()[index]
    inside = (spells.start[spell] < on) & (on < spells.end[spell])
    whole = np.concatenate([np.arange(spells.person.size), spell[inside]])
    start = np.concatenate([spells.start, on[inside]])
    order = np.argsort(keys(whole, start))
    whole, start = whole[order], start[order]
    end = spells.end[whole]
    end[:-1] = np.where(whole[1:] == whole[:-1], start[1:], end[:-1])
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
            marks = lives.happened(item.restarts_at)
            lowest = np.full(spells.person.shape, EARLIEST)
            first |= ~_same(marks.count(spells.person, lowest, spells.start + 1))
    return first


def _collected(lives: Lives, spells: Spells, first: Flags, ends: Ints) -> Runs:
    begins = np.flatnonzero(first)
    lasts = np.append(begins[1:], first.size)[: begins.size] - 1
    since, person = spells.start[begins], spells.person[begins]
    return Runs(
        person=person,
        earliest=_earliest(lives, person, since),
        seen=since,
        since=since,
        last=spells.start[lasts],
        end=np.minimum(ends[lasts], NEVER),
        shift=np.zeros(begins.size, np.int64),
        gaps=_gaps(*_NONE),
        spells=spells,
        begins=begins,
    )


def _earliest(lives: Lives, person: Ints, since: Ints) -> Ints:
    """The day from which a start event belongs to each run: the end of all spells begun before."""
    key, reached = lives.once("ends by start", lambda: _ends_by_start(lives))
    at = np.searchsorted(key, keys(person, since)) - 1
    before = reached[np.maximum(at, 0)]
    owned = (at >= 0) & (key[np.maximum(at, 0)] >= keys(person, np.full(person.shape, EARLIEST)))
    return np.minimum(np.where(owned, before, EARLIEST), since)


def _ends_by_start(lives: Lives) -> tuple[Ints, Ints]:
    """The person's spells in order of start, with the latest end among them so far."""
    key = keys(lives.spells.person, lives.spells.start)
    order = np.argsort(key, kind="stable")
    person = lives.spells.person[order]
    latest = np.maximum.accumulate(keys(person, lives.spells.end[order]))
    return key[order], days_of(latest)


def _breaks(spells: Spells, ends: Ints, first: Flags) -> Stills:
    """The time between the spells of a run."""
    rows = np.flatnonzero(~first)
    rows = rows[spells.start[rows] > ends[rows - 1]]
    return (np.cumsum(first) - 1)[rows], ends[rows - 1], spells.start[rows]


def _stopped(window: Window, runs: Runs, first: Flags, lives: Lives) -> Stills:
    """The part of a window in which each run's clock stands still, spell by spell."""
    spells, run = runs.spells, np.cumsum(first) - 1
    begun = np.where(first, runs.since[run], spells.start)
    start, end = np.maximum(begun, window.first), np.minimum(spells.end, window.end)
    some = np.flatnonzero(end > start)
    some = some[
        window.places.include(spells.municipality[some], lives.a_kasse[spells.person[some]])
    ]
    return run[some], start[some], end[some]


def _with(some: Stills, others: Stills) -> Stills:
    """Two sets of periods as one, in order, where those that touch or overlap are one period."""
    run, start, end = (np.concatenate(pair) for pair in zip(some, others, strict=True))
    order = np.lexsort((start, run))
    run, start, end = run[order], start[order], end[order]
    latest = np.maximum.accumulate(keys(run, end))
    first = np.ones(run.shape, np.bool_)
    first[1:] = keys(run[1:], start[1:]) > latest[:-1]
    last = np.append(np.flatnonzero(first)[1:], run.size)[: int(first.sum())] - 1
    return run[first], start[first], days_of(latest[last])


def _gaps(run: Ints, start: Ints, end: Ints) -> Gaps:
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(end - start)])
    before = total[:-1] - total[np.searchsorted(run, run)]
    return Gaps(keys(run, start - before), keys(run, start), total)


def _started(clock: Clock, lives: Lives, runs: Runs) -> Runs:
    """Move the start back to the event that the law counts from, such as the first contact."""
    since = runs.since
    for part in clock.parts:
        if part.starts_at:
            marks = lives.happened(part.starts_at)
            concerned = among(runs.spells.group[runs.begins], "group", part.groups)
            since = np.where(concerned, runs.begun_by(marks), since)
    return replace(runs, since=since)


def _as_the_authority_counts(lives: Lives, runs: Runs, breaks: Gaps) -> Runs:
    """Let a delivered count win: a longer one moves the start back, a shorter one the due day.

    Whether the authority has counted days on which a dispensation stopped the clock is not known: a
    count between ours without them and ours with them is taken for ours.
    """
    as_of = lives.clock_as_of[runs.person]
    covered = (as_of >= runs.since) & (as_of < runs.end)
    run = np.arange(runs.since.size)
    theirs = runs.since + lives.clock_days[runs.person]
    longer = theirs - (as_of - breaks.elapsed(run, as_of))
    shorter = as_of - runs.gaps.elapsed(run, as_of) - theirs
    return replace(
        runs,
        since=runs.since - np.where(covered, np.maximum(longer, 0), 0),
        shift=runs.shift + np.where(covered, np.maximum(shorter, 0), 0),
    )
