"""Duties: each count over all lives at once, and the status that follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from velvalgt.core.calendar import DAY, add_months
from velvalgt.core.frames import vocabulary
from velvalgt.core.regime.clocks import Runs, after
from velvalgt.core.regime.counting import counted, events_that_count, forms_now
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.lives import NEVER, Flags, Ints, Lives, Marks, Spans, among
from velvalgt.core.regime.modifiers import AgeOut, Lift, Out
from velvalgt.core.regime.schema import STATUSES
from velvalgt.core.regime.windows import Windows, state_day, windows_of

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
    *(word.word for word in vocabulary("objection")),
    *(word.word for word in vocabulary("flag")),
)
STATUS_CODE = {word: number for number, word in enumerate(STATUSES)}
Codes = Mapping[str, int]
"""The number of each reason; a book adds the ids of its ages and dispensations to REASONS."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one count: its windows with what was done and the status that follows.

    `own_end` is where only offers given in time still count; `answers` the spell, among the runs',
    whose municipality answers; `forms` as `forms_now` gives them.
    """

    windows: Windows
    own_end: Ints
    done: Ints
    status: Ints
    reason: Ints
    answers: Ints
    forms: Ints

    def take(self, rows: Flags) -> Rows:
        """Chosen rows."""
        parts = (self.own_end, self.done, self.status, self.reason, self.answers, self.forms)
        return Rows(self.windows.take(rows), *(part[rows] for part in parts))


Verdict = tuple[Flags, str, str]


def evaluate(count: Count, runs: Runs, lives: Lives, reasons: Codes, *, dated: bool) -> Rows:
    """All rows of one count.

    Args:
        count: the compiled rule.
        runs: the runs of its clock.
        lives: the events and the day.
        reasons: the number of each reason.
        dated: whether only rows that the rule's own dates reach are given.

    Returns:
        The rows with status and reason.
    """
    rows = windows_of(count, runs, lives, dated=dated)
    if not rows.run.size:
        return _none(rows)
    planned = rows.due
    answers = runs.spell_on(rows.run, state_day(count, rows, lives.on))
    tomorrow = np.full(rows.run.shape, lives.on + 1)
    held = counted(count, lives)
    so_far = held.count(rows, runs, tomorrow)
    short = held.count(rows, runs, np.minimum(rows.end, tomorrow)) < count.n
    rows, returned = _after_exemption(count, rows, runs, lives, short)
    own_end = rows.end
    done = held.count(rows, runs, np.minimum(own_end, tomorrow))
    rows, done = _given_in_time(count, rows, done, lives)
    verdicts = [
        *_excluded(count, rows, lives),
        (done >= count.n, "met", "held"),
        *_ended(count, rows, runs, lives),
        *_lifted(count, rows, runs, lives),
        (_was_late(count, rows, lives, so_far), "lapsed", "held_late"),
        *_paused(count, rows, planned, lives),
        (returned & (rows.due == NEVER), "upcoming", "exemption_ended"),
        *_open(count, rows, lives),
    ]
    status, reason = _first_true(verdicts, rows.run.size, reasons)
    forms = forms_now(count, rows, runs, lives)
    return Rows(rows, own_end, done, status, reason, answers, forms)


def _none(rows: Windows) -> Rows:
    nothing = np.zeros(0, np.int64)
    return Rows(rows, nothing, nothing, nothing, nothing, nothing, nothing)


def _first_true(verdicts: Sequence[Verdict], size: int, reasons: Codes) -> tuple[Ints, Ints]:
    status, reason = np.full(size, -1), np.full(size, -1)
    for holds, status_word, reason_word in verdicts:
        fresh = holds & (status < 0)
        status[fresh], reason[fresh] = STATUS_CODE[status_word], reasons[reason_word]
    return status, reason


def _after_exemption(
    count: Count, rows: Windows, runs: Runs, lives: Lives, short: Flags
) -> tuple[Windows, Flags]:
    """The windows of those who were exempt on the last day and are so no more, and who they are.

    Who had done what was asked by then is not among them.

    The duty is back for as long as the law says after the exemption's end. Where it does not say,
    there is no last day any more. A quota is judged within its own window.
    """
    returned = np.zeros(rows.run.shape, np.bool_)
    grace = next((grace for grace in count.graces if not grace.given), None)
    if count.quota or not count.lifts:
        return rows, returned
    due = rows.due.copy()
    group = runs.spells.group[rows.spell]
    for number in np.unique(group):
        lifts = _lifts_together(count, int(number), lives)
        mine = short & (group == number) & (due <= lives.on)
        fresh = np.flatnonzero(mine & _has_one(lifts, rows.person, lives))
        while fresh.size:
            end = lifts.end_of(rows.person[fresh], due[fresh])
            over = (end > due[fresh]) & (end <= lives.on)
            fresh, end = fresh[over], end[over]
            returned[fresh] = True
            due[fresh] = NEVER if grace is None else grace.after(due[fresh], end)
            fresh = fresh[due[fresh] <= lives.on]
    end = np.where(due < NEVER, due + 1, NEVER)
    return replace(rows, due=due, end=np.where(returned, end, rows.end)), returned


def _given_in_time(count: Count, rows: Windows, done: Ints, lives: Lives) -> tuple[Windows, Ints]:
    """Offers of some types that were given by the last day may begin a while after it."""
    events = lives.events
    for grace in count.graces:
        if grace.given:
            typed = events.details(grace.given)
            given = events.marks(events.where("offer_given") & typed)
            in_time = given.count(rows.person, rows.opens, rows.due + 1) > 0
            in_time &= (done < count.n) & (rows.due < NEVER)
            due = np.where(in_time, grace.after(rows.due, rows.due), rows.due)
            begun = events.marks(events_that_count(count, lives)[0] & typed)
            more = begun.count(rows.person, rows.due + 1, np.minimum(due, lives.on) + 1)
            done = done + np.where(in_time, more, 0)
            rows = replace(rows, due=due, end=np.where(in_time, due + 1, rows.end))
    return rows, done


def _has_one(spans: Spans, person: Ints, lives: Lives) -> Flags:
    """Whether each person has any of the periods; most have none, and need no search."""
    has_one = np.zeros(lives.person_ids.shape, np.bool_)
    has_one[spans.starts.owners()] = True
    return has_one[person]


def _lifts_together(count: Count, group: int, lives: Lives) -> Spans:
    """The time in which any of a rule's grounds holds for somebody of a group."""
    word = vocabulary("group")[group].word
    lifts = tuple(lift for lift in count.lifts if word in lift.groups)
    return lives.once(("lifts", lifts), lambda: _joined(lifts, lives))


