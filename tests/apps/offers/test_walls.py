"""Who sees an application: the citizen and the unit with the case, nobody else."""

import pytest
from django.db import DatabaseError, transaction

from tests.world.municipality import World
from tests.world.offers import NOW, a_start, an_offer, answered, application_of, applied
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.offers import services
from velvalgt.apps.offers.models import Answer, Application, Offer, Start, WishList
from velvalgt.apps.staff.models import Unit


@pytest.fixture
def told(world: World) -> World:
    """Amalie has applied, was answered, and wishes for something."""
    offer = an_offer(world)
    applied(world, world.amalie, offer, a_start(world, offer))
    answered(world, application_of(world, world.amalie))
    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        services.wish(citizen=world.amalie, offer=offer, by=world.amalie.user, at=NOW)
    return world


def seen() -> list[int]:
    return [model.objects.count() for model in (Application, Answer, WishList)]


def test_the_citizen_and_their_caseworker_see_it(told: World) -> None:
    with told.as_tine():
        assert seen() == [1, 1, 1]
    with acting(told.tenant.pk, told.amalie.user_id, Purpose.OWN_CASE):
        assert seen() == [1, 1, 1]


def test_another_citizen_sees_nothing(told: World) -> None:
    with acting(told.tenant.pk, told.joern.user_id, Purpose.OWN_CASE):
        assert seen() == [0, 0, 0]


def test_another_unit_sees_nothing(told: World) -> None:
    with told.building():
        south = Unit.objects.get(code="SYD")
    with acting(told.tenant.pk, told.tine.pk, Purpose.CASE_WORK, unit=south.pk):
        assert seen() == [0, 0, 0]


def test_another_municipality_sees_neither_case_nor_catalogue(told: World) -> None:
    with acting(told.neighbour.pk, told.tine.pk, Purpose.CASE_WORK):
        assert [*seen(), Offer.objects.count(), Start.objects.count()] == [0] * 5


def test_an_application_names_a_start_of_its_own_offer(told: World) -> None:
    other = an_offer(told, key="other")
    start = a_start(told, an_offer(told, key="third"))

    with pytest.raises(DatabaseError, match="start_of_offer"), transaction.atomic():
        applied(told, told.joern, other, start)


def test_the_web_publishes_nothing(told: World) -> None:
    with (
        told.as_tine(),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        Offer.objects.update(title_da="Noget andet")
