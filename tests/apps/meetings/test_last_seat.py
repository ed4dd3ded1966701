"""The same in the same second, each on a connection: one seat, one link for a calendar."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.world.groups import a_group, enrolled, some_citizens
from tests.world.meetings import NOW, build_office
from tests.world.municipality import World, build_world
from tests.world.roles import as_role
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import Enrolment, Feed, Hold
from velvalgt.apps.meetings.queries import places_of

AT_ONCE = 5


@pytest.fixture
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world that other connections see, too; emptied again by the owner of the tables."""
    with django_db_blocker.unblock():
        try:
            world = build_world()
            with world.building():
                build_office(world.tenant, world.team, world.tine)
            yield world
        finally:
            with as_role("owner"), connection.cursor() as cursor:
                cursor.execute("truncate staff_tenant, audit_trace, audit_seal cascade")
            connection.close()


def test_of_links_for_a_calendar_made_at_once_one_works(lasting: World) -> None:
    together = Barrier(AT_ONCE)

    def alone(_number: int) -> services.OpenFeed:
        together.wait(timeout=30)
        try:
            with lasting.as_tine():
                return services.make_feed(by=lasting.tine, at=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(pool.map(alone, range(AT_ONCE)))

    with lasting.as_tine():
        assert queries.feed_of(lasting.tine) in [each.feed for each in made]
        assert Feed.objects.filter(revoked_at__isnull=True).count() == 1


def test_the_last_seat_goes_once(lasting: World) -> None:
    group = a_group(lasting)
    together = Barrier(AT_ONCE)

    def alone(citizen: Any) -> Enrolment:
        together.wait(timeout=30)
        try:
            return enrolled(lasting, citizen, group)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        made = list(pool.map(alone, some_citizens(lasting, AT_ONCE)))

    with lasting.as_tine():
        places = places_of([each.pk for each in made])
        seated = [each.citizen_id for each in made if places[each.pk] == 0]
        assert sorted(places.values()) == [*range(AT_ONCE)]
        assert [hold.resource for hold in Hold.objects.filter(kind="citizen")] == seated