def _joined(lifts: Sequence[Lift], lives: Lives) -> Spans:
    spans = [_spans_of(lift, lives) for lift in lifts]
    none = np.zeros(0, np.int64)
    starts = np.concatenate([none, *(each.starts.key for each in spans)])
    ends = np.concatenate([none, *(each.ends.key for each in spans)])
    return Spans(Marks(np.sort(starts)), Marks(np.sort(ends)))


def _excluded(count: Count, rows: Windows, lives: Lives) -> list[Verdict]:
    events, day = lives.events, state_day(count, rows, lives.on)
    return [
        (_flagged(lives, flag).hold(rows.person, day), "not_applicable", flag)
        for flag in count.unless_flag
        if events.details((flag,)).any()
    ]


def _has_reached(age: AgeOut, rows: Windows, runs: Runs, lives: Lives, day: Ints) -> Flags:
    reached = lives.once(("age", age), lambda: _reached_on(age, lives.born, lives.on))
    old = (reached[rows.person] <= day) & (day >= age.first) & (day < age.end)
    return old & among(runs.spells.group[rows.spell], "group", age.groups)


def _reached_on(age: AgeOut, born: Ints, on: int) -> Ints:
    """The day on which each person reached the age; NEVER where it has not come or is unknown."""
    step = np.searchsorted(np.array(age.born_from), born, side="right") - 1
    reached = np.full(born.shape, NEVER)
    for number, months in enumerate(age.months):
        # No month has fewer than 28 days: who is younger than that need not be reckoned.
        mine = np.flatnonzero((step == number) & (born <= on - 28 * months))
        reached[mine] = add_months(born[mine].astype(DAY), months).astype(np.int64)
    return reached


def _flagged(lives: Lives, flag: str) -> Spans:
    events = lives.events
    return lives.once(
        ("flag", flag), lambda: events.spans(events.where("flag") & events.details((flag,)))
    )


def _lifted(count: Count, rows: Windows, runs: Runs, lives: Lives) -> list[Verdict]:
    day = state_day(count, rows, lives.on)
    verdicts: list[Verdict] = [
        (_lift(lift, rows, runs, lives, day), "exempt", lift.reason) for lift in count.lifts
    ]
    verdicts += [
        (_left_out(out, rows, runs, lives, day), "left_out", "leave_out") for out in count.outs
    ]
    return verdicts


