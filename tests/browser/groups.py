"""Meetings for many and of several in the browser's municipality: made for a test, and ended."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.browser.municipality import NOW

if TYPE_CHECKING:
    from velvalgt.apps.meetings.models import GroupMeeting
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import User

WHEN = datetime(2026, 12, 3, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
LAST_WEEK = datetime(2026, 11, 19, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
BEFORE = NOW - timedelta(days=14)


def one_seat() -> None:
    """A network meeting with one seat."""
    _arrange(WHEN, NOW)


def joern_takes_it() -> None:
    """Jørn has the seat."""
    _enrol("Jørn", NOW)


def joern_leaves() -> None:
    """He cannot come after all, and the job runs."""
    from velvalgt.apps.meetings import services

    services.leave_group(citizen=_citizen("Jørn"), group=_group(), hand=_hand(NOW))
    group = _group()
    services.look_after(tenant_id=group.tenant_id, group_id=group.pk, at=NOW)


def amalie_is_busy() -> None:
    """Amalie has a talk at the time of the meeting."""
    from velvalgt.apps.meetings import queries, services
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.staff.models import Unit

    unit = Unit.objects.get(code="NORD")
    services.book(
        citizen=_citizen("Amalie"),
        wanted=services.Wanted(queries.types()["interview"], Way.PHONE, unit.pk),
        starts_at=WHEN,
        permitted=frozenset(Way),
        hand=_hand(NOW),
    )


def last_weeks() -> None:
    """A meeting that has been held, with Jørn and Amalie."""
    _arrange(LAST_WEEK, BEFORE, seats=4)
    _enrol("Jørn", BEFORE)
    _enrol("Amalie", BEFORE)


def conference() -> None:
    """A team meeting about Jørn, with Tine and Hans."""
    from velvalgt.apps.meetings import queries, services
    from velvalgt.apps.meetings.choices import Attendance, Way
    from velvalgt.apps.staff.models import Unit, User

    unit, hans = Unit.objects.get(code="NORD"), User.objects.get(name="Hans")
    meeting = services.convene(
        citizen=_citizen("Jørn"),
        wanted=services.Wanted(
            queries.types()["team_conference"],
            Way.OFFICE,
            unit.pk,
            caseworker_id=_tine().pk,
            also=frozenset({hans.pk}),
        ),
        starts_at=WHEN,
        hand=_hand(NOW),
    )
    services.add_to_agenda(meeting=meeting, items=["Din ryg"], by=_tine(), at=NOW, is_staff=True)
    doctor = services.Guest("Lis Holm", "Lægehuset", "læge", Attendance.AFAR)
    services.add_guest(meeting=meeting, guest=doctor, by=_tine(), at=NOW)


def end() -> None:
    """Nobody meets any more, and everybody is free."""
    from velvalgt.apps.meetings import services
    from velvalgt.apps.meetings.choices import WhyCancelled
    from velvalgt.apps.meetings.models import GroupMeeting, Meeting

    for group in GroupMeeting.objects.filter(cancelled_at=None):
        services.call_off_group(group=group, at=BEFORE)
        services.look_after(tenant_id=group.tenant_id, group_id=group.pk, at=NOW)
    for meeting in Meeting.objects.standing().filter(starts_at__gt=NOW):
        services.cancel(meeting=meeting, why=WhyCancelled.US, hand=_hand(NOW))


def _arrange(starts_at: datetime, at: datetime, seats: int = 1) -> None:
    from velvalgt.apps.meetings import queries, services
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.staff.models import Unit

    services.arrange_group(
        wanted=services.ForMany(
            type=queries.types()["network_meeting"],
            title=services.Said(da="Netværk om cykler", en="A network about bicycles"),
            starts_at=starts_at,
            way=Way.VIDEO,
            seats=seats,
            enrol_until=starts_at,
            video="https://video.example/netvaerk",
        ),
        unit=Unit.objects.get(code="NORD"),
        host=_tine(),
        at=at,
    )


def _enrol(name: str, at: datetime) -> None:
    from velvalgt.apps.meetings import services

    services.enrol(citizen=_citizen(name), group=_group(), hand=_hand(at))


def _group() -> "GroupMeeting":
    from velvalgt.apps.meetings.models import GroupMeeting

    return GroupMeeting.objects.get(cancelled_at=None)


def _citizen(name: str) -> "Citizen":
    from velvalgt.apps.people.models import Citizen

    return Citizen.objects.get(name=name)


def _tine() -> "User":
    from velvalgt.apps.staff.models import User

    return User.objects.get(initials="TINE")


def _hand(at: datetime) -> object:
    from velvalgt.apps.meetings.services import Hand

    return Hand(_tine(), at, is_staff=True)
