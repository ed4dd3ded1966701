"""Plans of the small world: runs as the nightly job leaves them, and what was answered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.models import (
    Attempt,
    CapacityPlan,
    CurrentRun,
    Forecast,
    Run,
    Suggestion,
    SuggestionAnswer,
)
from velvalgt.apps.staff.models import Tenant, Unit, User

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
LEVELS = ("close", "some_help", "at_risk", "far")


def level(word: str, citizens: int, with_effort: int, weeks: float) -> dict[str, Any]:
    """What those at a need level get."""
    return {"level": word, "citizens": citizens, "with_effort": with_effort, "weeks": weeks}


def tried(strength: float, weeks: float, at_risk: float, shares: tuple[int, int]) -> dict[str, Any]:
    """A point of the frontier: how many of forty near and forty far get an effort."""
    near, far = shares
    weights = {word: 1 + strength * place / 3 for place, word in enumerate(LEVELS)}
    levels = [
        level("close", 40, near, near / 2), level("some_help", 40, 20, 15),
        level("at_risk", 20, far // 2, far / 4), level("far", 20, far // 2, far / 4),
    ]  # fmt: skip
    return {
        "strength": strength, "weights": weights, "weeks": weeks, "weeks_at_risk": at_risk,
        "is_chosen": strength == 1.0, "levels": levels,
    }  # fmt: skip


def hours(unit: Unit, **figures: Any) -> dict[str, Any]:
    """A unit's hours: 520 in the period, of which the law takes 300."""
    return {
        "key": f"unit:{unit.pk}", "counted_in": "hours", "amount": 520.0, "legal": 300.0,
        "left": 220.0, "used": 220.0, "lacking": 0.0, "price": 0.09, "price_low": 0.04,
        "price_high": 0.15, "wanted": None, **figures,
    }  # fmt: skip


BY_GAIN: dict[str, Any] = {
    "mode": "judgement", "evidence_version": "0f5c2a77d1e9", "weighed": 110, "value": 251.25,
    "gain": 190.5, "bound": 251.26, "gap": 0.00004,
    "weights": {"close": 1.0, "some_help": 1.25, "at_risk": 1.75, "far": 2.0},
    "frontier": [
        tried(0.0, 204.0, 61.0, (30, 8)), tried(0.5, 199.0, 75.0, (22, 14)),
        tried(1.0, 190.5, 88.0, (14, 22)), tried(2.0, 171.0, 97.0, (6, 30)),
    ],
    "less": [{"level": "close", "citizens": 16, "weeks": 21.0},
             {"level": "some_help", "citizens": 3, "weeks": 2.0}],
}  # fmt: skip
PLAIN: dict[str, Any] = {"mode": "plain", "weighed": 0}
GROUPS = [
    {"group": "G2", "level": "at_risk", "citizens": 20, "legal_hours": 60.0, "hours": 90.0,
     "weeks": 44.0},
    {"group": "G1", "level": "close", "citizens": 40, "legal_hours": 80.0, "hours": 30.0,
     "weeks": 21.0},
    {"group": "G6", "level": None, "citizens": 3, "legal_hours": 9.0, "hours": 2.0, "weeks": 1.0},
]  # fmt: skip


def a_plan(tenant: Tenant, *capacities: dict[str, Any], **figures: Any) -> Run:
    """A plan that holds, by gain unless it is said to be plain; the worker makes it."""
    attempt = an_attempt(tenant, ended_at=NOW, ended="done")
    run = Run.objects.create(
        tenant_id=tenant.pk, attempt=attempt, on=MONDAY, seed=7, law_version="9a1c",
        inputs={"citizens": "b7e1", "duties": "41dd"}, software={"velvalgt": "0.6"},
        timings={"gathering": 1.25, "allocation": 0.5}, citizens=120, groups=GROUPS,
        capacities=list(capacities), finished_at=NOW, **{**BY_GAIN, **figures},
    )  # fmt: skip
    CurrentRun.objects.update_or_create(tenant_id=tenant.pk, defaults={"run": run})
    return run


def an_attempt(tenant: Tenant, **figures: Any) -> Attempt:
    """That a plan was begun."""
    return Attempt.objects.create(
        tenant_id=tenant.pk, on=MONDAY, **{"started_at": NOW - timedelta(minutes=1), **figures}
    )


def a_capacity(tenant: Tenant, unit: Unit, **figures: Any) -> CapacityPlan:
    """Twenty hours a week in a unit, in 26 weeks."""
    said = {
        "starts_on": MONDAY,
        "weeks": 26,
        "unit_hours": {str(unit.pk): 20.0},
        "recorded_at": NOW,
    }
    return CapacityPlan.objects.create(tenant_id=tenant.pk, **{**said, **figures})


def suggested(run: Run, citizen: Citizen, by: User, reply: str = "", words: str = "") -> None:
    """Something was suggested for a citizen, and maybe answered."""
    suggestion = Suggestion.objects.create(
        tenant_id=run.tenant_id, citizen=citizen, run=run, on=run.on, effort="course",
        gain_weeks=2, low=1, high=3, hours=1, is_new=True, facts=1,
    )  # fmt: skip
    if reply:
        waits = reply == "postponed"
        SuggestionAnswer.objects.create(
            tenant_id=run.tenant_id, citizen=citizen, suggestion=suggestion, reply=reply,
            effort="" if waits else "course", because="not_now" if waits else "fits", words=words,
            until=MONDAY + timedelta(days=30) if waits else None, answered_by=by, answered_at=NOW,
        )  # fmt: skip


def reckoned(forecast: Forecast, unit: Unit, more: float = 12.0) -> None:
    """The job has reckoned what a plan would be: some weeks more, all for those far from work."""
    before, after = (
        tried(1.0, 190.5, 88.0, (14, 22)),
        tried(1.0, 190.5 + more, 88.0 + more, (14, 26)),
    )
    after["capacities"] = [hours(unit, amount=572.0, left=272.0, used=270.0)]
    before["capacities"] = [hours(unit)]
    forecast.result = {"before": before, "after": after}
    forecast.reckoned_at = NOW
    forecast.save()
