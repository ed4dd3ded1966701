"""Nadia came today and has no talk yet; what Tine books with her, and who takes her time."""

from datetime import date
from typing import TYPE_CHECKING

from tests.browser import newcomer
from tests.browser.municipality import NOW, TODAY

if TYPE_CHECKING:
    from velvalgt.apps.meetings.models import Meeting
    from velvalgt.apps.people.models import Citizen

THURSDAY_AT_TEN = (26, 10)


def arrive() -> None:
    """Nadia asks for help, so that the law asks for a first talk."""
    from tests.world.factories import EntryFactory, SpellFactory

    newcomer.arrive()
    citizen = nadia()
    SpellFactory(citizen=citizen, benefit="kontanthjaelp", target_group="G2", starts_on=TODAY)
    EntryFactory(citizen=citizen, kind="first_contact", actor="citizen", form="", on=TODAY)


def leave() -> None:
    """Every time that a test took is free again."""
    from velvalgt.apps.meetings.models import Meeting

    for meeting in Meeting.objects.standing().select_related("citizen"):
        _call_off(meeting)
    newcomer.leave()


def she_is_heard() -> None:
    """Nadia has had her first talk, and chooses the way of the next."""
    from tests.world.factories import EntryFactory

    EntryFactory(citizen=nadia(), kind="interview", form="in_person", on=TODAY)


def she_has_a_talk() -> None:
    """Tine books a talk with Nadia, Thursday at ten."""
    _book(nadia(), "interview")


def she_has_her_first_talk() -> None:
    """Tine books the first talk."""
    _book(nadia(), "first_interview")


def somebody_takes_the_time() -> None:
    """Tine meets somebody else Thursday at ten."""
    from velvalgt.apps.people.models import Citizen

    _book(Citizen.objects.get(name="Amalie"), "interview")


def nadia() -> "Citizen":
    """The newest Nadia."""
    from velvalgt.apps.people.models import Citizen

    return Citizen.objects.filter(name=newcomer.NAME).latest("pk")


def _book(citizen: "Citizen", key: str) -> None:
    from tests.world.meetings import at
    from velvalgt.apps.meetings.choices import Way
    from velvalgt.apps.meetings.services import Hand, Wanted, book
    from velvalgt.apps.meetings.types import types
    from velvalgt.apps.staff.models import Unit, User

    tine, team = User.objects.get(initials="TINE"), Unit.objects.get(code="NORD")
    book(
        citizen=citizen,
        wanted=Wanted(types()[key], Way.OFFICE, team.pk, tine.pk),
        starts_at=at(*THURSDAY_AT_TEN),
        permitted=frozenset(Way),
        hand=Hand(tine, NOW, is_staff=True),
    )


def _call_off(meeting: "Meeting") -> None:
    from velvalgt.apps.meetings.choices import WhyCancelled
    from velvalgt.apps.meetings.services import Hand, cancel

    if meeting.starts_at.date() > date(2026, 11, 23):
        cancel(meeting=meeting, why=WhyCancelled.US, hand=Hand(None, NOW, is_staff=True))
