"""Where each count looks: the runs that a rule concerns, and the window in which events count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.regime.clocks import Runs, after
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.lives import NEVER, Flags, Ints, Lives, Marks, Spells, among, code


@dataclass(frozen=True, slots=True)
class Windows:
    """A window for each row to be: opens, due (NEVER where the law gives no day), end.

    `spell` is the spell, among the runs', whose group decides: that of the last day, or of today
    while it has not come; for a right that of the day on which it was asked for.
    """

    run: Ints
    person: Ints
    spell: Ints
    since: Ints
    opens: Ints
    due: Ints
    end: Ints

    def take(self, rows: Flags | Ints) -> Windows:
        """Chosen rows."""
        return Windows(*(getattr(self, name)[rows] for name in self.__slots__))


def windows_of(count: Count, runs: Runs, lives: Lives, *, dated: bool) -> Windows:
    """The windows of one count.

    Args:
        count: the compiled rule.
        runs: the runs of its clock.
        lives: the events and the day.
        dated: whether only windows that the rule's own dates reach are given.

    Returns:
        The windows, a row each.
    """
    rows = _requested(count, runs, lives) if count.per_request else _timed(count, runs, lives)
    if dated:
        rows = rows.take(_in_force(count, rows, runs, lives.on))
    if not count.places.are_all:
        rows = rows.take(count.places.hold(lives, rows.person, state_day(count, rows, lives.on)))
    if count.asked and not count.per_request:
        rows = rows.take(_was_asked_for(count, rows, lives))
    return _own_case(count, rows, lives)


def state_day(count: Count, rows: Windows, on: int) -> Ints:
    """The day whose state decides: a quota is judged within its window, a duty today."""
    return np.minimum(rows.due, on) if count.quota else np.full(rows.run.shape, on)


def _timed(count: Count, runs: Runs, lives: Lives) -> Windows:
    """The windows of the runs in whose group the rule asks on the last day, or today."""
    since, opens, due = lives.once(
        ("window", count.clock, count.start_event, count.opens, count.closes),
        lambda: _days(count, runs, lives),
    )
    spell = lives.once(
        ("spell", count.clock, count.start_event, count.closes),
        lambda: runs.spell_on(np.arange(due.size), np.minimum(due, lives.on)),
    )
    run = np.flatnonzero(_concerned(count, runs.spells, spell))
    due = due[run]
    end = np.where(due < NEVER, due + 1, runs.end[run])
    return Windows(run, runs.person[run], spell[run], since[run], opens[run], due, end)


def _days(count: Count, runs: Runs, lives: Lives) -> tuple[Ints, Ints, Ints]:
    """Start, first day and last day of every run's window."""
    run, since = np.arange(runs.since.size), runs.since
    if count.start_event:
        since = runs.begun_by(lives.happened(count.start_event))
    if count.closes is None:
        return since, since, np.full(run.shape, NEVER)
    if count.start_event:
        return since, since, after(since, count.closes)
    opens = runs.due(run, since, count.opens) + 1 if count.opens.count else since
    return since, opens, runs.due(run, since, count.closes)


def _requested(count: Count, runs: Runs, lives: Lives) -> Windows:
    """A window for each day on which the citizen asked, in the latest run it concerns."""
    asked = _requests(count, lives).once()
    index, run = runs.holding(asked.owners(), asked.days())
    day = asked.days()[index]
    spell = runs.spell_on(run, day)
    real = np.flatnonzero(_concerned(count, runs.spells, spell))
    real = real[np.lexsort((runs.since[run[real]], index[real]))]
    latest = np.ones(real.shape, np.bool_)
    latest[:-1] = index[real[1:]] != index[real[:-1]]
    real = real[latest]
    run, day, spell = run[real], day[real], spell[real]
    never = np.full(run.shape, NEVER)
    return Windows(run, runs.person[run], spell, day, day, never, runs.end[run])


def _requests(count: Count, lives: Lives) -> Marks:
    """The requests that the rule answers; one that does not say is for an interview.

    A right is the citizen's own to use; a duty may be called for by anyone.
    """
    return lives.once(("asked", count.asked, count.per_request), lambda: _asked(count, lives))


def _asked(count: Count, lives: Lives) -> Marks:
    events, wanted = lives.events, count.asked or "interview"
    told = events.details((wanted,))
    if wanted == "interview":
        told |= events.plain()
    if count.per_request:
        told &= among(events.actor, "actor", ("citizen",))
    return events.marks(events.where("request") & told)


def _was_asked_for(count: Count, rows: Windows, lives: Lives) -> Flags:
    """Whether somebody asked within the window, up to today."""
    until = np.minimum(rows.end, lives.on + 1)
    return _requests(count, lives).count(rows.person, rows.opens, until) > 0


def _concerned(count: Count, spells: Spells, spell: Ints) -> Flags:
    group = spells.group[spell]
    concerned = among(group, "group", count.groups)
    for named, benefits in count.benefits.items():
        wrong = ~among(spells.benefit[spell], "benefit", benefits)
        concerned &= ~((group == code("group", named)) & wrong)
    return np.asarray(concerned)


def _in_force(count: Count, rows: Windows, runs: Runs, on: int) -> Flags:
    """By case start the rule takes cases that begin; by date what falls due while it holds.

    A right answers what was asked for while it held, as long as the case runs.
    """
    begun = runs.since[rows.run]
    falls = rows.since if count.closes is None else rows.due
    if count.by_case_start:
        holds = begun >= count.valid_from
    else:
        holds = (falls >= count.valid_from) & (runs.end[rows.run] > count.valid_from)
        holds &= count.valid_from <= on
    for end in count.ends:
        if end.by_case_start:
            holds &= begun < end.day
        else:
            holds &= (rows.since < end.day) if count.per_request else np.bool_(on < end.day)
    return np.asarray(holds)


def _own_case(count: Count, rows: Windows, lives: Lives) -> Windows:
    """Leave a row to the rule's other case where a flag says so."""
    events, day = lives.events, state_day(count, rows, lives.on)
    flags = events.where("flag")
    if count.other_case_if:
        other = events.spans(flags & events.details(count.other_case_if)).hold(rows.person, day)
        rows, day = rows.take(~other), day[~other]
    if count.only_flag:
        rows = rows.take(
            events.spans(flags & events.details(count.only_flag)).hold(rows.person, day)
        )
    return rows
