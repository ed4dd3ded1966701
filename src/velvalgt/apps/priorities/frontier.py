"""What other need weights would give, and who gets less because of the council's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from velvalgt.apps.cases.choices import AT_RISK, NeedLevel
from velvalgt.apps.priorities.allocating import Weighing, solved, weights_of
from velvalgt.apps.priorities.floors import CannotPlan
from velvalgt.core.targeting.problem import Bools, Floats, Ints

STRENGTHS = (0.0, 1 / 3, 2 / 3, 1.0, 4 / 3, 5 / 3, 2.0)
"""Powers the council's weights are raised to: from everyone alike, over theirs, to their square."""


def frontier(weighing: Weighing) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Solve the same problem under other need weights (behovsvægte).

    Yesterday's plan holds nothing back here: it is asked what the weights give in the long run.

    Returns:
        `Plan.frontier`, and `Plan.less` against everyone alike.
    """
    found = {strength: _under(weighing, strength) for strength in STRENGTHS}
    choices = {strength: choice for strength, choice in found.items() if choice is not None}
    rows = [_row(weighing, strength, choice) for strength, choice in choices.items()]
    if not {0.0, 1.0} <= choices.keys():
        return rows, []
    return rows, _less(weighing, _gain(weighing, choices[0.0]), _gain(weighing, choices[1.0]))


def _under(weighing: Weighing, strength: float) -> Ints | None:
    """The choice under other weights; None where none was found that keeps every floor."""
    problem = replace(
        weighing.problem, weight=weights_of(weighing.settings, weighing.cells, strength), stay=None
    )
    keys = [weighing.room.keys[column] for column in weighing.scarce]
    try:
        return solved(problem, weighing.settings, keys).choice
    except CannotPlan:
        return None


def _gain(weighing: Weighing, choice: Ints) -> Floats:
    return weighing.problem.gain[np.arange(len(choice)), choice]


def _row(weighing: Weighing, strength: float, choice: Ints) -> dict[str, Any]:
    levels = np.array(weighing.cells.levels)[weighing.cells.of]
    weeks = _gain(weighing, choice)
    by_level = [_level(level, choice, weeks, levels == level) for level in NeedLevel.values]
    weights = weighing.settings.weights
    return {
        "strength": strength,
        "weights": {level: weight**strength for level, weight in weights.items()},
        "weeks": float(weeks.sum()),
        "weeks_at_risk": sum(row["weeks"] for row in by_level if row["level"] in AT_RISK),
        "is_chosen": strength == 1.0,
        "levels": by_level,
    }


def _level(level: str, choice: Ints, weeks: Floats, here: Bools) -> dict[str, Any]:
    return {
        "level": level,
        "citizens": int(here.sum()),
        "with_effort": int((choice[here] > 0).sum()),
        "weeks": float(weeks[here].sum()),
    }


def _less(weighing: Weighing, alike: Floats, decided: Floats) -> list[dict[str, Any]]:
    """By level how many get less, and how many weeks less.

    Within a group and level people are exchangeable: there the gains are compared in order, so that
    two who only change places are not counted.
    """
    cell = weighing.cells.of
    order = np.lexsort((alike, cell))
    lost = alike[order] - decided[np.lexsort((decided, cell))]
    levels = np.array(weighing.cells.levels)[cell[order]]
    rows = []
    for level in NeedLevel:
        here = lost[(levels == level.value) & (lost > 0)]
        if len(here):
            rows.append({"level": level.value, "citizens": len(here), "weeks": float(here.sum())})
    return rows
