"""Caseworkers give the last seat in the same second, each on a connection: one of them does."""

from tests.world.municipality import World
from tests.world.offers import a_start, an_offer, answered, application_of, applied, some_citizens
from tests.world.together import at_once
from velvalgt.apps.cases.models import Receipt
from velvalgt.apps.offers.models import Application
from velvalgt.apps.offers.queries import seats_of
from velvalgt.apps.offers.services import NoSeatLeft

AT_ONCE = 4


def test_the_last_seat_is_given_once(lasting: World) -> None:
    offer = an_offer(lasting)
    start = a_start(lasting, offer, seats=1)
    citizens = some_citizens(lasting, AT_ONCE)
    for citizen in citizens:
        applied(lasting, citizen, offer, start)
    waiting = [application_of(lasting, citizen) for citizen in citizens]

    ended = at_once([lambda a=each: answered(lasting, a) for each in waiting], NoSeatLeft)

    assert sum(isinstance(each, NoSeatLeft) for each in ended) == AT_ONCE - 1
    with lasting.building():
        assert seats_of([start.pk])[start.pk].left == 0


def test_the_same_form_sent_many_times_at_once_is_one_application(lasting: World) -> None:
    offer = an_offer(lasting)

    receipts = at_once([lambda: applied(lasting, lasting.amalie, offer)] * AT_ONCE, NoSeatLeft)

    assert len(set(receipts)) == 1
    with lasting.building():
        assert (Application.objects.count(), Receipt.objects.count()) == (1, 1)
