"""Many want the same times in the same second: each time is given once, and nobody is stuck."""

from datetime import timedelta
from functools import partial
from threading import Barrier
from uuid import UUID

import pytest
from django.db import connection

from tests.world.factories import CaseFactory, CitizenFactory
from tests.world.meetings import NOW, at, build_office, wanted
from tests.world.municipality import World
from tests.world.together import at_once
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Holding, Way, WhyCancelled
from velvalgt.apps.meetings.holding import Stretch, Taken, in_turn, take
from velvalgt.apps.meetings.models import Hold, Meeting
from velvalgt.apps.people.models import Citizen

TIMES = [at(25, 9), at(25, 10), at(25, 11), at(25, 13)]
RIVALS = 4
"""How many want each time."""

NO_OVERLAP = """
select count(*) from meetings_hold a join meetings_hold b
on a.resource = b.resource and a.id < b.id
where a.released_at is null and b.released_at is null
  and a.starts_at < b.ends_at and b.starts_at < a.ends_at
"""


def rivals(world: World) -> list[Citizen]:
    with world.building():
        build_office(world.tenant, world.team, world.tine)
        citizens = [CitizenFactory(tenant=world.tenant) for _ in range(len(TIMES) * RIVALS)]
        for citizen in citizens:
            CaseFactory(citizen=citizen, unit=world.team)
    return citizens


def book(world: World, citizen: Citizen, starts_at: object) -> Meeting:
    with world.as_tine():
        return services.book(
            citizen=citizen,
            wanted=wanted(world, Way.PHONE, caseworker_id=world.tine.pk),
            starts_at=starts_at,  # type: ignore[arg-type]
            permitted=frozenset(Way),
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )


def overlaps(world: World) -> int:
    with world.building(), connection.cursor() as cursor:
        cursor.execute(NO_OVERLAP)
        return int(cursor.fetchone()[0])


def test_a_race_ends_with_one_winner_for_each_time_and_the_nearest_for_the_rest(
    lasting: World,
) -> None:
    citizens = rivals(lasting)
    work = [
        partial(book, lasting, citizen, TIMES[number % len(TIMES)])
        for number, citizen in enumerate(citizens)
    ]

    ended = at_once(work, services.TimeTaken)

    refused = [each for each in ended if isinstance(each, services.TimeTaken)]
    assert len(ended) - len(refused) == len(TIMES)
    assert all(each.nearest for each in refused)
    assert overlaps(lasting) == 0
    with lasting.building():
        assert Meeting.objects.count() == len(TIMES)


def test_a_move_and_a_booking_for_the_same_time_end_with_one_of_them(lasting: World) -> None:
    first, second = rivals(lasting)[:2]
    meeting = book(lasting, first, TIMES[0])

    def move() -> Meeting:
        with lasting.as_tine():
            return services.move(
                meeting=meeting,
                wanted=wanted(lasting, Way.PHONE, caseworker_id=lasting.tine.pk),
                starts_at=TIMES[1],
                permitted=frozenset(Way),
                hand=services.Hand(lasting.tine, NOW, is_staff=True),
            )

    ended = at_once([move, lambda: book(lasting, second, TIMES[1])], services.TimeTaken)

    assert sum(isinstance(each, services.TimeTaken) for each in ended) == 1
    assert overlaps(lasting) == 0
    with lasting.building():
        held = Hold.objects.in_force().filter(kind=Holding.STAFF)
        assert held.count() == Meeting.objects.standing().count()


def test_the_constraint_is_the_guard_where_nobody_waits_in_line(lasting: World) -> None:
    """Two that hold the same two people in opposite order block each other; one tries again."""
    first, second = rivals(lasting)[:2]
    meetings = [book(lasting, first, TIMES[0]), book(lasting, second, TIMES[1])]
    with lasting.as_tine():
        for meeting in meetings:
            services.cancel(
                meeting=meeting,
                why=WhyCancelled.US,
                hand=services.Hand(lasting.tine, NOW, is_staff=True),
            )
    both = Barrier(2)

    def hold(meeting: Meeting, keys: list[UUID]) -> None:
        tries: list[int] = []

        def write() -> None:
            tries.append(1)
            for key in keys:
                _hold_unlocked(meeting, key)
                if len(tries) == 1 and key == keys[0]:
                    both.wait(timeout=30)

        with lasting.as_tine():
            in_turn(write)

    keys = [lasting.tine.pk, lasting.mette.pk]
    ended = at_once([lambda: hold(meetings[0], keys), lambda: hold(meetings[1], keys[::-1])], Taken)

    assert [type(each) for each in ended].count(Taken) == 1
    assert overlaps(lasting) == 0


def _hold_unlocked(meeting: Meeting, key: UUID) -> None:
    Hold.objects.create(
        tenant_id=meeting.tenant_id,
        resource=key,
        kind=Holding.STAFF,
        starts_at=TIMES[2],
        ends_at=TIMES[2] + timedelta(hours=1),
        meeting=meeting,
    )


def test_holds_that_would_overlap_are_refused_by_the_database_itself(lasting: World) -> None:
    citizen = rivals(lasting)[0]
    meeting = book(lasting, citizen, TIMES[0])
    stretch = Stretch(Holding.STAFF, lasting.tine.pk, TIMES[0], TIMES[0] + timedelta(minutes=1))

    with lasting.as_tine(), pytest.raises(Taken):
        in_turn(lambda: take([stretch], tenant_id=lasting.tenant.pk, meeting=meeting))
