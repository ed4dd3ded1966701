"""Small municipalities as frames: a test names only what matters to it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.inputs import (
    CAPACITIES,
    CITIZENS,
    DUTIES,
    OPTIONS,
    Inputs,
    Settings,
)
from velvalgt.apps.priorities.need_weights import default_weights
from velvalgt.apps.priorities.plan import Plan

TODAY = date(2026, 3, 2)
ALIKE = dict.fromkeys(default_weights(), 1.0)


def citizen(key: str, **traits: Any) -> dict[str, Any]:
    """Somebody insured who needs some help, in the north, with nothing open."""
    return {
        "citizen": key,
        "unit": "north",
        "caseworker": "kim",
        "group": "G1",
        "level": "some_help",
        "facts": 1,
        "wait_days": 0,
        "is_graduate": False,
        "objects": False,
        "steers_alone": False,
        "needs_interpreter": False,
        "wishes": [],
        "help": None,
        "no_to": [],
        "chosen": None,
        "postponed_until": None,
        "yesterday": None,
        "yesterday_facts": None,
    } | traits


def duty(key: str, *, in_days: int = 10, **traits: Any) -> dict[str, Any]:
    """A talk of an hour that the law asks for; overdue where its day is past."""
    return {
        "citizen": key,
        "rule_id": "talks",
        "status": "upcoming" if in_days >= 0 else "overdue",
        "due": TODAY + timedelta(days=in_days),
        "is_contact": True,
        "remaining": 1,
        "hours": 1.0,
    } | traits


def contact(effort: str, hours: float) -> dict[str, Any]:
    """An effort that takes a caseworker's hours."""
    return _option(effort, effort, hours=hours)


def offer(key: str, effort: str, **traits: Any) -> dict[str, Any]:
    """An offer of the catalogue, for everybody."""
    return _option(f"offer:{key}", effort, offer=key, **traits)


def _option(key: str, effort: str, **traits: Any) -> dict[str, Any]:
    empty = {"offer": None, "hours": 0.0, "price_oere": None, "seats": None}
    return {"key": key, "effort": effort} | empty | {"groups": [], "needs": []} | traits


def town(
    *citizens: dict[str, Any],
    duties: Sequence[dict[str, Any]] = (),
    options: Sequence[dict[str, Any]] = (),
    hours: dict[str, float] | None = None,
    budget: float | None = None,
    **settings: Any,
) -> Inputs:
    """A municipality of these citizens; seats are those of the options."""
    there = [(f"unit:{key}", "hours", each) for key, each in (hours or {"north": 1000.0}).items()]
    there += [(row["key"], "seats", row["seats"]) for row in options if row["seats"] is not None]
    there += [] if budget is None else [("budget", "kroner", budget)]
    said = {
        "on": TODAY,
        "weeks": 13,
        "mode": Mode.JUDGEMENT,
        "seed": 7,
        "weights": ALIKE,
        "floors": [],
        "law_version": "law",
        "evidence_version": "studies",
    }
    rows = [_option("self_service", "self_service"), *options]
    return Inputs(
        pl.DataFrame(citizens, schema=CITIZENS),
        pl.DataFrame(list(duties), schema=DUTIES),
        pl.DataFrame(rows, schema=OPTIONS),
        pl.DataFrame(there, schema=CAPACITIES, orient="row"),
        Settings(**(said | settings)),
    )


def suggested(plan: Plan, key: str) -> dict[str, Any]:
    """What is suggested for somebody; nothing where they are not weighed."""
    rows = plan.suggestions.filter(pl.col("citizen") == key).to_dicts()
    return rows[0] if rows else {}


def options_of(plan: Plan) -> dict[str, str]:
    """Everybody's suggested option."""
    return dict(plan.suggestions.select("citizen", "option").iter_rows())
