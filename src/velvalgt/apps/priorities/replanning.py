"""The nightly replan: from the database to a plan for everyone, and back, whole or not at all.

Database, frames, duties and ledgers, gains, allocation, suggestions and order of work, database:
all in one transaction, which has the new plan hold at last. Whatever is killed on the way leaves
yesterday's plan.
"""

import platform
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from importlib.metadata import version
from time import perf_counter
from uuid import UUID

from django.db import DatabaseError

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.services import trace
from velvalgt.apps.duties.services import recompute
from velvalgt.apps.priorities import frames_file, storing, taking_turns
from velvalgt.apps.priorities.choices import Ended
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.apps.priorities.floors import CannotPlan
from velvalgt.apps.priorities.gathering import NoCapacityPlan, gather
from velvalgt.apps.priorities.inputs import Inputs
from velvalgt.apps.priorities.models import Attempt, CurrentRun, Run
from velvalgt.apps.priorities.plan import Plan
from velvalgt.apps.staff.models import Tenant
from velvalgt.core.effect import EvidenceError

Progress = Callable[[int, int], None]
REFUSALS = (NoCapacityPlan, CannotPlan, EvidenceError)
PARTS = ("duties", "gathering", "planning", "writing", "keeping")
SOFTWARE = ("velvalgt", "numpy", "numba", "highspy", "polars")


class PlanRefused(Exception):
    """No plan could be made, and the one before stands; the message says why."""


def replan(
    *,
    tenant: Tenant,
    on: date,
    at: datetime,
    asked_by: UUID | None = None,
    wait: bool = True,
    progress: Progress | None = None,
) -> Run:
    """Make the plan of a municipality for a day (planlægning).

    Args:
        tenant: whose plan.
        on: the day.
        at: the moment it is begun.
        asked_by: the key of whoever asked for it; None for the night's own.
        wait: whether to wait where another is under way.
        progress: told how many parts are done of how many.

    Raises:
        PlanUnderWay: another is being made, and one does not wait.
        PlanRefused: it cannot be made; the attempt and the message say why.
    """
    clock = _Clock(at, progress)
    with taking_turns.one_at_a_time(tenant, wait=wait):
        attempt = taking_turns.begin(tenant=tenant, on=on, asked_by=asked_by, at=at)
        try:
            with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
                return _made(tenant, attempt, clock)
        except REFUSALS as refusal:
            taking_turns.end(attempt, Ended.REFUSED, at=clock.now, words=str(refusal))
            raise PlanRefused(str(refusal)) from refusal
        except BaseException:
            with suppress(DatabaseError):  # where the database is gone, the next one writes it
                taking_turns.end(attempt, Ended.BROKEN_OFF, at=clock.now)
            raise


class _Clock:
    """What time it is since the work began, and how long each part took."""

    def __init__(self, at: datetime, progress: Progress | None) -> None:
        self.timings: dict[str, float] = {}
        self._at, self._began, self._lap = at, perf_counter(), perf_counter()
        self._tell = progress or (lambda done, of: None)
        self._tell(0, len(PARTS))

    @property
    def now(self) -> datetime:
        return self._at + timedelta(seconds=perf_counter() - self._began)

    def done(self, part: str) -> None:
        """Note that a part is done."""
        self.timings[part] = round(perf_counter() - self._lap, 3)
        self._lap = perf_counter()
        self._tell(len(self.timings), len(PARTS))


def _made(tenant: Tenant, attempt: Attempt, clock: _Clock) -> Run:
    # The web process reads this module's services and must never load compiled kernels or solvers.
    from velvalgt.apps.priorities.planning import make_plan

    recompute(tenant=tenant, on=attempt.on, at=attempt.started_at)
    clock.done("duties")
    inputs = gather(attempt.on)
    parts = frames_file.packed(inputs)
    clock.done("gathering")
    plan = make_plan(inputs, evidence())
    clock.done("planning")
    run = _run(attempt, inputs, plan)
    run.inputs = frames_file.hashes_of(parts)
    storing.write(run, plan, inputs.citizens)
    clock.done("writing")
    frames_file.sweep(tenant.pk, kept={*Run.objects.values_list("pk", flat=True)})
    frames_file.keep(parts, tenant_id=tenant.pk, run_id=run.pk)
    clock.done("keeping")
    _turned_to(run, attempt, clock)
    return run


def _turned_to(run: Run, attempt: Attempt, clock: _Clock) -> None:
    """Have a run's plan hold from now on; keys are checked at the end, so its row may come last."""
    run.timings, run.finished_at = clock.timings, clock.now
    run.save(force_insert=True)
    CurrentRun.objects.update_or_create(tenant_id=run.tenant_id, defaults={"run": run})
    attempt.ended, attempt.ended_at = Ended.DONE, run.finished_at
    attempt.save(update_fields=["ended", "ended_at"])
    trace(action=Action.RUN, what="replan", at=attempt.started_at, count=run.citizens)


def _run(attempt: Attempt, inputs: Inputs, plan: Plan) -> Run:
    said, proof = inputs.settings, plan.proof
    return Run(
        tenant_id=attempt.tenant_id,
        attempt=attempt,
        on=said.on,
        mode=said.mode,
        seed=said.seed,
        law_version=said.law_version,
        evidence_version=said.evidence_version,
        software=_software(),
        weights=said.weights,
        citizens=inputs.citizens.height,
        weighed=plan.weighed,
        value=proof.value if proof else None,
        gain=proof.gain if proof else None,
        bound=proof.bound if proof else None,
        gap=proof.gap if proof else None,
        capacities=plan.capacities,
        frontier=plan.frontier,
        groups=plan.groups,
        less=plan.less,
    )


def _software() -> dict[str, str]:
    """The versions of what reckons; on the same ones a run can be made again, row for row."""
    return {name: version(name) for name in SOFTWARE} | {"python": platform.python_version()}
