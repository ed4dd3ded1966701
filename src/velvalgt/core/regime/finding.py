"""From the arrays of one citizen to what an explanation tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from velvalgt.core.frames import vocabulary
from velvalgt.core.regime.clocks import Runs
from velvalgt.core.regime.counting import counted, events_that_count
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.duties import Rows
from velvalgt.core.regime.explain import Finding
from velvalgt.core.regime.frame import FORMS, Evaluated
from velvalgt.core.regime.lives import NEVER, Ints, Lives
from velvalgt.core.regime.schema import OVER, STATUSES

_OVER = tuple(STATUSES.index(word) for word in OVER)
_EPOCH = date(1970, 1, 1).toordinal()


def latest_finding(
    evaluated: Sequence[Evaluated], lives: Lives, reasons: Sequence[str]
) -> Finding | None:
    """The row that began last, of two the one that still asks something, with the days it counts.

    Args:
        evaluated: the counts of one rule over one citizen.
        lives: the citizen's events and the day.
        reasons: the word of each reason.

    Returns:
        The finding, None where there is no row.
    """
    found = [
        (int(rows.windows.since[row]), bool(rows.status[row] not in _OVER), -place, -row)
        for place, (_, _, rows) in enumerate(evaluated)
        for row in range(rows.status.size)
    ]
    if not found:
        return None
    _, _, place, row = max(found)
    return _finding(evaluated[-place], -row, lives, reasons)


def _finding(evaluated: Evaluated, row: int, lives: Lives, reasons: Sequence[str]) -> Finding:
    count, runs, rows = evaluated
    windows, due = rows.windows, int(rows.windows.due[row])
    days = _days(count, rows, runs, row, lives)
    return Finding(
        since=_date(int(windows.since[row])),
        opens=_date(int(windows.opens[row])),
        due=None if due == NEVER else _date(due),
        status=STATUSES[int(rows.status[row])],
        reason=reasons[int(rows.reason[row])],
        group=vocabulary("group")[int(runs.spells.group[windows.spell[row]])].word,
        required=count.n,
        done=int(rows.done[row]),
        actor=count.actor,
        forms=FORMS[int(rows.forms[row])],
        opened=_opened(count, rows, row, lives),
        span=count.closes,
        counted=tuple(_date(int(day)) for day in days),
    )


def _opened(count: Count, rows: Rows, row: int, lives: Lives) -> tuple[str, ...]:
    """The dispensations that open forms for what is still to be held."""
    if STATUSES[int(rows.status[row])] not in ("upcoming", "overdue") or not rows.forms[row]:
        return ()
    person, today = rows.windows.person[row : row + 1], np.array([lives.on])
    windows = [opening.window for opening in count.openings]
    return tuple(window.id for window in windows if window.hold(lives, person, today)[0])


def _days(count: Count, rows: Rows, runs: Runs, row: int, lives: Lives) -> Ints:
    """The days of the events that count in a row, in order."""
    windows, events = rows.windows, lives.events
    always, from_age = events_that_count(count, lives)
    person, opens, end = (int(part[row]) for part in (windows.person, windows.opens, windows.end))
    inside = (events.person == person) & (events.on >= opens)
    inside &= events.on < min(end, lives.on + 1)
    for grace in count.graces:
        if grace.given:
            inside &= (events.on < rows.own_end[row]) | events.details(grace.given)
    age = counted(count, lives).age
    if age is not None:
        run = windows.run[row : row + 1]
        from_age &= events.on > runs.due(run, runs.since[run], age)[0]
    return np.sort(events.on[inside & (always | from_age)])


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH)
