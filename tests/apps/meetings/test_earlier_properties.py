"""Whatever those who wait answer, and when, no time is offered to more than three at once."""

from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.world.meetings import NOW, Office
from tests.world.municipality import World
from tests.world.waiting import ALL, an_hour_is_free, december, more_citizens, waits
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.models import EarlierOffer, Meeting
from velvalgt.apps.meetings.offering import AHEAD, AT_ONCE

MOVES = st.lists(
    st.tuples(st.sampled_from(("yes", "no", "wait", "off", "offer")), st.integers(0, 4)),
    min_size=2,
    max_size=10,
)
HOURS = timedelta(hours=9)


class Rollback(Exception):
    """Leave the world as it was for the next example."""


def answer(world: World, verb: str, pick: int, at: datetime) -> None:
    """Somebody who was offered a time says yes, no, or gets off the list."""
    offers = list(EarlierOffer.objects.select_related("citizen", "wish").order_by("pk"))
    if not offers:
        return
    offer = offers[pick % len(offers)]
    hand = services.Hand(world.tine, at, is_staff=False)
    with suppress(services.CannotBook):
        if verb == "yes":
            services.accept_earlier(offer=offer, permitted=ALL, hand=hand)
        elif verb == "no":
            services.decline_earlier(offer=offer, by=world.tine, at=at)
        else:
            services.stop_waiting(wish=offer.wish, by=world.tine, at=at)


def check(at: datetime) -> None:
    """What always holds."""
    open_now = EarlierOffer.objects.filter(
        answer__isnull=True, expires_at__gt=at, wish__ended_at__isnull=True
    )
    times = [(each.starts_at, each.caseworker_id) for each in open_now]
    assert all(times.count(each) <= AT_ONCE for each in times)
    assert len({each.wish_id for each in open_now}) == len(open_now)
    for each in EarlierOffer.objects.all():
        assert each.offered_at + AHEAD <= each.starts_at
        assert each.expires_at <= each.starts_at - timedelta(hours=24)
    taken = EarlierOffer.objects.filter(answer=True).values_list("starts_at", flat=True)
    moved = Meeting.objects.standing().filter(change="earlier")
    assert sorted(taken) == sorted(moved.values_list("starts_at", flat=True))
    assert len(set(taken)) == len(taken)


def test_no_time_is_offered_to_more_than_three_and_none_is_given_twice(
    world: World, office: Office
) -> None:
    an_hour_is_free(world, office)
    for number, citizen in enumerate([world.joern, world.amalie, *more_citizens(world, 3)]):
        waits(world, citizen, december(14, 9 + number), NOW + timedelta(minutes=number))

    @settings(
        max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
    )
    @given(MOVES)
    def holds(moves: list[tuple[str, int]]) -> None:
        at = NOW
        with suppress(Rollback), transaction.atomic(), world.as_tine():
            services.offer_earlier(at=at)
            for verb, pick in moves:
                if verb == "wait":
                    at += HOURS
                elif verb == "offer":
                    services.offer_earlier(at=at)
                else:
                    answer(world, verb, pick, at)
                check(at)
            raise Rollback

    holds()
