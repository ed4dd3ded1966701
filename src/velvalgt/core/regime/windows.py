"""Where each count looks: the runs that a rule concerns, and the window in which events count."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.regime.clocks import Runs, after
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.lives import NEVER, Flags, Ints, Lives, among, code


@dataclass(frozen=True, slots=True)
class Windows:
    """A window for each row to be: opens, due (NEVER where the law gives no day), end."""

    run: Ints
    person: Ints
    since: Ints
    opens: Ints
    due: Ints
    end: Ints

    def take(self, rows: Flags) -> Windows:
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
        rows = rows.take(_in_force(count, rows, runs.end[rows.run], lives.on))
    return _own_case(count, rows, lives)


def state_day(count: Count, rows: Windows, on: int) -> Ints:
    """The day whose state decides: a quota is judged within its window, a duty today."""
    return np.minimum(rows.due, on) if count.quota else np.full(rows.run.shape, on)


def _timed(count: Count, runs: Runs, lives: Lives) -> Windows:
    run = np.flatnonzero(_concerned(count, runs))
    since = runs.since[run]
    if count.start_event:
        since = runs.begun_by(lives.events.marks(lives.events.where(count.start_event)))[run]
    person, never = runs.person[run], np.full(run.shape, NEVER)
    if count.closes is None:
        return Windows(run, person, since, since, never, runs.end[run])
    if count.start_event:
        due = after(since, count.closes)
        return Windows(run, person, since, since, due, due + 1)
    due = runs.due(run, since, count.closes)
    opens = runs.due(run, since, count.opens) + 1 if count.opens.count else since
    return Windows(run, person, since, opens, due, due + 1)


def _requested(count: Count, runs: Runs, lives: Lives) -> Windows:
    """A window for each day on which the citizen asked, within a run that the rule concerns."""
    events = lives.events
    plain = events.plain() | events.details(("interview",))
    asked = events.marks(events.where("request") & plain).once()
    run = runs.holding(asked.owners(), asked.days())
    real = run >= 0
    real[real] = _concerned(count, runs)[run[real]]
    run, day = run[real], asked.days()[real]
    return Windows(run, runs.person[run], day, day, np.full(run.shape, NEVER), runs.end[run])


def _concerned(count: Count, runs: Runs) -> Flags:
    concerned = among(runs.group, "group", count.groups)
    for group, benefits in count.benefits.items():
        wrong = ~among(runs.benefit, "benefit", benefits)
        concerned &= ~((runs.group == code("group", group)) & wrong)
    return np.asarray(concerned)


def _in_force(count: Count, rows: Windows, case_end: Ints, on: int) -> Flags:
    """By case start the rule follows the case; by date it asks what falls due while it holds."""
    if count.by_case_start:
        return (rows.since >= count.valid_from) & (rows.since < count.valid_to)
    falls = np.where(rows.due == NEVER, rows.since, rows.due)
    reached = (falls >= count.valid_from) & (case_end > count.valid_from)
    return reached & (count.valid_from <= on < count.valid_to)


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
