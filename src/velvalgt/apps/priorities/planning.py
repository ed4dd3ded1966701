"""A plan for everyone, from what it is made of alone: no database, no clock, no chance."""

from __future__ import annotations

from typing import Any

import numpy as np
import polars as pl

from velvalgt.apps.priorities.allocating import Weighing, solved, weighing
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.floors import CannotPlan, floors_of
from velvalgt.apps.priorities.frontier import frontier
from velvalgt.apps.priorities.gains import cells_of, gains_in, planned_shares
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.legal_hours import in_groups, what_is_left
from velvalgt.apps.priorities.liking import by_liking
from velvalgt.apps.priorities.marginal import margin
from velvalgt.apps.priorities.opening import open_pairs, weighed, what_runs
from velvalgt.apps.priorities.plan import SUGGESTIONS, Plan, Proof
from velvalgt.apps.priorities.rooms import Room, room_for
from velvalgt.apps.priorities.suggesting import suggestions
from velvalgt.apps.priorities.turns import law_due, work_lines
from velvalgt.core.effect import SELF_SERVICE, Evidence, load_evidence
from velvalgt.core.targeting.problem import Ints

__all__ = ["CannotPlan", "make_plan"]


def make_plan(inputs: Inputs, evidence: Evidence | None = None) -> Plan:
    """Make the plan (prioriteringer): the same for the same inputs, in whatever order they come.

    Args:
        inputs: frames and settings.
        evidence: the table of studies; the one that Velvalgt ships where None.

    Raises:
        CannotPlan: a floor cannot be met; the plan before stands.
    """
    inputs = _in_order(inputs)
    who = weighed(inputs.citizens, inputs.settings)
    if inputs.settings.mode == Mode.PLAIN:
        return _by_law_alone(inputs)
    if who.is_empty():
        floors_of(inputs.settings.floors, who, inputs.options)  # none is missed in silence
        return _by_law_alone(inputs)
    return _by_gain(inputs, who, evidence or load_evidence())


def _in_order(inputs: Inputs) -> Inputs:
    """The same by keys: self-service, efforts, offers; no row's place decides anything."""
    comes_first = (pl.col("effort") != SELF_SERVICE).alias("later")
    options = inputs.options.sort(comes_first, pl.col("offer").is_not_null(), "key")
    return Inputs(
        inputs.citizens.sort("citizen"),
        inputs.duties,
        options,
        inputs.capacities.sort("key"),
        inputs.settings,
    )


def _by_law_alone(inputs: Inputs) -> Plan:
    left, nobody = what_is_left(inputs), inputs.citizens.clear()
    room = room_for(nobody, inputs.options, left, np.empty(0, np.int64), inputs.citizens)
    runs = _running(inputs.citizens, inputs.options)
    is_plain = inputs.settings.mode == Mode.PLAIN
    groups = in_groups(inputs, runs).with_columns(pl.lit(None if is_plain else 0.0).alias("weeks"))
    return Plan(
        work_lines=work_lines(inputs),
        suggestions=pl.DataFrame(schema=SUGGESTIONS),
        weighed=0,
        proof=None,
        capacities=_capacities(left, room, room.running),
        frontier=[],
        groups=groups.to_dicts(),
        less=[],
    )


def _by_gain(inputs: Inputs, who: pl.DataFrame, evidence: Evidence) -> Plan:
    left, others = what_is_left(inputs), inputs.citizens.join(who, on="citizen", how="anti")
    what = _weighing(inputs, who, others, left, evidence)
    answer = solved(what.problem, inputs.settings, [what.room.keys[at] for at in what.scarce])
    prices = np.zeros(len(what.room.keys))
    prices[what.scarce] = answer.prices
    choice = by_liking(what, answer.choice)
    law = law_due(inputs.duties, inputs.settings)
    suggested = suggestions(what, choice, prices, law, evidence)
    frontier_rows, less = frontier(what)
    rows = _capacities(left, what.room, what.room.used(choice) + what.room.running)
    chosen = pl.concat(
        [
            _running(others, inputs.options),
            suggested.select("citizen", "hours", weeks=pl.col("gain_weeks")),
        ]
    )
    return Plan(
        work_lines=work_lines(inputs),
        suggestions=suggested,
        weighed=len(who),
        proof=Proof(*map(float, (answer.value, answer.gain, answer.bound, answer.gap))),
        capacities=_priced(rows, what, choice, prices),
        frontier=frontier_rows,
        groups=in_groups(inputs, chosen).to_dicts(),
        less=less,
    )


def _weighing(
    inputs: Inputs, who: pl.DataFrame, others: pl.DataFrame, left: pl.DataFrame, evidence: Evidence
) -> Weighing:
    options, cells = inputs.options, cells_of(who)
    efforts = options["effort"].to_list()
    alone = gains_in(cells, efforts, evidence, np.zeros(len(evidence.efforts)))
    pairs = open_pairs(who, options, cells, alone.speaks, evidence)
    room = room_for(who, options, left, pairs.chosen, others)
    shares = planned_shares(room.places(), efforts, pairs.may, evidence)
    gains = gains_in(cells, efforts, evidence, shares)
    return weighing(inputs.settings, who, options, (cells, gains, pairs, room))


def _running(citizens: pl.DataFrame, options: pl.DataFrame) -> pl.DataFrame:
    """Hours of what runs for citizens who are not weighed; no weeks are reckoned for them."""
    runs: Ints = what_runs(citizens, options)
    hours = options["hours"].fill_null(0.0).to_numpy()[runs] * (runs >= 0)
    return citizens.select("citizen", pl.Series("hours", hours), weeks=pl.lit(0.0))


def _capacities(left: pl.DataFrame, room: Room, used: Ints) -> list[dict[str, Any]]:
    """What there is, what the law takes, what is left and used; `room` has them in that order."""
    return left.with_columns(pl.Series("used", used * room.part)).to_dicts()


def _priced(
    rows: list[dict[str, Any]], what: Weighing, choice: Ints, prices: np.ndarray[Any, Any]
) -> list[dict[str, Any]]:
    """The same with what one more gives; the bottleneck is where one percent more gives most."""
    more = margin(what, choice, prices)
    priced = [
        row | more.of(column, float(what.room.part[column]), row["amount"])
        for column, row in enumerate(rows)
    ]
    most = max((row["one_percent"] for row in priced), default=0.0)
    return [row | {"is_bottleneck": 0 < most == row["one_percent"]} for row in priced]