def _lift(lift: Lift, rows: Windows, runs: Runs, lives: Lives, day: Ints) -> Flags:
    spans = _spans_of(lift, lives)
    lifted = np.zeros(rows.run.shape, np.bool_)
    some = np.flatnonzero(_has_one(spans, rows.person, lives))
    some = some[among(runs.spells.group[rows.spell[some]], "group", lift.groups)]
    lifted[some] = spans.hold(rows.person[some], day[some])
    return lifted


def _spans_of(lift: Lift, lives: Lives) -> Spans:
    return lives.once(("lift", lift), lambda: _lift_spans(lift, lives))


def _lift_spans(lift: Lift, lives: Lives) -> Spans:
    events = lives.events
    chosen = events.where(lift.kind)
    if lift.detail is not None:
        chosen &= events.details((lift.detail,))
    on, until = events.on[chosen], events.until[chosen]
    if lift.horizon is not None:
        until = np.minimum(until, after(on, lift.horizon) + 1)
    first, end = lift.valid
    return Spans.of(events.person[chosen], np.maximum(on, first), np.minimum(until, end))


def _left_out(out: Out, rows: Windows, runs: Runs, lives: Lives, day: Ints) -> Flags:
    """Whether a leave-out holds; one without an end lasts as long as the window it was made in."""
    events = lives.events
    held = events.where("leave_out") & (events.on >= out.first) & (events.on < out.end)
    chosen = np.flatnonzero(held)
    if not chosen.size:
        return np.zeros(rows.run.shape, np.bool_)
    index, run = runs.holding(events.person[chosen], events.on[chosen])
    on, until = events.on[chosen][index], events.until[chosen][index]
    dated = until < NEVER
    to_a_day = Spans.of(run[dated], on[dated], until[dated]).hold(rows.run, day)
    in_window = Marks.of(run[~dated], on[~dated]).count(rows.run, rows.opens, day + 1) > 0
    return (to_a_day | in_window) & among(runs.spells.group[rows.spell], "group", out.groups)


def _ended(count: Count, rows: Windows, runs: Runs, lives: Lives) -> list[Verdict]:
    """Those who left, or are too old for their group: a quota's before its window was over."""
    tomorrow = np.full(rows.run.shape, lives.on + 1)
    verdicts: list[Verdict] = []
    for kind in ("died", "emigrated"):
        until = np.minimum(rows.due + 1, tomorrow) if count.quota else tomorrow
        gone = lives.happened(kind).last_before(rows.person, runs.last[rows.run], until)
        verdicts.append((gone < NEVER, "lapsed", kind))
    end = runs.end[rows.run]
    left = (end <= lives.on) & ((end <= rows.due) | (not count.quota))
    verdicts.append((left, "lapsed", "spell_ended"))
    day = state_day(count, rows, lives.on)
    verdicts += [
        (_has_reached(age, rows, runs, lives, day), "lapsed", age.rule) for age in count.ages
    ]
    return verdicts


def _paused(count: Count, rows: Windows, planned: Ints, lives: Lives) -> list[Verdict]:
    """What a dispensation lifts: what falls due in its window for good, the rest while it lasts.

    Extra time takes nobody out of it again.
    """
    verdicts: list[Verdict] = []
    for window in count.pauses:
        if lives.on >= window.first:
            today = state_day(count, rows, lives.on)
            lifted = window.hold(lives, rows.person, planned)
            for day in (rows.due, today):
                lifted |= window.hold(lives, rows.person, day)
            verdicts.append((lifted, "suspended", window.id))
    return verdicts


def _was_late(count: Count, rows: Windows, lives: Lives, so_far: Ints) -> Flags:
    """Whether what was asked has been done since, though not in time; a quota has only its time."""
    return (rows.due < lives.on) & (so_far >= count.n) & (not count.quota)


def _open(count: Count, rows: Windows, lives: Lives) -> list[Verdict]:
    """What is left to do, or was not done in time."""
    passed = rows.due < lives.on
    everyone = np.ones(rows.run.shape, np.bool_)
    waiting = "asked" if count.per_request else "waiting"
    if count.closes is None and not count.per_request:
        waiting = "no_deadline_known"
    return [
        (passed, "lapsed", "window_over") if count.quota else (passed, "overdue", "passed"),
        (rows.opens > lives.on, "upcoming", "not_yet_open"),
        (everyone, "upcoming", waiting),
    ]
