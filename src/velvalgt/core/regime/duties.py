"""Duties: each count over all lives at once, and the status that follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from velvalgt.core.frames import vocabulary
from velvalgt.core.regime.clocks import Runs, after
from velvalgt.core.regime.counts import Count, Lift
from velvalgt.core.regime.lives import NEVER, Flags, Ints, Lives, Marks, Spans, among
from velvalgt.core.regime.windows import Windows, state_day, windows_of

STATUSES = (
    "met",
    "upcoming",
    "overdue",
    "exempt",
    "suspended",
    "left_out",
    "lapsed",
    "not_applicable",
)
REASONS = (
    "held",
    "waiting",
    "not_yet_open",
    "asked",
    "no_deadline_known",
    "exemption_ended",
    "passed",
    "leave_out",
    "window_over",
    "held_late",
    "spell_ended",
    "died",
    "emigrated",
    *(word.word for word in vocabulary("exemption")),
    *(word.word for word in vocabulary("flag")),
)
STATUS_CODE = {word: number for number, word in enumerate(STATUSES)}
REASON_CODE = {word: number for number, word in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one count: its windows with what was done and the status that follows.

    `due` is NEVER where the law gives no day; `first` says that the next event is the first.
    """

    windows: Windows
    due: Ints
    done: Ints
    status: Ints
    reason: Ints
    first: Flags


Verdict = tuple[Flags, str, str]


def counted(count: Count, lives: Lives) -> Flags:
    """Which events count, whatever their day.

    Args:
        count: the compiled rule.
        lives: the events.

    Returns:
        (events,) true where the event is of the right kind, actor, form and content.
    """
    events, counting = lives.events, count.counting
    rows = events.where(counting.kind)
    if counting.held_by is not None:
        rows &= among(events.actor, "actor", counting.held_by)
    if counting.detail is not None:
        rows &= events.details((counting.detail,))
    if count.counted_forms is not None and count.form_rule is not None:
        # A form that was not written down is not held against anyone.
        excepted = events.details((count.form_rule.exception_detail,)) | (events.form < 0)
        rows &= among(events.form, "form", count.counted_forms) | excepted
    return rows


def evaluate(count: Count, runs: Runs, lives: Lives, *, dated: bool) -> Rows:
    """All rows of one count.

    Args:
        count: the compiled rule.
        runs: the runs of its clock.
        lives: the events and the day.
        dated: whether only rows that the rule's own dates reach are given.

    Returns:
        The rows with status and reason.
    """
    rows = windows_of(count, runs, lives, dated=dated)
    held = lives.once(
        ("held", count.counting, count.counted_forms),
        lambda: lives.events.marks(counted(count, lives)),
    )
    tomorrow = np.full(rows.run.shape, lives.on + 1)
    done = held.count(rows.person, rows.opens, np.minimum(rows.end, tomorrow))
    so_far = held.count(rows.person, rows.opens, tomorrow)
    verdicts = [
        *_excluded(count, rows, lives),
        (done >= count.n, "met", "held"),
        *_lifted(count, rows, runs, lives),
        *_ended(count, rows, runs, lives),
        *_open(count, rows, runs, lives, so_far),
    ]
    status, reason = _first_true(verdicts, rows.run.size)
    kinds = _marks(lives, count.counting.kind)
    begun = kinds.count(rows.person, runs.since[rows.run], tomorrow) > 0
    first = np.ones_like(begun) if count.counted_forms is not None else ~begun
    due = np.where(reason == REASON_CODE["exemption_ended"], NEVER, rows.due)
    return Rows(rows, due, done, status, reason, first)


def _first_true(verdicts: Sequence[Verdict], size: int) -> tuple[Ints, Ints]:
    status, reason = np.full(size, -1), np.full(size, -1)
    for holds, status_word, reason_word in verdicts:
        fresh = holds & (status < 0)
        status[fresh], reason[fresh] = STATUS_CODE[status_word], REASON_CODE[reason_word]
    return status, reason


def _excluded(count: Count, rows: Windows, lives: Lives) -> list[Verdict]:
    events, day = lives.events, state_day(count, rows, lives.on)
    return [
        (_flagged(lives, flag).hold(rows.person, day), "not_applicable", flag)
        for flag in count.unless_flag
        if events.details((flag,)).any()
    ]


