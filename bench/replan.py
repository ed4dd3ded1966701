"""How long the nightly replan of a municipality takes, from the database and back.

Run: `python bench/replan.py [CITIZENS]`; a cluster is made in a temporary folder and thrown away.
The synthetic municipality comes in by the importer. Everybody with an open case has been assessed,
each unit has hours, and two contacts of the table of studies and the catalogue's offers are to be
had; the plan goes by expected gain. Prints the seconds of each part of three plans (the first has
to read or compile the kernels), how far from the best each is at most, that the newest is made
again from its frames row for row, and the most memory that was used.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

HOME = Path(os.environ.get("BENCH_HOME") or tempfile.mkdtemp(prefix="velvalgt-bench-"))
HOME.chmod(0o711)
os.environ |= {
    "VELVALGT_HOME": str(HOME),
    "VELVALGT_ENV": "test",
    "VELVALGT_LOG_LEVEL": "ERROR",
    "DJANGO_SETTINGS_MODULE": "velvalgt.site.settings",
}

from velvalgt.site.server import postgres  # noqa: E402 - the environment decides what it sees

if TYPE_CHECKING:
    from velvalgt.apps.staff.models import Tenant

AT = datetime(2026, 11, 23, 3, 30, tzinfo=UTC)
WEEKS, HOURS_A_CITIZEN, OERE_A_CITIZEN, ROUNDS = 26, 0.25, 100_000, 3
ASSESS = """
insert into cases_needassessment (id, tenant_id, citizen_id, level, words, assessed_by_id,
  assessed_at)
select gen_random_uuid(), tenant_id, citizen_id,
  (array['close', 'some_help', 'some_help', 'at_risk', 'far'])[1 + row_number() over
    (order by citizen_id) %% 5], 'bench', %s, %s
from cases_case where closed_on is null
"""


def build(citizens: int) -> "Tenant":
    """Bring in the municipality, with what a plan by gain needs."""
    os.environ["VELVALGT_ROLE"] = "worker"
    import django

    django.setup()
    from django.db import connection

    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.exchange import demo
    from velvalgt.apps.priorities.models import ProfilingBasis
    from velvalgt.apps.staff.models import User
    from velvalgt.core.lab import synthesize

    began = time.perf_counter()
    tenant = demo.build(synthesize("099", citizens, 1, on=demo.day()), at=AT)
    print(f"{citizens:,} citizens brought in in {time.perf_counter() - began:.0f} s", flush=True)
    with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
        tine = User.objects.get(initials="TINE")
        with connection.cursor() as cursor:
            cursor.execute(ASSESS, [tine.pk, AT])
        _write_capacities(tenant)
        ProfilingBasis.objects.create(
            tenant_id=tenant.pk,
            legal_ground="bench",
            assessment="bench",
            assessed_on=demo.day(),
            starts_on=demo.day(),
            ends_on=demo.day() + timedelta(days=365),
            recorded_by=tine,
            recorded_at=AT,
        )
    return tenant


def _write_capacities(tenant: "Tenant") -> None:
    from django.db.models import Count

    from velvalgt.apps.cases.models import Case
    from velvalgt.apps.exchange import demo
    from velvalgt.apps.priorities.models import CapacityPlan

    units = Case.objects.open().values("unit").annotate(cases=Count("pk")).order_by("unit")
    CapacityPlan.objects.create(
        tenant_id=tenant.pk,
        starts_on=demo.day(),
        weeks=WEEKS,
        unit_hours={str(each["unit"]): HOURS_A_CITIZEN * each["cases"] for each in units},
        effort_hours={"frequent_contact": 6.0, "close_follow_up": 8.0, "mentor": 2.0},
        budget_oere=OERE_A_CITIZEN * sum(each["cases"] for each in units),
        recorded_at=AT,
    )


def plan(tenant: "Tenant") -> None:
    """Make the plan some times, and the last one again."""
    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.exchange import demo
    from velvalgt.apps.priorities import queries
    from velvalgt.apps.priorities.services import replan

    for number in range(1, ROUNDS + 1):
        began = time.perf_counter()
        run = replan(tenant=tenant, on=demo.day(), at=AT)
        took = time.perf_counter() - began
        parts = ", ".join(f"{part} {seconds:.1f}" for part, seconds in run.timings.items())
        print(f"plan {number}: {took:.1f} s ({parts})", flush=True)
        proof = "plain" if run.gap is None else f"gap at most {100 * run.gap:.4f} percent"
        print(f"  {run.citizens:,} citizens, {run.weighed:,} weighed, {proof}", flush=True)
    with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
        told = queries.differences(run)
    print("made again: " + (" ".join(told) or "the same, row for row"))
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def main() -> None:
    """Make the cluster, build, plan, and throw it away."""
    citizens = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    postgres.start(HOME, durable=True)
    try:
        postgres.prepare_roles(HOME)
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, check=True, env=os.environ | {"VELVALGT_ROLE": "owner"})  # noqa: S603
        plan(build(citizens))
    finally:
        postgres.stop(HOME)
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
