"""Meetings for many: one that tests fill, empty and call off."""

from datetime import datetime

from tests.world.factories import CaseFactory, CitizenFactory
from tests.world.meetings import NOW, Office, at
from tests.world.municipality import World
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Enrolment, GroupMeeting
from velvalgt.apps.meetings.types import types
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit

WHEN = at(27, 10)


def a_group(
    world: World, office: Office | None = None, unit: Unit | None = None, **changes: object
) -> GroupMeeting:
    """A network meeting on Friday at ten, arranged by Tine, unless a test says otherwise."""
    asked = {
        "type": types()["network_meeting"],
        "title": services.Said(da="Netværk", en="Network"),
        "starts_at": WHEN,
        "way": Way.OFFICE,
        "seats": 1,
        "enrol_until": at(26, 12),
        "room": office.small if office else None,
    } | changes
    with world.as_tine():
        return services.arrange_group(
            wanted=services.ForMany(**asked),  # type: ignore[arg-type]
            unit=unit or world.team,
            host=world.tine,
            at=NOW,
        )


def staff(world: World, when: datetime = NOW) -> services.Hand:
    """Tine's hand."""
    return services.Hand(world.tine, when, is_staff=True)


def enrolled(world: World, citizen: Citizen, group: GroupMeeting) -> Enrolment:
    """Tine enrols a citizen."""
    with world.as_tine():
        return services.enrol(citizen=citizen, group=group, hand=staff(world))


def some_citizens(world: World, count: int) -> list[Citizen]:
    """Citizens of the team."""
    with world.building():
        citizens = [CitizenFactory(tenant=world.tenant) for _each in range(count)]
        for citizen in citizens:
            CaseFactory(citizen=citizen, unit=world.team, caseworker=world.tine)
    return citizens
