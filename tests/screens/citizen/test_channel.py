"""How I am told: the citizen's own choice of channel and quiet hours."""

from datetime import time

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.world.municipality import World
from velvalgt.apps.messages.models import ChannelChoice
from velvalgt.apps.people.models import Citizen

PAGE = "/citizen/messages/channel/"
NIGHT = {"channel": "email", "quiet_from": "21:00", "quiet_until": "08:00"}


@pytest.fixture
def known(monday: World) -> World:
    """We know Jørn's e-mail, and no phone of his."""
    with monday.building():
        Citizen.objects.filter(pk=monday.joern.pk).update(email="joern@example.dk")
    return monday


def choices(world: World) -> list[ChannelChoice]:
    with world.as_tine():
        return list(ChannelChoice.objects.filter(citizen=world.joern))


def test_the_page_shows_ones_own_address_and_what_holds_now(known: World, joern: Client) -> None:
    page = joern.get(PAGE).content.decode()

    assert "E-mail to joern@example.dk" in page
    assert "checked" in page.split('value="email"')[1].split(">")[0]


def test_a_choice_is_kept_with_its_quiet_hours(known: World, joern: Client) -> None:
    response = joern.post(PAGE, NIGHT, follow=True)

    (choice,) = choices(known)
    assert (choice.channel, choice.quiet_from, choice.quiet_until) == ("email", time(21), time(8))
    assert "We have written down what you chose." in response.content.decode()
    assert 'value="21:00"' in response.content.decode()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"channel": "pigeon"}, "not one of the available choices"),
        ({"channel": ""}, "This field is required"),
        ({"channel": "sms"}, "We do not know your phone number."),
        ({"quiet_until": ""}, "When may we tell you again?"),
        ({"quiet_from": ""}, "From when may we not tell you?"),
        ({"quiet_until": "21:00"}, "Choose another time than the first."),
        ({"quiet_from": "kl. ni"}, "Enter a valid time."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept(
    known: World, joern: Client, changes: dict[str, str], told: str
) -> None:
    response = joern.post(PAGE, NIGHT | changes)

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(told) == 2, "beside the field and in the summary"
    assert choices(known) == []


def test_whoever_looks_themselves_needs_no_address(monday: World, joern: Client) -> None:
    joern.post(PAGE, {"channel": "page"})

    assert [each.channel for each in choices(monday)] == ["page"]


def test_the_page_asks_the_database_few_questions(
    known: World, joern: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):
        joern.get(PAGE)
