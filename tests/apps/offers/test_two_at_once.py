"""Caseworkers give the last seat in the same second, each on a connection: one of them does."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tests.world.municipality import World, build_world
from tests.world.offers import a_start, an_offer, answered, application_of, applied, some_citizens
from tests.world.roles import as_role
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.offers.models import Application
from velvalgt.apps.offers.queries import seats_of
from velvalgt.apps.offers.services import NoSeatLeft

AT_ONCE = 4


@pytest.fixture
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """A world that other connections see, too; emptied again by the owner of the tables."""
    with django_db_blocker.unblock():
        try:
            yield build_world()
        finally:
            with as_role("owner"), connection.cursor() as cursor:
                cursor.execute("truncate staff_tenant, audit_trace, audit_seal cascade")
            connection.close()


def at_once(work: list[Any]) -> list[Any]:
    """Do all of it at the same moment, each on a thread with a connection of its own."""
    together = Barrier(len(work))

    def alone(each: Any) -> Any:
        together.wait(timeout=30)
        try:
            return each()
        except NoSeatLeft:
            return NoSeatLeft
        finally:
            connection.close()

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(alone, work))


def test_the_last_seat_is_given_once(lasting: World) -> None:
    offer = an_offer(lasting)
    start = a_start(lasting, offer, seats=1)
    citizens = some_citizens(lasting, AT_ONCE)
    for citizen in citizens:
        applied(lasting, citizen, offer, start)
    waiting = [application_of(lasting, citizen) for citizen in citizens]

    ended = at_once([lambda a=each: answered(lasting, a) for each in waiting])

    assert ended.count(NoSeatLeft) == AT_ONCE - 1
    with lasting.building():
        assert seats_of([start.pk])[start.pk].left == 0


def test_the_same_form_sent_many_times_at_once_is_one_application(lasting: World) -> None:
    offer = an_offer(lasting)

    receipts = at_once([lambda: applied(lasting, lasting.amalie, offer)] * AT_ONCE)

    assert len(set(receipts)) == 1
    with lasting.building():
        assert (Application.objects.count(), Receipt.objects.count()) == (1, 1)
