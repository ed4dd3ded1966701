"""Three say yes in the same second, each on a connection: one of them gets the time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.world.meetings import NOW, build_office
from tests.world.municipality import World, build_world
from tests.world.roles import as_role
from tests.world.waiting import ALL, GAP, an_hour_is_free, december, more_citizens, waits
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.models import EarlierOffer, EarlierWish, Hold, Meeting
from velvalgt.apps.meetings.offering import AT_ONCE


@pytest.fixture
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world that other connections see, too, where five wait; emptied by the tables' owner."""
    with django_db_blocker.unblock():
        try:
            world = build_world()
            with world.building():
                office = build_office(world.tenant, world.team, world.tine)
            an_hour_is_free(world, office)
            for number, citizen in enumerate([world.joern, world.amalie, *more_citizens(world, 3)]):
                waits(world, citizen, december(14, 9 + number), NOW + timedelta(minutes=number))
            yield world
        finally:
            with as_role("owner"), connection.cursor() as cursor:
                cursor.execute("truncate staff_tenant, audit_trace, audit_seal cascade")
            connection.close()


def at_once(work: list[Callable[[], Any]]) -> list[Any]:
    """Do all of it at the same moment, each on a thread with a connection of its own."""
    together = Barrier(len(work))

    def alone(each: Callable[[], Any]) -> Any:
        together.wait(timeout=30)
        try:
            return each()
        except services.TimeTaken:
            return services.TimeTaken
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(alone, work))


def offered(world: World) -> list[EarlierOffer]:
    with world.building():
        return services.offer_earlier(at=NOW)


def accepted(world: World, offer: EarlierOffer) -> Meeting:
    with world.as_tine():
        hand = services.Hand(world.tine, NOW, is_staff=False)
        return services.accept_earlier(offer=offer, permitted=ALL, hand=hand)


def test_three_yes_at_once_end_with_one_winner(lasting: World) -> None:
    offers = offered(lasting)

    ended = at_once([lambda o=each: accepted(lasting, o) for each in offers])

    assert ended.count(services.TimeTaken) == AT_ONCE - 1
    with lasting.building():
        assert Meeting.objects.standing().filter(starts_at=GAP).count() == 1
        assert EarlierWish.objects.filter(ended_at__isnull=True).count() == 4
        assert Hold.objects.in_force().filter(starts_at=GAP, kind="staff").count() == 1


def test_jobs_that_run_at_once_offer_a_time_to_three_at_most(lasting: World) -> None:
    at_once([lambda: offered(lasting)] * 4)

    with lasting.building():
        assert EarlierOffer.objects.filter(starts_at=GAP).count() == AT_ONCE
        assert EarlierOffer.objects.values("wish").distinct().count() == AT_ONCE
