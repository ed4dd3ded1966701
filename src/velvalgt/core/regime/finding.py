"""From the arrays of one citizen to what an explanation tells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from velvalgt.core.frames import vocabulary
from velvalgt.core.regime.clocks import Runs
from velvalgt.core.regime.counts import Count
from velvalgt.core.regime.duties import REASONS, STATUSES, Rows, counted
from velvalgt.core.regime.explain import Finding
from velvalgt.core.regime.lives import NEVER, Lives

_EPOCH = date(1970, 1, 1).toordinal()


def latest_finding(evaluated: Sequence[tuple[Count, Runs, Rows]], lives: Lives) -> Finding | None:
    """The row that began last, with the days of the events that it counts.

    Args:
        evaluated: the counts of one rule over one citizen.
        lives: the citizen's events and the day.

    Returns:
        The finding, None where there is no row.
    """
    found = [
        (int(rows.windows.since[row]), -place, row)
        for place, (_, _, rows) in enumerate(evaluated)
        for row in range(rows.status.size)
    ]
    if not found:
        return None
    _, place, row = max(found)
    return _finding(*evaluated[-place], row, lives)


def _finding(count: Count, runs: Runs, rows: Rows, row: int, lives: Lives) -> Finding:
    windows, due = rows.windows, int(rows.due[row])
    form_rule = count.form_rule
    forms = () if form_rule is None else form_rule.first if rows.first[row] else form_rule.later
    end = min(int(windows.end[row]), lives.on + 1)
    on = lives.events.on[counted(count, lives)]
    days = np.sort(on[(on >= windows.opens[row]) & (on < end)])
    return Finding(
        since=_date(int(windows.since[row])),
        opens=_date(int(windows.opens[row])),
        due=None if due == NEVER else _date(due),
        status=STATUSES[int(rows.status[row])],
        reason=REASONS[int(rows.reason[row])],
        group=vocabulary("group")[int(runs.group[windows.run[row]])].word,
        required=count.n,
        done=int(rows.done[row]),
        actor=count.actor,
        forms=forms,
        span=count.closes,
        counted=tuple(_date(int(day)) for day in days),
    )


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH)
