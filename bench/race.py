"""What happens when many want the same times at once, and when the server is killed meanwhile.

Run: `python bench/race.py [CLIENTS] [TIMES]`; a cluster is made in a temporary folder and thrown
away. The site runs as an installation runs it (two processes of four threads, the web login), the
clients are threads that speak HTTP to it as a browser does, on the same two cores:

1. all clients want one of the few times in the same moment; whoever comes second takes the nearest
   that the answer offers, until there are none;
2. the same with the site and the database killed (SIGKILL) in the middle and started again;
   a client whose line broke asks again;
3. clients arrive at a steady rate and book, each of them one of many times.

Prints what each round ended with and fails where a time was given twice, a confirmed booking is
gone, a booking has not all of its holds, or somebody saw an error page.
"""

import http.client
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from html import unescape
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

HOME = Path(os.environ.get("BENCH_HOME") or tempfile.mkdtemp(prefix="velvalgt-bench-"))
HOME.chmod(0o711)
os.environ |= {
    "VELVALGT_HOME": str(HOME),
    "VELVALGT_ENV": "test",
    "VELVALGT_LOG_LEVEL": "ERROR",
    "DJANGO_SETTINGS_MODULE": "velvalgt.site.settings",
}

from velvalgt.site.server import folders, postgres, processes  # noqa: E402 - the environment decides

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
PORT = 8471
A_SECOND, SECONDS = 20, 30
BOOKING = "/citizen/meetings/booking/"
VISITORS, SESSIONS = HOME / "visitors.json", HOME / "sessions.json"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OFFERED = re.compile(r'action="([^"]*[?&;]at=[^"]*)"')


def build(clients: int, times: int) -> None:
    """Build a unit with few times for each race and one with many, and its citizens."""
    os.environ["VELVALGT_ROLE"] = "worker"
    import django

    django.setup()
    from tests.world.factories import LONG_AGO, TenantFactory, UnitFactory, UserFactory

    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.meetings.models import WeeklyHours

    tenant = TenantFactory(frozen_on=None)
    visitors = []
    with acting(tenant.pk, SYSTEM, Purpose.IMPORT):
        for number in range(3):
            unit = UnitFactory(tenant=tenant)
            few = number < 2
            for opens, closes in _windows(times) if few else [(clock(9), clock(15))] * 12:
                if opens == _windows(times)[0][0] or not few:
                    user = UserFactory(tenant=tenant)
                WeeklyHours.objects.create(
                    tenant_id=tenant.pk,
                    resource=user.pk,
                    unit=unit,
                    recurrence="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
                    starts_on=_first_day(),
                    ends_on=_first_day() + timedelta(days=14) if few else None,
                    opens=opens,
                    closes=closes,
                    ways=["phone"],
                    written_at=LONG_AGO,
                )
            many = clients if few else A_SECOND * SECONDS
            visitors.append([_visitor(tenant, unit) for _ in range(many)])
    VISITORS.write_text(json.dumps(visitors), encoding="utf-8")
    django.db.connections.close_all()


def _first_day() -> date:
    """The Monday of the week after the next: ten working days begin there."""
    today = datetime.now(COPENHAGEN).date()
    return today + timedelta(days=7 - today.weekday())


