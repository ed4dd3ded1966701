"""The list for an earlier time in the citizen's browser: on it, off it, yes and no."""

import pytest
from django.test import Client

from tests.screens.citizen.conftest import signed_in
from tests.screens.citizen.test_powers import given, grethe  # noqa: F401 - a fixture
from tests.world.meetings import NOW, build_office
from tests.world.municipality import World
from tests.world.waiting import GAP, an_hour_is_free, as_citizen, december, waits
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.models import EarlierOffer, EarlierWish, Meeting
from velvalgt.apps.people.choices import PowerKind
from velvalgt.apps.staff.models import User


@pytest.fixture
def waiting(monday: World) -> World:
    """Jørn and Amalie wait, and one hour is free."""
    with monday.building():
        office = build_office(monday.tenant, monday.team, monday.tine)
    an_hour_is_free(monday, office)
    waits(monday, monday.joern, december(14), NOW)
    waits(monday, monday.amalie, december(15), NOW)
    return monday


def offers(world: World) -> dict[object, str]:
    """Offer the hour; where each of the two answers."""
    with world.building():
        services.offer_earlier(at=world.tenant.working_moment(NOW))
        found = EarlierOffer.objects.all()
        return {each.citizen_id: f"/citizen/meetings/earlier/{each.pk}/" for each in found}


def address(world: World) -> str:
    with world.as_tine():
        return f"/citizen/meetings/{Meeting.objects.get(citizen=world.joern).uid}/earlier/"


def test_off_the_list_and_on_it_again(waiting: World, joern: Client) -> None:
    page = joern.get(address(waiting)).content.decode()
    assert "You are on the list" in page

    page = joern.post(address(waiting), {"how": "stop"}, follow=True).content.decode()
    assert "I would like an earlier time" in page
    page = joern.post(address(waiting), {"how": "wish"}, follow=True).content.decode()
    assert "You are on the list" in page


def test_a_yes_moves_the_meeting(waiting: World, joern: Client) -> None:
    there = offers(waiting)[waiting.joern.pk]
    page = joern.get(there).content.decode()
    assert "Wednesday 2 December 2026" in page
    assert "Then you do not come on Monday 14 December 2026" in page

    page = joern.post(there, {"how": "yes"}, follow=True).content.decode()

    assert "The meeting is moved." in page
    assert "Wednesday 2 December at" in page
    with as_citizen(waiting, waiting.joern):
        assert Meeting.objects.standing().get().starts_at == GAP


def test_who_comes_second_reads_that_it_was_just_taken(waiting: World, joern: Client) -> None:
    there = offers(waiting)
    joern.post(there[waiting.joern.pk], {"how": "yes"})
    amalie = signed_in("amalie")

    answer = amalie.post(there[waiting.amalie.pk], {"how": "yes"})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "That time was just taken" in page
    assert "You are still on the list." in page
    assert "just taken" in amalie.get(there[waiting.amalie.pk]).content.decode()


def test_a_no_keeps_the_time_and_the_place_on_the_list(waiting: World, joern: Client) -> None:
    there = offers(waiting)[waiting.joern.pk]
    joern.post(there, {"how": "no"})

    page = joern.get(there).content.decode()
    assert "The offer is over" in page
    assert "Your meeting is on Monday 14 December 2026" in page
    with as_citizen(waiting, waiting.joern):
        assert EarlierWish.objects.get().ended_at is None


def test_an_offered_time_stands_where_the_citizen_is_asked_for_answers(
    waiting: World, joern: Client
) -> None:
    there = offers(waiting)[waiting.joern.pk]
    assert there in joern.get("/citizen/meetings/answers/").content.decode()

    joern.post(there, {"how": "yes"})
    assert there not in joern.get("/citizen/meetings/answers/").content.decode()


def test_nobody_finds_what_is_anothers(waiting: World, joern: Client) -> None:
    there = offers(waiting)[waiting.amalie.pk]

    assert joern.get(there).status_code == 404
    assert joern.post(there, {"how": "yes"}).status_code == 404
    assert signed_in("amalie").get(address(waiting)).status_code == 404


def test_the_offer_asks_the_database_a_fixed_number_of_questions(
    waiting: World, joern: Client, django_assert_max_num_queries: object
) -> None:
    there = offers(waiting)[waiting.joern.pk]

    with django_assert_max_num_queries(36):  # type: ignore[operator]
        joern.get(there)


def test_an_offered_time_is_the_first_thing_and_the_meeting_a_line_below(
    waiting: World, joern: Client
) -> None:
    there = offers(waiting)[waiting.joern.pk]

    card = joern.get("/citizen/").content.decode().split('id="next"')[1].split("</section>")[0]

    assert card.index(there) < card.index("You talk with")
    assert card.count("button-primary") == 1
    assert there in joern.get("/citizen/meetings/").content.decode()


def test_a_party_representative_answers_for_the_citizen_on_the_same_pages(
    waiting: World,
    grethe: User,  # noqa: F811 - the fixture
) -> None:
    there = offers(waiting)[waiting.joern.pk]
    given(waiting, grethe, PowerKind.PARTY_REPRESENTATIVE)
    hers = signed_in("grethe")
    assert there in hers.get("/citizen/meetings/").content.decode()
    for page in ("/citizen/groups/", "/citizen/calendar/", "/citizen/meetings/answers/"):
        assert hers.get(page).status_code == 200

    hers.post(there, {"how": "yes"})

    with as_citizen(waiting, waiting.joern):
        assert Meeting.objects.standing().get().starts_at == GAP


def test_staff_on_a_citizens_behalf_answer_an_offer_but_not_what_one_thinks_of_staff(
    waiting: World,
) -> None:
    there = offers(waiting)[waiting.joern.pk]
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{waiting.joern.pk}/on-behalf/")
    assert there in tine.get("/citizen/meetings/").content.decode()
    assert tine.get("/citizen/groups/").status_code == 200
    assert tine.get("/citizen/meetings/answers/").status_code == 404

    page = tine.post(there, {"how": "yes"}, follow=True).content.decode()

    assert "The meeting is moved." in page
