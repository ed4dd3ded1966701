"""Tine's meetings with Birthe: one on Friday that nobody has said a word of, one to come."""

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from velvalgt.apps.people.models import Citizen

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
BOOKED_AT = datetime(2026, 11, 16, 9, tzinfo=COPENHAGEN)
FRIDAY = datetime(2026, 11, 20, 10, tzinfo=COPENHAGEN)
WEDNESDAY = datetime(2026, 11, 25, 10, tzinfo=COPENHAGEN)
NAME = "Birthe Holm"


def meet_birthe() -> None:
    """Birthe was to meet Tine on Friday; it was booked the week before."""
    _book(_birthe(), FRIDAY)


def book_birthe() -> None:
    """Birthe is to meet Tine on Wednesday."""
    _book(_birthe(), WEDNESDAY)


def forget_birthe() -> None:
    """Call off what she has to come, and let what was said of Friday be taken back."""
    from velvalgt.apps.meetings import services
    from velvalgt.apps.meetings.choices import WhyCancelled
    from velvalgt.apps.meetings.models import Meeting, Outcome

    birthe = _birthe()
    for said in Outcome.objects.standing().filter(citizen=birthe).exclude(result=""):
        services.take_back(outcome=said, by=None, at=FRIDAY, today=FRIDAY.date())
    hand = services.Hand(None, BOOKED_AT, is_staff=True)
    for meeting in Meeting.objects.standing().filter(citizen=birthe):
        services.cancel(meeting=meeting, why=WhyCancelled.US, hand=hand)


def _birthe() -> "Citizen":
    """One of those whom the team has known since May, by a name of her own."""
    from velvalgt.apps.cases.models import Case

    known = Case.objects.open().filter(unit__code="NORD", caseworker__isnull=True)
    birthe = known.select_related("citizen").order_by("pk").last().citizen
    birthe.name = NAME
    birthe.save()
    return birthe


def _book(citizen: "Citizen", starts_at: datetime) -> None:
    from velvalgt.apps.meetings import services
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.queries import types
    from velvalgt.apps.staff.models import Unit, User

    tine, unit = User.objects.get(initials="TINE"), Unit.objects.get(code="NORD")
    services.book(
        citizen=citizen,
        wanted=services.Wanted(types()["interview"], Way.OFFICE, unit.pk, tine.pk),
        starts_at=starts_at,
        permitted=frozenset(Way),
        hand=services.Hand(tine, BOOKED_AT, is_staff=True),
    )
