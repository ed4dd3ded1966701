"""How quick the citizen's first page is with a large municipality in the database.

Run: `python bench/home.py [CITIZENS] [VISITS]`; a cluster is made in a temporary folder and thrown
away. The synthetic municipality comes in by the importer's COPY; each visit is another citizen's,
through every layer of the site, as the web login. Prints the share of visits under 150 ms, the
median and the 95th percentile of server time, the most queries, and the weight of the page.
"""

import gzip
import os
import shutil
import statistics
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
    from django.test import Client

    from velvalgt.apps.offers.models import Offer
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

AT = datetime(2026, 11, 23, 8, tzinfo=UTC)
LIMIT_MS = 150


def build(citizens: int, visitors: int) -> None:
    """Bring in the municipality, let some citizens sign in, and reckon everybody's duties."""
    os.environ["VELVALGT_ROLE"] = "worker"
    import django

    django.setup()
    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.duties import services as law
    from velvalgt.apps.exchange import demo
    from velvalgt.apps.offers.models import Offer
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.people.services import give_user
    from velvalgt.apps.staff.models import User
    from velvalgt.apps.staff.services import create_user
    from velvalgt.core.lab import synthesize

    began = time.perf_counter()
    tenant = demo.build(synthesize("099", citizens, 1, on=demo.day()), at=AT)
    print(f"{citizens:,} citizens brought in in {time.perf_counter() - began:.0f} s", flush=True)
    with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
        tine = User.objects.get(initials="TINE")
        offer = Offer.objects.order_by("pk").first()
        nameless = Citizen.objects.filter(user=None, cases__closed_on=None, cases__isnull=False)
        for citizen in nameless.order_by("pk")[:visitors]:
            user = create_user(
                tenant=tenant, name=citizen.name, issuer="bench", subject=str(citizen.pk)
            )
            give_user(citizen=citizen, user=user, at=AT)
            live(citizen, user, tine, offer)
    began = time.perf_counter()
    law.recompute(tenant=tenant, on=demo.day(), at=AT)
    print(f"duties reckoned in {time.perf_counter() - began:.0f} s", flush=True)
    django.db.connections.close_all()


def live(citizen: "Citizen", user: "User", tine: "User", offer: "Offer") -> None:
    """Let something stand in every place of the citizen's first page."""
    from velvalgt.apps.cases import services as cases
    from velvalgt.apps.cases.choices import Owner, Side
    from velvalgt.apps.messages import services as messages
    from velvalgt.apps.offers import services as offers

    hand = cases.Hand(side=Side.CITIZEN, by=user, at=AT, today=AT.date())
    step = cases.NewStep("Ring til Kaj", AT.date() + timedelta(days=7), Owner.CITIZEN)
    goal = cases.NewGoal("Et job med cykler")
    cases.add_goal(citizen=citizen, goal=goal, first=step, hand=hand)
    messages.answer(citizen=citizen, body="Hej. Vi ses på torsdag.", by=tine, at=AT)
    start = offer.starts.order_by("starts_on").first()
    offers.apply(
        citizen=citizen, offer=offer, start=start, words="Ja tak.", by=user, today=AT.date(), at=AT
    )


def visit(visitors: int) -> None:
    """Open the first page as each citizen, and print what it took."""
    os.environ["VELVALGT_ROLE"] = "web"
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clients = [_signed_in(*who) for who in _visitors(visitors)]
    clients[0].get("/citizen/")
    laps, queries, page = [], [], b""
    for client in clients:
        began = time.perf_counter()
        answer = client.get("/citizen/")
        laps.append(1000 * (time.perf_counter() - began))
        assert answer.status_code == 200, answer.status_code
        page = answer.content
    for client in clients[:20]:
        with CaptureQueriesContext(connection) as seen:
            client.get("/citizen/")
        queries.append(len(seen))
    ordered = sorted(laps)
    p95 = ordered[int(0.95 * len(ordered))]
    under = sum(lap < LIMIT_MS for lap in laps) / len(laps)
    print(f"{len(laps)} visits: median {statistics.median(laps):.0f} ms, p95 {p95:.0f} ms")
    print(f"under {LIMIT_MS} ms: {under:.0%}; most statements in one visit: {max(queries)}")
    print(f"the page itself: {len(gzip.compress(page)) / 1000:.1f} kB compressed")


def _visitors(most: int) -> list[tuple[str, str]]:
    with postgres.connect("worker", HOME) as db:
        tenant = db.execute("select id from staff_tenant").fetchone()[0]
        db.execute("select set_config('velvalgt.tenant', %s, false)", [str(tenant)])
        rows = db.execute(
            "select user_id from staff_identity where issuer = 'bench' order by user_id limit %s",
            [most],
        )
        return [(str(tenant), str(row[0])) for row in rows.fetchall()]


def _signed_in(tenant: str, user: str) -> "Client":
    from importlib import import_module

    from django.conf import settings
    from django.test import Client

    from velvalgt.apps.audit.actor import acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.staff.models import User
    from velvalgt.site.signin.entry import KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    with acting(tenant, user, Purpose.OWN_CASE):
        found = User.objects.get(pk=user)
        session["_auth_user_hash"] = found.get_session_auth_hash()
    session["_auth_user_id"] = user
    session["_auth_user_backend"] = "velvalgt.site.signin.backend.Vouched"
    session[KEY] = {"tenant": tenant, "user": user, "unit": None, "role": "citizen"}
    session.save()
    client = Client(headers={"host": "127.0.0.1"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def main() -> None:
    """Make the cluster, build and visit in processes of their own, and throw it away."""
    if len(sys.argv) > 1 and sys.argv[1] == "visit":
        visit(int(sys.argv[2]))
        return
    citizens = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    visitors = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    postgres.start(HOME, durable=False)
    try:
        postgres.prepare_roles(HOME)
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, check=True, env=os.environ | {"VELVALGT_ROLE": "owner"})  # noqa: S603
        build(citizens, visitors)
        visiting = [sys.executable, __file__, "visit", str(visitors)]
        subprocess.run(visiting, check=True, env={**os.environ, "BENCH_HOME": str(HOME)})  # noqa: S603
    finally:
        postgres.stop(HOME)
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
