"""Meetings that the browser's people have: Jørn's to come, Amalie's that were held."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

from tests.browser.municipality import NOW

if TYPE_CHECKING:
    from velvalgt.apps.meetings.models import Meeting

FAR = datetime(2026, 12, 16, 12, tzinfo=NOW.tzinfo)
_calls = count()


def joern_meets_hans() -> None:
    """Jørn has a meeting with Hans in three weeks, and waits for nothing."""
    from velvalgt.apps.meetings.choices import Way

    no_meeting_with_hans()
    _book("Jørn", "interview", Way.OFFICE, FAR, NOW)


def no_meeting_with_hans() -> None:
    """What Jørn had agreed with Hans is called off, and he waits no more."""
    from velvalgt.apps.meetings import services
    from velvalgt.apps.meetings.choices import WhyCancelled

    meeting = _joerns()
    if meeting is not None:
        hand = services.Hand(None, NOW, is_staff=True)
        services.cancel(meeting=meeting, why=WhyCancelled.US, hand=hand)


def joern_is_offered_a_time() -> None:
    """An earlier time with Hans is offered to Jørn, who waits."""
    from django.utils import timezone

    from velvalgt.apps.meetings import services
    from velvalgt.apps.staff.models import Tenant

    at = Tenant.objects.get(code="099").working_moment(timezone.now())
    services.offer_earlier(at=at)


def amalie_was_called() -> None:
    """Hans and Amalie have talked on the phone, and he says so."""
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.models import Outcome

    starts_at = datetime(2026, 11, 17, 8, tzinfo=NOW.tzinfo) + timedelta(minutes=30) * next(_calls)
    meeting = _book("Amalie", "short_call", Way.PHONE, starts_at, starts_at - timedelta(days=3))
    Outcome.objects.create(
        tenant_id=meeting.tenant_id,
        citizen=meeting.citizen,
        meeting=meeting,
        result="held",
        said_at=meeting.ends_at,
    )


def told(happen: Callable[[Callable[[], None]], None], what: str) -> str:
    """Give an address of Jørn's meeting: its link, its page for an earlier time, its offer."""
    found: list[str] = []
    happen(lambda: found.append(_addresses()[what]))
    return found[0]


def amalies_contact(happen: Callable[[Callable[[], None]], None]) -> str:
    """Give where Amalie says something of the last call."""
    from velvalgt.apps.meetings.models import Meeting

    found: list[str] = []

    def look() -> None:
        last = Meeting.objects.filter(citizen__name="Amalie", outcomes__isnull=False)
        found.append(f"/citizen/meetings/{last.latest('starts_at').uid}/answer/")

    happen(look)
    return found[0]


def _addresses() -> dict[str, str]:
    from urllib.parse import urlsplit

    from velvalgt.apps.meetings import queries
    from velvalgt.apps.meetings.models import EarlierOffer

    meeting = _joerns()
    assert meeting is not None
    offer = EarlierOffer.objects.filter(wish__uid=meeting.uid).order_by("-offered_at").first()
    return {
        "link": urlsplit(queries.link_to(meeting)).path,
        "earlier": f"/citizen/meetings/{meeting.uid}/earlier/",
        "offer": f"/citizen/meetings/earlier/{offer.pk}/" if offer else "",
    }


def _joerns() -> "Meeting | None":
    from velvalgt.apps.meetings.models import Meeting

    return Meeting.objects.standing().filter(citizen__name="Jørn", caseworker__name="Hans").first()


def _book(name: str, key: str, way: str, starts_at: datetime, booked_at: datetime) -> "Meeting":
    from velvalgt.apps.meetings import queries, services
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.people.models import Citizen
    from velvalgt.apps.staff.models import Unit, User

    return services.book(
        citizen=Citizen.objects.get(name=name),
        wanted=services.Wanted(
            queries.type_of(key),
            Way(way),
            Unit.objects.get(code="NORD").pk,
            User.objects.get(name="Hans").pk,
        ),
        starts_at=starts_at,
        permitted=frozenset(Way),
        hand=services.Hand(None, booked_at, is_staff=True),
    )
