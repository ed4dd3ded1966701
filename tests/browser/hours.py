"""What happens around Tine's hours and what meetings need, and how all of it is taken back."""

from datetime import UTC, date, datetime

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def as_before() -> None:
    """Take back every absence and extra day of Tine's, end added hours and every note."""
    from velvalgt.apps.meetings.models import SafetyNote, SpecialHours, WeeklyHours
    from velvalgt.apps.meetings.services import come_back, end_hours, end_safety_note
    from velvalgt.apps.staff.models import User

    tine = User.objects.get(initials="TINE")
    for special in SpecialHours.objects.filter(resource=tine.pk, taken_back_at__isnull=True):
        come_back(special=special, at=NOW)
    for hours in WeeklyHours.objects.filter(written_by=tine, ends_on__isnull=True):
        end_hours(hours=hours, ends_on=max(hours.starts_on, date(2026, 11, 23)), at=NOW)
    for note in SafetyNote.objects.filter(end__isnull=True):
        end_safety_note(note=note, by=tine, at=NOW)
    from velvalgt.apps.meetings.choices import WhyCancelled
    from velvalgt.apps.meetings.models import Meeting
    from velvalgt.apps.meetings.services import Hand, cancel

    for meeting in Meeting.objects.standing().filter(booked_by=tine, starts_at__date=THURSDAY):
        cancel(meeting=meeting, why=WhyCancelled.US, hand=Hand(tine, NOW, is_staff=True))


THURSDAY = date(2026, 12, 10)


def joern_is_booked() -> None:
    """Jørn and Tine have agreed to talk on the phone on a Thursday in December."""
    from tests.world.meetings import at
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.models import Meeting
    from velvalgt.apps.meetings.queries import type_of
    from velvalgt.apps.meetings.services import Hand, Wanted, book
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Unit, User

    if Meeting.objects.standing().filter(starts_at=at(10, 10, month=12)).exists():
        return
    tine = User.objects.get(initials="TINE")
    unit = Unit.objects.get(code="NORD")
    book(
        citizen=Citizen.objects.get(name="Jørn"),
        wanted=Wanted(type_of("short_call"), Way.PHONE, unit.pk, caseworker_id=tine.pk),
        starts_at=at(10, 10, month=12),
        permitted=frozenset(Way),
        hand=Hand(tine, NOW, is_staff=True),
    )
