"""How the plan stands, for whoever leads by it: when made, on what ground, how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from math import ceil

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.priorities.asking import PATIENCE
from velvalgt.apps.priorities.capacity import capacity_on
from velvalgt.apps.priorities.choices import CountedIn, Ended, Mode
from velvalgt.apps.priorities.grounds import basis_on
from velvalgt.apps.priorities.lines import (
    CapacityLine,
    GroupLine,
    bottleneck,
    capacity_lines,
    group_lines,
    shortest,
)
from velvalgt.apps.priorities.looking_back import current_run, last_attempt
from velvalgt.apps.priorities.models import Attempt, CapacityPlan, ProfilingBasis, Run
from velvalgt.apps.priorities.naming import capacity_names

MORE_HOURS = 2
"""How many more hours a week the first sentence speaks of."""
SMALLEST_PERCENT = 0.01
"""A gap is told in whole hundredths of a percent, and never rounded down."""


class Standing(TextChoices):
    """How the making of plans stands (status)."""

    NOTHING = "nothing", _("no plan has been made yet")
    ASKED = "asked", _("a plan has been asked for and is about to begin")
    RUNNING = "running", _("a plan is being made")
    SILENT = "silent", _("a plan was begun and has not ended; the plan before stands")
    DONE = "done", _("the plan is made")
    BROKEN_OFF = "broken_off", _("it was broken off; the plan before stands")
    REFUSED = "refused", _("it could not be made; the plan before stands")

    @property
    def is_under_way(self) -> bool:
        """Whether it is worth looking again in a moment."""
        return self in {Standing.ASKED, Standing.RUNNING}


@dataclass(frozen=True, slots=True)
class More:
    """What some more hours a week would give in the period: weeks in work, from low to high."""

    line: CapacityLine
    hours_a_week: int
    weeks: int
    gain: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Overview:
    """The plan that holds, the last attempt at one, and what it rests on."""

    run: Run | None
    attempt: Attempt | None
    standing: Standing
    basis: ProfilingBasis | None
    plans: CapacityPlan | None
    lines: list[CapacityLine]
    groups: list[GroupLine]

    @property
    def is_by_gain(self) -> bool:
        """Whether the plan weighs by expected gain, and the ground for that holds still."""
        is_weighed = self.run is not None and self.run.mode == Mode.JUDGEMENT
        return is_weighed and self.basis is not None

    @property
    def hours(self) -> list[CapacityLine]:
        return [line for line in self.lines if line.counted_in == CountedIn.HOURS]

    @property
    def seats(self) -> list[CapacityLine]:
        return [line for line in self.lines if line.counted_in == CountedIn.SEATS]

    @property
    def money(self) -> list[CapacityLine]:
        return [line for line in self.lines if line.counted_in == CountedIn.KRONER]

    @property
    def lacking(self) -> CapacityLine | None:
        """The unit that lacks most hours for the law's own talks."""
        lacking = [line for line in self.hours if line.lacking > 0]
        return max(lacking, key=lambda line: (line.lacking, line.key), default=None)

    @property
    def scarcest(self) -> CapacityLine | None:
        """The offer that lacks most seats."""
        return shortest(self.lines) if self.is_by_gain else None

    @property
    def more(self) -> More | None:
        """What more hours would give where they give most; None where nothing is known of it."""
        line = bottleneck(self.lines)
        if line is None or self.plans is None or not self.is_by_gain:
            return None
        hours = MORE_HOURS * self.plans.weeks
        low, high = line.low or 0, line.high or 0
        return More(
            line, MORE_HOURS, self.plans.weeks, hours * (line.price or 0), hours * low, hours * high
        )

    @property
    def gap_percent(self) -> float | None:
        """By how many percent the best possible plan can be better, at most; None in plain mode."""
        return None if self.run is None else gap_percent(self.run.gap)


def gap_percent(gap: float | None) -> float | None:
    """Give a gap in percent, rounded up to whole hundredths; 0 only where it is none."""
    return None if gap is None else ceil(round(100 * gap / SMALLEST_PERCENT, 6)) * SMALLEST_PERCENT


def plan_overview(on: date, at: datetime, asked_at: datetime | None = None) -> Overview:
    """Give how the plan stands.

    Args:
        on: the day whose ground and capacities are told beside it.
        at: now, by the clock that attempts are stamped with.
        asked_at: when the one who looks asked for a plan, if they have.
    """
    run = current_run()
    attempt, line = last_attempt(), basis_on(on)
    return Overview(
        run=run,
        attempt=attempt,
        standing=_standing(attempt, at, asked_at),
        basis=line.basis if line else None,
        plans=capacity_on(run.on if run else on),
        lines=capacity_lines(run.capacities, capacity_names()) if run else [],
        groups=group_lines(run.groups) if run else [],
    )


def _standing(attempt: Attempt | None, at: datetime, asked_at: datetime | None) -> Standing:
    is_news = attempt is not None and (asked_at is None or attempt.started_at >= asked_at)
    if asked_at is not None and not is_news and at - asked_at < PATIENCE:
        return Standing.ASKED
    if attempt is None:
        return Standing.NOTHING
    if attempt.ended_at is None:
        return Standing.RUNNING if at - attempt.started_at < PATIENCE else Standing.SILENT
    return Standing(Ended(attempt.ended).value)
