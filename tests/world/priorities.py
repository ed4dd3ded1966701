"""Plans of the small world, as the night's job writes them: a run that holds, its suggestions."""

from datetime import UTC, date, datetime

from tests.world.factories import LONG_AGO, MONDAY
from tests.world.municipality import World
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.choices import Ended, Mode
from velvalgt.apps.priorities.models import (
    Attempt,
    CurrentRun,
    ProfilingBasis,
    Run,
    Suggestion,
    WorkLine,
)
from velvalgt.apps.staff.models import Tenant, User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OTHERS = [
    {"effort": "guidance", "offer": None, "gain_weeks": 1.2, "low": -0.6, "high": 3.0},
    {"effort": "placement", "offer": None, "gain_weeks": 0.4, "low": -2.0, "high": 2.8},
]


def a_ground(tenant: Tenant, jurist: User, until: date = date(2027, 7, 1)) -> ProfilingBasis:
    """A ground for profiling, recorded by the jurist; built as the worker."""
    return ProfilingBasis.objects.create(
        tenant_id=tenant.pk,
        legal_ground="LAB § 3",
        assessment="Konsekvensanalyse 12/2026",
        assessed_on=date(2026, 10, 1),
        starts_on=date(2026, 11, 1),
        ends_on=until,
        recorded_by=jurist,
        recorded_at=LONG_AGO,
    )


def a_run(tenant: Tenant, mode: Mode = Mode.JUDGEMENT, on: date = MONDAY) -> Run:
    """A plan that was made and holds from now on; built as the worker."""
    attempt = Attempt.objects.create(
        tenant_id=tenant.pk, on=on, started_at=NOW, ended_at=NOW, ended=Ended.DONE
    )
    run = Run.objects.create(
        tenant_id=tenant.pk,
        attempt=attempt,
        on=on,
        mode=mode,
        seed=7,
        inputs={},
        law_version="law-1",
        evidence_version="studies-1" if mode == Mode.JUDGEMENT else "",
        software={},
        timings={},
        citizens=2,
        weighed=2,
        finished_at=NOW,
    )
    CurrentRun.objects.update_or_create(tenant_id=tenant.pk, defaults={"run": run})
    return run


def a_suggestion(run: Run, citizen: Citizen, **changes: object) -> Suggestion:
    """A plan suggests a mentor, by a need that was assessed and a study; built as the worker."""
    said = {
        "effort": "mentor",
        "gain_weeks": 3.1,
        "low": 0.2,
        "high": 6.0,
        "hours": 2.0,
        "others": OTHERS,
        "reasons": ["level:at_risk", "study:early_meetings_dk"],
        "is_new": True,
        "grade": "lot_dk",
        "facts": 1,
    }
    return Suggestion.objects.create(
        tenant_id=run.tenant_id, citizen=citizen, run=run, on=run.on, **(said | changes)
    )


def a_turn(run: Run, citizen: Citizen, place: int, *reasons: str) -> WorkLine:
    """A citizen's place in the order of work; built as the worker."""
    codes = list(reasons) or ["law:overdue", "mark:far"]
    return WorkLine.objects.create(
        tenant_id=run.tenant_id, citizen=citizen, run=run, place=place, reasons=codes
    )


def suggested_for_joern(world: World) -> Suggestion:
    """A ground holds, and the plan that holds suggests a mentor for Jørn."""
    with world.building():
        a_ground(world.tenant, world.mette)
        return a_suggestion(a_run(world.tenant), world.joern)