def _windows(times: int) -> list[tuple[clock, clock]]:
    """Windows of a day that hold one short call each; ten days of them are all the times."""
    return [
        (clock(9 + n // 2, n % 2 * 30), clock(9 + n // 2, n % 2 * 30 + 20))
        for n in range(times // 10)
    ]


def _visitor(tenant: Any, unit: Any) -> tuple[str, str]:
    from tests.world.factories import LONG_AGO, CaseFactory, CitizenFactory, UserFactory

    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.people.choices import Ground
    from velvalgt.apps.people.models import Access

    user = UserFactory(tenant=tenant)
    citizen = CitizenFactory(tenant=tenant, user=user)
    CaseFactory(citizen=citizen, unit=unit)
    Access.objects.create(
        tenant=tenant,
        citizen=citizen,
        user=user,
        purpose=Purpose.OWN_CASE,
        ground=Ground.SELF,
        starts_at=LONG_AGO,
    )
    return str(tenant.pk), str(user.pk)


def sign_in() -> None:
    """Sign every visitor in, as the web login, which alone may write sessions."""
    os.environ["VELVALGT_ROLE"] = "web"
    import django

    django.setup()
    visitors = json.loads(VISITORS.read_text(encoding="utf-8"))
    sessions = [[_session(*who) for who in some] for some in visitors]
    SESSIONS.write_text(json.dumps(sessions), encoding="utf-8")


def _session(tenant: str, user: str) -> str:
    from importlib import import_module

    from django.conf import settings

    from velvalgt.apps.audit.actor import acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.staff.models import User
    from velvalgt.site.signin.entry import KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    with acting(tenant, user, Purpose.OWN_CASE):
        session["_auth_user_hash"] = User.objects.get(pk=user).get_session_auth_hash()
    session["_auth_user_id"] = user
    session["_auth_user_backend"] = "velvalgt.site.signin.backend.Vouched"
    session[KEY] = {"tenant": tenant, "user": user, "unit": None, "role": "citizen"}
    session.save()
    return str(session.session_key)


@dataclass
class Client:
    """A citizen's browser: a session, a token, and how long each answer took."""

    session: str
    patience: float = 60
    token: str = ""
    cookie: str = ""
    confirmed: str = ""
    laps: list[float] = field(default_factory=list)
    strange: list[int] = field(default_factory=list)

    def ask(self, method: str, address: str) -> tuple[int, str, str]:
        """Ask once, and again while the line breaks; gives status, text and where it leads."""
        deadline = time.monotonic() + self.patience
        while True:
            try:
                return self._once(method, address)
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            except http.client.HTTPException:
                time.sleep(0.2)

    def _once(self, method: str, address: str) -> tuple[int, str, str]:
        line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
        body = urlencode({"csrfmiddlewaretoken": self.token}) if method == "POST" else None
        headers = {
            "Cookie": f"velvalgt_session={self.session}; csrftoken={self.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        began = time.perf_counter()
        line.request(method, address, body=body, headers=headers)
        answer = line.getresponse()
        text = answer.read().decode()
        self.laps.append(time.perf_counter() - began)
        for name, value in answer.getheaders():
            if name == "Set-Cookie" and value.startswith("csrftoken="):
                self.cookie = value.partition("=")[2].partition(";")[0]
        line.close()
        if found := TOKEN.search(text):
            self.token = found[1]
        if answer.status not in {200, 302, 409}:
            self.strange.append(answer.status)
        return answer.status, text, answer.getheader("Location", "")

    def open(self, at: datetime) -> str:
        """Open the page that agrees on a time; gives its address."""
        local = at.astimezone(COPENHAGEN)
        wish = {"type": "short_call", "way": "phone", "at": f"{local:%Y-%m-%dT%H:%M}"}
        address = f"{BOOKING}?{urlencode(wish)}"
        self.ask("GET", address)
        return address

    def book(self, address: str) -> None:
        """Agree on a time; where somebody was first, on the nearest, while there is one."""
        while address:
            status, text, leads_to = self.ask("POST", address)
            if status == 302:
                self.confirmed = leads_to
                return
            offered = OFFERED.findall(text) if status == 409 else []
            address = unescape(random.choice(offered)) if offered else ""  # noqa: S311


def few_times(times: int) -> list[datetime]:
    """Every time that a race is about."""
    days = [_first_day() + timedelta(days=n) for n in range(14)]
    return [
        datetime.combine(day, opens, COPENHAGEN)
        for day in days
        if day.weekday() < 5
        for opens, _ in _windows(times)
    ]


def race(sessions: list[str], times: list[datetime], meanwhile: Callable[[], None]) -> list[Client]:
    """Let all of them agree on a time in the same moment."""
    clients = [Client(session) for session in sessions]
    together = Barrier(len(clients) + 1)

    def run(number: int) -> None:
        client = clients[number]
        address = client.open(times[number % len(times)])
        client.laps.clear()
        together.wait(timeout=120)
        client.book(address)

    with ThreadPoolExecutor(len(clients)) as pool:
        running = [pool.submit(run, number) for number in range(len(clients))]
        together.wait(timeout=120)
        meanwhile()
        for each in running:
            each.result()
    return clients


def arrivals(sessions: list[str]) -> list[Client]:
    """Let them come one after another at a steady rate, each with another time of many."""
    clients = [Client(session) for session in sessions]
    days = [each for each in few_times(10) if each.hour == 9][:10]
    moments = [day + timedelta(minutes=15 * n) for n in range(22) for day in days]

    def run(number: int) -> None:
        client = clients[number]
        client.book(client.open(moments[number % len(moments)]))

    with ThreadPoolExecutor(200) as pool:
        running = []
        for number in range(len(clients)):
            running.append(pool.submit(run, number))
            time.sleep(1 / A_SECOND)
        for each in running:
            each.result()
    return clients


class Site:
    """The site as an installation runs it, in a group of processes that can be killed."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = (
            f"--bind=127.0.0.1:{PORT} --worker-class=gthread --workers=2 --threads=4"
            " --backlog=2048 --no-control-socket velvalgt.site.wsgi:application"
        )
        command = [sys.executable, "-m", "gunicorn", *words.split()]
        environment = os.environ | {"VELVALGT_ROLE": "web"}
        with (HOME / "web.log").open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                command, env=environment, start_new_session=True, stdout=log, stderr=log
            )
        while not processes.answers(PORT):
            time.sleep(0.1)

    def kill(self) -> None:
        """Kill it with all that belongs to it, without a word."""
        assert self.process
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def kill_all_and_start_again(site: Site) -> None:
    """Kill site and database in the middle of the race, and start both again."""
    time.sleep(0.7)
    postmaster = int((folders.cluster(HOME) / "postmaster.pid").read_text().split()[0])
    site.kill()
    os.kill(postmaster, signal.SIGKILL)
    postgres.start(HOME)
    site.start()


CHECK = """
select count(*) filter (where standing), count(distinct citizen_id) filter (where standing),
  count(*) filter (where standing and held <> 2)
from (
  select m.*, not exists (select 1 from meetings_cancellation c where c.meeting_id = m.id)
    and not exists (select 1 from meetings_meeting n where n.replaces_id = m.id) as standing,
    (select count(*) from meetings_hold h where h.meeting_id = m.id and h.released_at is null) held
  from meetings_meeting m where m.unit_id = %s) each
"""
OVERLAPS = """
select count(*) from meetings_hold a join meetings_hold b on a.resource = b.resource and a.id < b.id
where a.released_at is null and b.released_at is null
  and a.starts_at < b.ends_at and b.starts_at < a.ends_at
"""


def judge(name: str, number: int, clients: list[Client], times: int | None) -> None:
    """Print how a round ended, and fail where something is not as it must be."""
    with postgres.connect("owner", HOME) as db:
        tenant = db.execute("select id from staff_tenant").fetchone()[0]
        db.execute("select set_config('velvalgt.tenant', %s, false)", [str(tenant)])
        unit = db.execute("select id from staff_unit order by id").fetchall()[number][0]
        booked, people, halves = db.execute(CHECK, [unit]).fetchone()
        overlaps = db.execute(OVERLAPS).fetchone()[0]
        uids = {str(row[0]) for row in db.execute("select uid from meetings_meeting").fetchall()}
    laps = sorted(lap for client in clients for lap in client.laps)
    confirmed = [client for client in clients if client.confirmed]
    lost = [c for c in confirmed if not any(uid in c.confirmed for uid in uids)]
    p95 = laps[int(0.95 * len(laps))]
    longest = max(sum(client.laps) for client in clients)
    print(
        f"{name}: {len(clients)} clients, {booked} bookings of {people} citizens,"
        f" {len(confirmed)} confirmed, {len(lost)} of these lost, {halves} half done,"
        f" {overlaps} overlaps"
    )
    print(
        f"  {len(laps)} answers: median {statistics.median(laps):.2f} s, p95 {p95:.2f} s, slowest"
        f" {laps[-1]:.2f} s; longest until settled {longest:.2f} s",
        flush=True,
    )
    strange = [status for client in clients for status in client.strange]
    assert not strange, f"error pages: {strange[:5]}"
    assert (overlaps, halves, len(lost)) == (0, 0, 0)
    assert booked == people >= len(confirmed)
    assert times is None or booked == times, f"{booked} bookings of {times} times"


def main() -> None:
    """Make the cluster, build, run the rounds, and throw it all away."""
    if sys.argv[1:] == ["sign-in"]:
        sign_in()
        return
    clients = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    times = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    site = Site()
    postgres.start(HOME)
    try:
        postgres.prepare_roles(HOME)
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, check=True, env=os.environ | {"VELVALGT_ROLE": "owner"})  # noqa: S603
        build(clients, times)
        signing_in = [sys.executable, __file__, "sign-in"]
        subprocess.run(signing_in, check=True, env={**os.environ, "BENCH_HOME": str(HOME)})  # noqa: S603
        first, second, third = json.loads(SESSIONS.read_text(encoding="utf-8"))
        site.start()
        wanted = few_times(times)
        judge("at once", 0, race(first, wanted, lambda: None), times)
        killed = race(second, wanted, lambda: kill_all_and_start_again(site))
        judge("killed in the middle", 1, killed, times)
        judge(f"{A_SECOND} a second", 2, arrivals(third), None)
    finally:
        if site.process and site.process.poll() is None:
            site.kill()
        postgres.stop(HOME)
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
