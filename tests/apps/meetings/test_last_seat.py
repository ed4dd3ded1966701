"""Citizens take the last seat in the same second, each on a connection: one has it, in turn."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.world.groups import a_group, enrolled, some_citizens
from tests.world.meetings import build_office
from tests.world.municipality import World, build_world
from tests.world.roles import as_role
from velvalgt.apps.meetings.models import Enrolment, Hold
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
