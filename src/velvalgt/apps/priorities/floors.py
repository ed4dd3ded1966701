"""What must be met besides (mindstekrav), and the refusal where it cannot: never relaxed."""

from __future__ import annotations

from math import ceil
from typing import Any

import numpy as np
import polars as pl
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.meetings.queries import FEWEST
from velvalgt.apps.priorities.efforts import effort_in_words
from velvalgt.core.targeting.problem import Floor


class CannotPlan(Exception):
    """A plan that cannot be made; the message says why, and yesterday's plan stands.

    Attributes:
        floors: which of the settings' floors cannot be met.
        capacities: the keys of what there is too little of.
    """

    def __init__(
        self, message: str, floors: list[dict[str, Any]], capacities: tuple[str, ...] = ()
    ) -> None:
        super().__init__(message)
        self.floors = floors
        self.capacities = capacities


def floors_of(
    told: list[dict[str, Any]], citizens: pl.DataFrame, options: pl.DataFrame
) -> tuple[Floor, ...]:
    """Put the settings' floors in the core's form.

    Args:
        told: each with `level` or `group`, `efforts` (none: any but self-service), and `at_least`
            as a number or `share` as a part of the group.
        citizens: (n) who is weighed.
        options: (k) self-service first.

    Raises:
        CannotPlan: more are asked for than there are in the group.
    """
    return tuple(_floor(each, citizens, options) for each in told)


def in_words(floor: dict[str, Any]) -> str:
    """Say a floor so that whoever set it knows it again."""
    efforts = ", ".join(map(effort_in_words, floor.get("efforts") or ())) or _("any effort")
    whom = NeedLevel(floor["level"]).label if floor.get("level") else floor["group"]
    if "share" in floor:
        share = f"{100 * floor['share']:g}"
        words = {"share": share, "whom": whom, "efforts": efforts}
        return _("at least %(share)s percent of “%(whom)s” get %(efforts)s") % words
    words = {"number": floor["at_least"], "whom": whom, "efforts": efforts}
    return _("at least %(number)s of “%(whom)s” get %(efforts)s") % words


def _floor(told: dict[str, Any], citizens: pl.DataFrame, options: pl.DataFrame) -> Floor:
    column = "level" if told.get("level") else "group"
    members = (citizens[column] == told[column]).to_numpy()
    named = told.get("efforts") or []
    efforts = options["effort"].is_in(named).to_numpy() if named else np.ones(len(options), bool)
    efforts[0] = False
    there = int(members.sum())
    asked = ceil(told["share"] * there - 1e-9) if "share" in told else int(told["at_least"])
    if asked > there:
        words = {"floor": in_words(told), "there": max(there, FEWEST)}
        if there < FEWEST:  # so small a number could tell of somebody
            message = _("This cannot be met: %(floor)s. Fewer than %(there)s are weighed there.")
        else:
            message = _("This cannot be met: %(floor)s. Only %(there)s are weighed there.")
        raise CannotPlan(message % words, [told])
    return Floor(members, efforts, asked)
