"""Who waits for an earlier time, where nobody is free before the fourteenth of December."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from tests.world.factories import CaseFactory, CitizenFactory
from tests.world.meetings import NOW, Office, at, wanted
from tests.world.municipality import World
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import EarlierWish, Meeting, SpecialHours
from velvalgt.apps.people.models import Citizen

ALL = frozenset(Way)
GAP = at(2, 10, month=12)
"""The hour that becomes free."""


def december(day: int, hour: int = 10) -> datetime:
    return at(day, hour, month=12)


def nobody_is_free(world: World, office: Office) -> None:
    """Hans is away, and Tine, too, until the fourteenth."""
    for user, until in ((office.hans, december(31)), (world.tine, december(14, 0))):
        _away(world, user.pk, at(23, 0), until)


def an_hour_is_free(world: World, office: Office) -> None:
    """Hans is away, and Tine has one hour before the fourteenth."""
    _away(world, office.hans.pk, at(23, 0), december(31))
    _away(world, world.tine.pk, at(23, 0), GAP)
    _away(world, world.tine.pk, december(2, 11), december(14, 0))


def _away(world: World, resource: object, begins: datetime, ends: datetime) -> None:
    with world.building():
        SpecialHours.objects.create(
            tenant_id=world.tenant.pk,
            resource=resource,
            opening="closed",
            starts_at=begins,
            ends_at=ends,
            written_at=NOW,
        )


def waits(world: World, citizen: Citizen, starts_at: datetime, since: datetime) -> EarlierWish:
    """Tine books a meeting with a citizen, and does the wish on their behalf."""
    with world.as_tine():
        services.book(
            citizen=citizen,
            wanted=wanted(world, caseworker_id=world.tine.pk),
            starts_at=starts_at,
            permitted=ALL,
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )
        meeting = Meeting.objects.standing().get(citizen=citizen)
        return services.wish_earlier(meeting=meeting, by=world.tine, at=since)


def more_citizens(world: World, count: int) -> list[Citizen]:
    """Further citizens of Tine's."""
    with world.building():
        found = [CitizenFactory(tenant=world.tenant) for _ in range(count)]
        for citizen in found:
            CaseFactory(citizen=citizen, unit=world.team, caseworker=world.tine)
    return found


@contextmanager
def as_citizen(world: World, citizen: Citizen) -> Iterator[services.Hand]:
    """Sit at the citizen's own pages."""
    with acting(world.tenant.pk, citizen.user.pk, Purpose.OWN_CASE):
        yield services.Hand(citizen.user, NOW, is_staff=False)
