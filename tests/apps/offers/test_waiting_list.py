"""The waiting list: places 1 to n without a gap, in the order of application, no seat too many."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world.municipality import World
from tests.world.offers import (
    NOW,
    a_start,
    an_offer,
    answered,
    application_of,
    applied,
    some_citizens,
    withdrawn,
)
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.offers import services
from velvalgt.apps.offers.choices import Outcome
from velvalgt.apps.offers.models import Application, Start
from velvalgt.apps.offers.queries import places_of, seats_of
from velvalgt.apps.people.models import Citizen

MOST = 6


@dataclass
class Line:
    """A course in the test's own reckoning: who has a seat, who waits, in which order."""

    world: World
    start: Start
    citizens: Sequence[Citizen]
    applications: dict[int, Application] = field(default_factory=dict)
    seated: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    clock: int = 0

    def apply(self, number: int) -> None:
        if number not in self.waiting + self.seated:
            self.clock += 1
            at = NOW + timedelta(minutes=self.clock)
            offer = self.start.offer
            applied(self.world, self.citizens[number], offer, self.start, at=at)
            self.applications[number] = application_of(self.world, self.citizens[number])
            self.waiting.append(number)

    def withdraw(self, number: int) -> None:
        if number in self.waiting + self.seated:
            withdrawn(self.world, self.applications[number])
            self._gone(number)

    def grant(self, number: int) -> None:
        if number in self.waiting:
            if len(self.seated) < self.start.seats:
                answered(self.world, self.applications[number])
                self.waiting.remove(number)
                self.seated.append(number)
            else:
                with pytest.raises(services.NoSeatLeft):
                    answered(self.world, self.applications[number])

    def refuse(self, number: int) -> None:
        if number in self.waiting:
            answered(self.world, self.applications[number], Outcome.REFUSED)
            self._gone(number)

    def _gone(self, number: int) -> None:
        (self.waiting if number in self.waiting else self.seated).remove(number)

    def check(self) -> None:
        left = self.start.seats - len(self.seated)
        expected = [max(place - left, 0) for place in range(1, len(self.waiting) + 1)]
        with self.world.building():
            seats = seats_of([self.start.pk])[self.start.pk]
            keys = [self.applications[number].pk for number in self.waiting]
            places = places_of(keys)
            assert places_of(keys[::-1]) == places, "the order of asking does not matter"
        assert (seats.left, seats.in_line) == (left, len(self.waiting))
        assert [places[key] for key in keys] == expected


steps = st.lists(
    st.tuples(st.sampled_from(["apply", "withdraw", "grant", "refuse"]), st.integers(0, MOST - 1)),
    max_size=20,
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seats=st.integers(1, 3), steps=steps)
def test_whatever_happens_the_line_is_whole_and_no_seat_is_given_twice(
    world: World, seats: int, steps: list[tuple[str, int]]
) -> None:
    with transaction.atomic():
        offer = an_offer(world)
        line = Line(world, a_start(world, offer, seats=seats), some_citizens(world, MOST))
        for deed, number in steps:
            getattr(line, deed)(number)
            line.check()
        transaction.set_rollback(True)


def test_a_citizen_learns_their_place_and_nothing_of_the_others(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer, seats=1)
    for citizen in some_citizens(world, 3):
        applied(world, citizen, offer, start)
    applied(world, world.amalie, offer, start, at=NOW + timedelta(minutes=1))
    mine = application_of(world, world.amalie)

    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        assert places_of([mine.pk]) == {mine.pk: 3}
        assert [each.pk for each in Application.objects.all()] == [mine.pk]


def test_the_neighbour_sees_neither_seats_nor_line(world: World) -> None:
    offer = an_offer(world)
    start = a_start(world, offer)
    applied(world, world.amalie, offer, start)
    mine = application_of(world, world.amalie)

    with acting(world.neighbour.pk, world.tine.pk, Purpose.CASE_WORK):
        assert (seats_of([start.pk]), places_of([mine.pk])) == ({}, {})
