"""Where and when the demo's people can be met: an office, rooms, hours, an interpreter."""

from datetime import date, datetime, time

from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Place
from velvalgt.apps.staff.models import Tenant, Unit, User

FROM = date(2026, 1, 1)
EVERY_DAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
SHORT_WEEK = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"
ROOMS = (
    ("torv-1", "Lokale 1", 4, False, False),
    ("torv-2", "Lokale 2", 4, True, False),
    ("torv-3", "Lokale 3", 12, False, True),
)
STAFF = (("TINE", "NORD", EVERY_DAY), ("HANS", "NORD", SHORT_WEEK), ("SINE", "SYD", EVERY_DAY))


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services."""
    place = services.keep_place(
        tenant=tenant, code="torvet", name="Jobcenteret på Torvet", address="Torvet 1, 0099 Velby"
    )
    for code, name, seats, has_alarm, has_video in ROOMS:
        services.keep_room(
            place=place, code=code, name=name, seats=seats, has_alarm=has_alarm, has_video=has_video
        )
    interpreter = services.keep_interpreter(
        tenant=tenant, code="tolk-1", name="Samir Haddad", languages=("ar",)
    )
    week = services.Week(EVERY_DAY, time(9), time(15), FROM)
    services.give_hours(
        tenant_id=tenant.pk, resource=interpreter.pk, unit=None, week=week, by=None, at=at
    )
    for initials, unit, days in STAFF:
        _hours(tenant, initials, unit, days, place, at)


def _hours(tenant: Tenant, initials: str, unit: str, days: str, place: Place, at: datetime) -> None:
    services.give_hours(
        tenant_id=tenant.pk,
        resource=User.objects.get(initials=initials).pk,
        unit=Unit.objects.get(code=unit),
        week=services.Week(days, time(9), time(15), FROM, place, tuple(Way)),
        by=None,
        at=at,
    )