def _flagged(lives: Lives, flag: str) -> Spans:
    events = lives.events
    return lives.once(
        ("flag", flag), lambda: events.spans(events.where("flag") & events.details((flag,)))
    )


def _marks(lives: Lives, kind: str) -> Marks:
    return lives.once(("kind", kind), lambda: lives.events.marks(lives.events.where(kind)))


def _lifted(count: Count, rows: Windows, runs: Runs, lives: Lives) -> list[Verdict]:
    day = state_day(count, rows, lives.on)
    verdicts: list[Verdict] = [
        (_lift(lift, rows, runs, lives, day), "exempt", lift.id) for lift in count.lifts
    ]
    if count.leave_out:
        verdicts.append((_left_out(rows, runs, lives, day), "left_out", "leave_out"))
    return verdicts


def _lift(lift: Lift, rows: Windows, runs: Runs, lives: Lives, day: Ints) -> Flags:
    spans = lives.once(("lift", lift.id), lambda: _lift_spans(lift, lives))
    if not spans.starts.key.size:
        return np.zeros(rows.run.shape, np.bool_)
    return spans.hold(rows.person, day) & among(runs.group[rows.run], "group", lift.groups)


def _lift_spans(lift: Lift, lives: Lives) -> Spans:
    events = lives.events
    chosen = events.where("exemption") & events.details((lift.id,))
    on, until = events.on[chosen], events.until[chosen]
    if lift.horizon is not None:
        until = np.minimum(until, after(on, lift.horizon) + 1)
    return Spans.of(events.person[chosen], on, until)


def _left_out(rows: Windows, runs: Runs, lives: Lives, day: Ints) -> Flags:
    """Whether a leave-out holds; one without an end lasts as long as the window it was made in."""
    events = lives.events
    chosen = np.flatnonzero(events.where("leave_out"))
    if not chosen.size:
        return np.zeros(rows.run.shape, np.bool_)
    run = runs.holding(events.person[chosen], events.on[chosen])
    chosen, run = chosen[run >= 0], run[run >= 0]
    on, until = events.on[chosen], events.until[chosen]
    dated = until < NEVER
    to_a_day = Spans.of(run[dated], on[dated], until[dated]).hold(rows.run, day)
    in_window = Marks.of(run[~dated], on[~dated]).count(rows.run, rows.opens, day + 1) > 0
    return to_a_day | in_window


def _ended(count: Count, rows: Windows, runs: Runs, lives: Lives) -> list[Verdict]:
    """Those who left: before the window was over, or at all where a duty is not a quota."""
    tomorrow = np.full(rows.run.shape, lives.on + 1)
    verdicts: list[Verdict] = []
    for kind in ("died", "emigrated"):
        gone = _marks(lives, kind).last_before(rows.person, runs.last[rows.run], tomorrow)
        in_time = gone <= rows.due if count.quota else gone < NEVER
        verdicts.append((in_time & (gone < NEVER), "lapsed", kind))
    end = runs.end[rows.run]
    left = (end <= lives.on) & ((end <= rows.due) | (not count.quota))
    return [*verdicts, (left, "lapsed", "spell_ended")]


def _open(count: Count, rows: Windows, runs: Runs, lives: Lives, so_far: Ints) -> list[Verdict]:
    """What is left to do, or was not done in time."""
    passed = rows.due < lives.on
    everyone = np.ones(rows.run.shape, np.bool_)
    waiting = "asked" if count.per_request else "waiting"
    if count.quota:
        over = [(passed, "lapsed", "window_over")]
    else:
        over = [
            (passed & (so_far >= count.n), "lapsed", "held_late"),
            (passed & _was_exempt(count, rows, runs, lives), "upcoming", "exemption_ended"),
            (passed, "overdue", "passed"),
        ]
    if count.closes is None and not count.per_request:
        waiting = "no_deadline_known"
    return [
        *over,
        (rows.opens > lives.on, "upcoming", "not_yet_open"),
        (everyone, "upcoming", waiting),
    ]


def _was_exempt(count: Count, rows: Windows, runs: Runs, lives: Lives) -> Flags:
    """Whether the law asked nothing on the due day; when the duty returns the law must say."""
    exempt = np.zeros(rows.run.shape, np.bool_)
    for lift in count.lifts:
        exempt |= _lift(lift, rows, runs, lives, rows.due)
    return exempt
