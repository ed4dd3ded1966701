"""How long it takes to reckon a municipality's duties and ledgers, from the database and back.

Run against an installation that holds the demo:

    VELVALGT_HOME=... VELVALGT_ENV=demo python bench/duties.py [rounds]
"""

import os
import statistics
import sys
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "velvalgt.site.settings")
os.environ["VELVALGT_ROLE"] = "worker"

import django
from django.utils import timezone

django.setup()

from velvalgt.apps.audit.actor import SYSTEM, acting  # noqa: E402
from velvalgt.apps.audit.choices import Purpose  # noqa: E402
from velvalgt.apps.duties import queries, services  # noqa: E402 - Django is set up first
from velvalgt.apps.people.models import Citizen  # noqa: E402
from velvalgt.apps.staff.queries import all_tenants  # noqa: E402


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median of so many rounds, after one that warms up."""
    work()
    laps = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        laps.append(time.perf_counter() - begun)
    return statistics.median(laps)


def main(rounds: int) -> None:
    """Print the time for all, for one, and their ratio."""
    tenant = all_tenants()[0]
    on = tenant.frozen_on
    assert on is not None, "the tenant is not a demo"
    everybody = seconds(lambda: services.recompute(tenant=tenant, on=on, at=timezone.now()), rounds)
    with acting(tenant.pk, SYSTEM, Purpose.LAW):
        citizens = Citizen.objects.count()
        one = Citizen.objects.order_by("pk")[:1].get()
        alone = seconds(lambda: services.follow(citizen=one, on=on), rounds)
        explained = seconds(lambda: queries.explanation(one, "k3_first_for_all", on), rounds)
    print(f"{citizens:,} citizens: all duties and ledgers {everybody:.2f} s")
    print(f"one with the ledgers {1000 * alone:.0f} ms, explained {1000 * explained:.0f} ms")
    print(f"one by one would take {citizens * alone / everybody:,.0f} times as long as all at once")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
