"""A team that can be met: hours, rooms, an interpreter; shared by every test about meetings."""

from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from tests.world.factories import LONG_AGO, MembershipFactory, UserFactory
from tests.world.municipality import World
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.models import Interpreter, Place, Room, WeeklyHours
from velvalgt.apps.meetings.types import types
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import Tenant, Unit, User

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
WEEKDAYS = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
NOW = datetime(2026, 11, 23, 8, tzinfo=COPENHAGEN)


@dataclass(frozen=True, slots=True)
class Office:
    """Who and what can be booked in the world."""

    hans: User
    place: Place
    small: Room
    large: Room
    interpreter: Interpreter


def build_office(tenant: Tenant, team: Unit, tine: User) -> Office:
    """Build it, as the worker does."""
    hans = UserFactory(tenant=tenant, name="Hans", known_as="hans")
    MembershipFactory(unit=team, user=hans, role=Role.CASEWORKER)
    place = Place.objects.create(
        tenant_id=tenant.pk, code="torv", name="Torvet", address="Torvet 1"
    )
    rooms = [
        Room.objects.create(tenant_id=tenant.pk, code=code, place=place, name=code, has_alarm=alarm)
        for code, alarm in (("lille", False), ("stor", True))
    ]
    interpreter = Interpreter.objects.create(
        tenant_id=tenant.pk, code="tolk", name="Tolk", languages=["ar"]
    )
    for user in (tine, hans):
        weekly(tenant, user.pk, unit=team, place=place, ways=[*Way])
    weekly(tenant, interpreter.pk)
    return Office(hans, place, *rooms, interpreter)


def weekly(tenant: Tenant, resource: object, **hours: object) -> WeeklyHours:
    """Weekly hours from nine to three on weekdays."""
    usual = {
        "recurrence": WEEKDAYS,
        "starts_on": date(2026, 1, 1),
        "opens": time(9),
        "closes": time(15),
        "ways": [],
        "written_at": LONG_AGO,
    }
    return WeeklyHours.objects.create(tenant_id=tenant.pk, resource=resource, **{**usual, **hours})


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    """A moment in Copenhagen in the winter of 2026."""
    return datetime(2026, month, day, hour, minute, tzinfo=COPENHAGEN)


def wanted(world: World, way: Way = Way.OFFICE, key: str = "interview", **more: object) -> Wanted:
    """A talk with anybody in the team, unless a test says otherwise."""
    return Wanted(types()[key], way, world.team.pk, **more)  # type: ignore[arg-type]
