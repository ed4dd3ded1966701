"""What happens to meetings that calendars and video tests look at; each leaves no trace behind."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velvalgt.apps.meetings.models import Meeting
    from velvalgt.apps.meetings.services import Hand


def book_video() -> None:
    """Tine and Jørn agree on a video meeting in December."""
    from velvalgt.apps.meetings import services
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.queries import types
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Unit, User

    tine = User.objects.get(initials="TINE")
    unit = Unit.objects.get(code="NORD")
    wanted = services.Wanted(types()["interview"], Way.VIDEO, unit.pk, tine.pk)
    services.book(
        citizen=Citizen.objects.get(name="Jørn"),
        wanted=wanted,
        starts_at=datetime(2026, 12, 9, 9, tzinfo=UTC),
        permitted=frozenset(Way),
        hand=_hand(),
    )


def its_time_has_come() -> None:
    """The video meeting is now: written as the worker may, past the rules of booking."""
    from velvalgt.apps.meetings import booking
    from velvalgt.apps.meetings.choices import Change

    meeting = booking.replaced(_meeting(), Change.MOVED)
    meeting.starts_at = datetime(2026, 11, 22, 23, tzinfo=UTC)
    meeting.ends_at = meeting.starts_at + timedelta(hours=48)
    meeting.booked_at = _hand().at
    meeting.save(force_insert=True)


def call_video_off() -> None:
    """The meeting is called off, and keeps nobody busy."""
    from velvalgt.apps.meetings.choices import WhyCancelled
    from velvalgt.apps.meetings.holding import let_go
    from velvalgt.apps.meetings.models import Cancellation, Hold

    meeting = _meeting()
    let_go(Hold.objects.in_force().filter(meeting__uid=meeting.uid), at=_hand().at)
    Cancellation.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        meeting=meeting,
        why=WhyCancelled.US,
        cancelled_at=_hand().at,
    )


def forget_calendars() -> None:
    """Links and calendars outside are taken away."""
    from velvalgt.apps.meetings.models import Feed, OutsideCalendar

    Feed.objects.filter(revoked_at__isnull=True).update(revoked_at=_hand().at)
    OutsideCalendar.objects.filter(removed_at__isnull=True).update(removed_at=_hand().at)


def reading_fails() -> None:
    """Tine's calendar outside could not be read, and before that met one meeting."""
    from velvalgt.apps.meetings import outside
    from velvalgt.apps.meetings.choices import Trouble
    from velvalgt.apps.meetings.models import CalendarReading, OutsideCalendar

    calendar = OutsideCalendar.objects.get(removed_at__isnull=True)
    at = _hand().at
    CalendarReading.objects.create(
        calendar=calendar, tenant_id=calendar.tenant_id, read_at=at, succeeded_at=at, collisions=1
    )
    outside.note_trouble(calendar=calendar, trouble=Trouble.REFUSED, at=at)


def _meeting() -> "Meeting":
    from velvalgt.apps.meetings.models import Meeting

    standing = Meeting.objects.standing().filter(citizen__name="Jørn", way="video")
    return standing.order_by("-booked_at", "-sequence")[0]


def _hand() -> "Hand":
    from velvalgt.apps.meetings.services import Hand
    from velvalgt.apps.staff.models import User

    at = datetime(2026, 11, 23, 8, tzinfo=UTC)
    return Hand(User.objects.get(initials="TINE"), at, is_staff=True)
