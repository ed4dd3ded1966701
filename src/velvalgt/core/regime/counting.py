"""Which events count towards a duty: kind, actor, form on the day, length and type of offer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from velvalgt.core.calendar import Span
from velvalgt.core.regime.clocks import Runs, after
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.lives import Flags, Ints, Lives, Marks, among, code
from velvalgt.core.regime.windows import Windows


@dataclass(frozen=True, slots=True)
class Counted:
    """The events that count: always, or only from an age of the case on."""

    always: Marks
    from_age: Marks
    age: Span | None

    def count(self, rows: Windows, runs: Runs, end: Ints) -> Ints:
        """How many events count from each row's first day, in, to an end, out."""
        done = self.always.count(rows.person, rows.opens, end)
        if self.age is None or not self.from_age.key.size:
            return done
        aged = runs.due(rows.run, runs.since[rows.run], self.age) + 1
        return done + self.from_age.count(rows.person, np.maximum(rows.opens, aged), end)


def counted(count: Count, lives: Lives) -> Counted:
    """The events that count towards a rule, whatever their day.

    Args:
        count: the compiled rule.
        lives: the events.

    Returns:
        The days of the events, by person.
    """
    key = ("counted", count.counting, count.first, count.forms, count.openings, count.uncounted)
    return lives.once(key, lambda: _counted(count, lives))


def events_that_count(count: Count, lives: Lives) -> tuple[Flags, Flags]:
    """The same as flags of the events: those that count always, and those from an age on."""
    rows = _of_the_kind(count, lives)
    if not count.forms:
        return rows, np.zeros_like(rows)
    permitted = _permitted(count, lives)
    return rows & permitted, rows & _aged(count, lives) & ~permitted


def _counted(count: Count, lives: Lives) -> Counted:
    always, from_age = events_that_count(count, lives)
    ages = [period.from_age.age for period in count.forms if period.from_age]
    events = lives.events
    return Counted(events.marks(always), events.marks(from_age), ages[0] if ages else None)


def _of_the_kind(count: Count, lives: Lives) -> Flags:
    events, counting = lives.events, count.counting
    rows = events.where(counting.kind)
    if counting.held_by is not None:
        rows &= among(events.actor, "actor", counting.held_by)
    if counting.detail is not None:
        rows &= events.details((counting.detail,))
    if counting.min_length is not None:
        rows &= _lasts(counting.min_length, lives)
    for types in count.uncounted:
        then = (events.on >= types.first) & (events.on < types.end)
        rows &= ~(then & events.details(types.types))
    return rows


def _lasts(length: Span, lives: Lives) -> Flags:
    """Whether an offer lasts so long: to the end it was given, or an earlier end of its type.

    One whose end is not known yet is taken to.
    """
    events = lives.events
    types = int(events.detail.max(initial=0)) + 2
    owner = events.person * types + events.detail + 1
    ended = events.where("offer_end")
    ends = Marks.of(owner[ended], events.on[ended]).first_from(owner, events.on + 1)
    end = np.minimum(events.until, ends)
    return np.asarray(end >= after(events.on, length))


def _permitted(count: Count, lives: Lives) -> Flags:
    """Whether an event has a form that it might have on its day.

    A form that was not written down is not held against anyone, nor is one on a day for which no
    rule of form is known.
    """
    events = lives.events
    permitted, ruled = events.form < 0, np.zeros(events.on.shape, np.bool_)
    for period in count.forms:
        then = (events.on >= period.first_day) & (events.on < period.end)
        ruled |= then
        words = period.first if count.first else period.later
        permitted |= then & among(events.form, "form", words)
        permitted |= then & events.details((period.exception,))
    for opening in count.openings:
        then = opening.window.hold(lives, events.person, events.on)
        permitted |= then & among(events.form, "form", opening.forms)
    return permitted | ~ruled


def _aged(count: Count, lives: Lives) -> Flags:
    events = lives.events
    aged = np.zeros(events.on.shape, np.bool_)
    for period in count.forms:
        if period.from_age is not None and not count.first:
            then = (events.on >= period.first_day) & (events.on < period.end)
            aged |= then & among(events.form, "form", period.from_age.forms)
    return aged


def forms_now(count: Count, rows: Windows, runs: Runs, lives: Lives) -> Ints:
    """The forms that the next event may have today, as a sum of 2 to the form's number.

    Args:
        count: the compiled rule.
        rows: its windows.
        runs: the runs of its clock.
        lives: the events and the day.

    Returns:
        (rows,) 0 where no rule of form is known.
    """
    today = np.full(rows.run.shape, lives.on)
    forms = np.zeros(rows.run.shape, np.int64)
    held = lives.happened(count.counting.kind)
    begun = held.count(rows.person, runs.since[rows.run], today + 1) > 0
    for period in count.forms:
        if period.first_day <= lives.on < period.end:
            later = np.full(rows.run.shape, _bits(period.later))
            if period.from_age is not None:
                aged = runs.due(rows.run, runs.since[rows.run], period.from_age.age) < today
                later[aged] = _bits(period.from_age.forms)
            first = np.ones_like(begun) if count.first else ~begun
            forms = np.where(first, _bits(period.first), later)
    for opening in count.openings:
        then = opening.window.hold(lives, rows.person, today) & (forms > 0)
        opened = _bits(opening.forms)
        forms = np.where(then, opened if opening.only else forms | opened, forms)
    return forms


def _bits(words: tuple[str, ...]) -> int:
    return sum(1 << code("form", word) for word in words)
