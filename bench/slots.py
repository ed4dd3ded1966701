"""How quick free times are found for a large team among many meetings.

Run: `python bench/slots.py [MEETINGS] [TEAM]`; a cluster is made in a temporary folder and thrown
away. Staff have four meetings a day over the year to come, one of them in a room. Asked as the web
login, under the walls: every time in six weeks at which anybody of the team can meet a citizen at
the office. Beside it stands the same question answered in plain Python, a time after another, as
one would write it first; both must give the same times. Prints the median and the 95th percentile
of each and their ratio.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

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
    from collections.abc import Iterator

    from velvalgt.apps.meetings.gathering import Wanted
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Tenant, Unit

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 8, tzinfo=COPENHAGEN)
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
STAFF, CITIZENS, ROOMS, A_DAY, HOURS = 100, 1000, 24, 4, (9, 10, 11, 12, 13, 14)
ASKED = 60


def build(meetings: int, team: int) -> None:
    """Build staff, rooms and citizens through the models, then the meetings a day at a time."""
    os.environ["VELVALGT_ROLE"] = "worker"
    import django

    django.setup()
    from tests.world.factories import CaseFactory, CitizenFactory, TenantFactory, UnitFactory

    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose

    began = time.perf_counter()
    tenant = TenantFactory(frozen_on=None)
    with acting(tenant.pk, SYSTEM, Purpose.IMPORT):
        units = [UnitFactory(tenant=tenant, name="Team"), UnitFactory(tenant=tenant)]
        citizens = [CitizenFactory(tenant=tenant) for _ in range(CITIZENS)]
        for citizen in citizens[:ASKED]:
            CaseFactory(citizen=citizen, unit=units[0])
        _book(tenant, units, team, meetings, citizens)
    took = time.perf_counter() - began
    print(f"{meetings:,} meetings of {STAFF} staff written in {took:.0f} s", flush=True)
    django.db.connections.close_all()


def _book(
    tenant: "Tenant", units: "list[Unit]", team: int, meetings: int, citizens: "list[Citizen]"
) -> None:
    from tests.world.factories import MembershipFactory, UserFactory

    from velvalgt.apps.meetings.booking import stretches_of
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.models import Hold, Meeting, Place, Room, WeeklyHours

    place = Place.objects.create(tenant_id=tenant.pk, code="p", name="Place", address="1")
    rooms = [
        Room.objects.create(tenant_id=tenant.pk, code=f"r{n}", place=place, name=f"Room {n}")
        for n in range(ROOMS)
    ]
    staff = []
    for number in range(STAFF):
        unit = units[0 if number < team else 1]
        user = UserFactory(tenant=tenant)
        MembershipFactory(unit=unit, user=user)
        WeeklyHours.objects.create(
            tenant_id=tenant.pk,
            resource=user.pk,
            unit=unit,
            recurrence=WEEKDAYS,
            starts_on=date(2026, 1, 1),
            opens=clock(8, 30),
            closes=clock(15, 30),
            place=place,
            ways=list(Way),
            written_at=NOW,
        )
        staff.append((user, unit))
    written, day = 0, NOW.date()
    while written < meetings:
        day += timedelta(days=1)
        if day.weekday() > 4:
            continue
        booked = []
        for number, (user, unit) in enumerate(staff):
            for turn in range(A_DAY):
                hour = HOURS[(number + turn) % len(HOURS)]
                begins = datetime.combine(day, clock(hour), COPENHAGEN)
                in_room = turn == 0
                booked.append(
                    Meeting(
                        tenant_id=tenant.pk,
                        citizen=citizens[(number * A_DAY + turn + day.toordinal()) % CITIZENS],
                        type="interview",
                        starts_at=begins,
                        ends_at=begins + timedelta(minutes=45),
                        way=Way.OFFICE if in_room else Way.PHONE,
                        unit=unit,
                        caseworker=user,
                        place=place if in_room else None,
                        room=rooms[number // len(HOURS) % ROOMS] if in_room else None,
                        booked_at=NOW,
                    )
                )
        Meeting.objects.bulk_create(booked)
        Hold.objects.bulk_create(
            Hold(
                tenant_id=tenant.pk,
                resource=each.resource,
                kind=each.kind,
                starts_at=each.starts_at,
                ends_at=each.ends_at,
                meeting=meeting,
            )
            for meeting in booked
            for each in stretches_of(meeting)
        )
        written += len(booked)


def ask() -> None:
    """Ask for free times as the web does for a caseworker of the team, and print what it took."""
    os.environ["VELVALGT_ROLE"] = "web"
    import django

    django.setup()
    from velvalgt.apps.audit.actor import acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.finding import free_times
    from velvalgt.apps.meetings.gathering import Wanted
    from velvalgt.apps.meetings.types import types
    from velvalgt.apps.people.models import Citizen

    with postgres.connect("owner", HOME) as db:
        tenant = db.execute("select id from staff_tenant").fetchone()[0]
        db.execute("select set_config('velvalgt.tenant', %s, false)", [str(tenant)])
        unit, user = db.execute(
            "select unit_id, user_id from staff_membership m join staff_unit u on u.id = m.unit_id"
            " where u.name = 'Team' order by m.id limit 1"
        ).fetchone()
    with acting(tenant, user, Purpose.CASE_WORK, unit=unit):
        wanted = Wanted(types()["interview"], Way.OFFICE, unit)
        window = {"begins": NOW + timedelta(days=1), "ends": NOW + timedelta(days=42)}
        laps, plain_laps, found = [], [], 0
        for citizen in Citizen.objects.order_by("pk")[:ASKED]:
            began = time.perf_counter()
            free = free_times(citizen=citizen, wanted=wanted, **window)
            laps.append(1000 * (time.perf_counter() - began))
            found = len(free.starts)
        for citizen in Citizen.objects.order_by("pk")[:5]:
            began = time.perf_counter()
            expected = plainly(citizen, wanted, **window)
            plain_laps.append(1000 * (time.perf_counter() - began))
            free = free_times(citizen=citizen, wanted=wanted, **window)
            offered = {slot.starts_at: set(slot.staff) for slot in free.slots()}
            assert offered == expected, "the two answers differ"
    _print("velvalgt", laps)
    _print("plain Python", plain_laps)
    ratio = statistics.median(plain_laps) / statistics.median(laps)
    print(
        f"{found:,} times on offer, the same in both; {ratio:.0f} times quicker than plain Python"
    )


def plainly(
    citizen: "Citizen", wanted: "Wanted", *, begins: datetime, ends: datetime
) -> dict[datetime, set[object]]:
    """Find the same, a quarter after another, with lists of what is busy.

    Every busy time of this bench begins and ends at a quarter, so that no other moment matters.
    """
    from collections import defaultdict

    from velvalgt.apps.meetings.models import Hold, Room, WeeklyHours

    length = wanted.length
    staffed = length + wanted.type.buffer
    busy = defaultdict(list)
    held = Hold.objects.in_force().filter(starts_at__lt=ends, ends_at__gt=begins)
    for resource, first, last in held.values_list("resource", "starts_at", "ends_at"):
        busy[resource].append((first, last))

    def is_free(key: object, start: datetime, end: datetime) -> bool:
        return all(end <= first or last <= start for first, last in busy[key])

    rooms = list(Room.objects.values_list("pk", flat=True))
    hours = list(WeeklyHours.objects.filter(unit_id=wanted.unit_id))
    found: dict[datetime, set[object]] = defaultdict(set)
    for start in _quarters(begins, ends):
        if not is_free(citizen.pk, start, start + length):
            continue
        if not any(is_free(room, start, start + length) for room in rooms):
            continue
        day = start.astimezone(COPENHAGEN).date()
        for each in hours:
            opens = datetime.combine(day, each.opens, COPENHAGEN)
            closes = datetime.combine(day, each.closes, COPENHAGEN)
            fits = opens <= start and start + staffed <= closes
            if fits and is_free(each.resource, start, start + staffed):
                found[start].add(each.resource)
    return found


def _quarters(begins: datetime, ends: datetime) -> "Iterator[datetime]":
    """Every quarter on the wall of the working days between two moments."""
    from velvalgt.apps.staff.queries import is_working_day

    for number in range((ends.date() - begins.date()).days + 1):
        day = begins.date() + timedelta(days=number)
        for quarter in range(24 * 4) if is_working_day(day) else ():
            local = datetime.combine(day, clock(quarter // 4, quarter % 4 * 15), COPENHAGEN)
            if begins <= local.astimezone(UTC) < ends:
                yield local.astimezone(UTC)


def _print(name: str, laps: list[float]) -> None:
    ordered = sorted(laps)
    p95 = ordered[int(0.95 * len(ordered))]
    print(
        f"{name}: {len(laps)} questions, median {statistics.median(laps):.1f} ms, p95 {p95:.1f} ms"
    )


def main() -> None:
    """Make the cluster, build and ask in processes of their own, and throw it away."""
    if len(sys.argv) > 1 and sys.argv[1] == "ask":
        ask()
        return
    meetings = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    team = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    postgres.start(HOME, durable=False)
    try:
        postgres.prepare_roles(HOME)
        migrate = [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"]
        subprocess.run(migrate, check=True, env=os.environ | {"VELVALGT_ROLE": "owner"})  # noqa: S603
        build(meetings, team)
        asking = [sys.executable, __file__, "ask"]
        subprocess.run(asking, check=True, env={**os.environ, "BENCH_HOME": str(HOME)})  # noqa: S603
    finally:
        postgres.stop(HOME)
        shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
