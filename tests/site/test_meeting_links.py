"""What whoever has a link to a meeting sees and does; it never says whose meeting it is."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.world.meetings import NOW, at, build_office, wanted
from tests.world.municipality import World
from tests.world.waiting import ALL
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import WhyCancelled
from velvalgt.apps.meetings.models import Cancellation, Meeting
from velvalgt.apps.people.models import Citizen


def booked(world: World, citizen: Citizen, hour: int = 10) -> Meeting:
    with world.as_tine():
        return services.book(
            citizen=citizen,
            wanted=wanted(world, caseworker_id=world.tine.pk),
            starts_at=at(30, hour),
            permitted=ALL,
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )


@pytest.fixture
def joerns(world: World) -> Meeting:
    with world.building():
        build_office(world.tenant, world.team, world.tine)
    return booked(world, world.joern)


@pytest.fixture
def path(joerns: Meeting) -> str:
    return urlsplit(queries.link_to(joerns)).path


@pytest.fixture
def stranger() -> Client:
    return Client(headers={"accept-language": "en"})


def standing(world: World) -> Meeting:
    with world.as_tine():
        return Meeting.objects.standing().get(citizen=world.joern)


def test_the_page_tells_when_how_and_whom_to_call_and_nothing_of_whom(
    world: World, stranger: Client, path: str
) -> None:
    response = stranger.get(path)
    page = response.content.decode()

    assert "Monday 30 November 2026" in page
    assert "10:00" in page
    assert "At our office" in page
    assert world.team.phone in page
    for hidden in (world.joern.name, world.tine.name, "Talk", "interview", "Torvet"):
        assert hidden not in page.partition("<main")[2]


@pytest.mark.parametrize("below", ["", "time/", "cancellation/"])
def test_no_browser_keeps_it_and_no_search_finds_it(
    stranger: Client, path: str, below: str
) -> None:
    headers = stranger.get(path + below).headers

    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_meeting_is_moved_and_its_page_says_so(
    world: World, stranger: Client, path: str
) -> None:
    chosen = at(30, 14, month=11)
    answer = stranger.post(f"{path}time/", {"starts_at": chosen.isoformat()}, follow=True)

    assert "The meeting is moved." in answer.content.decode()
    moved = standing(world)
    assert (moved.starts_at, moved.booked_by, moved.sequence) == (chosen, None, 1)


def test_a_time_that_was_just_taken_gives_the_nearest(
    world: World, stranger: Client, path: str
) -> None:
    booked(world, world.amalie, 13)
    answer = stranger.post(f"{path}time/", {"starts_at": at(30, 13).isoformat()})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "just taken" in page
    assert page.count('type="radio"') == 3
    assert standing(world).starts_at == at(30, 10)


@pytest.mark.parametrize("given", ["", "x", "2026-13-40"])
def test_a_time_must_be_chosen(stranger: Client, path: str, given: str) -> None:
    answer = stranger.post(f"{path}time/", {"starts_at": given})

    assert answer.status_code == 422
    assert "Choose one of the times." in answer.content.decode()


def test_later_times_are_a_click_away(stranger: Client, path: str) -> None:
    first = stranger.get(f"{path}time/").content.decode()
    later = stranger.get(f"{path}time/?since=2026-11-30").content.decode()

    assert "Later times" in first
    assert "1 December at" in later
    assert stranger.get(f"{path}time/?since=2026-99-99").status_code == 200


def test_the_meeting_is_called_off_and_a_second_click_says_the_same(
    world: World, stranger: Client, path: str
) -> None:
    for _ in range(2):
        answer = stranger.post(f"{path}cancellation/", {"why": "ill"}, follow=True)
        assert "You do not have to come." in answer.content.decode()

    with world.as_tine():
        assert Cancellation.objects.get().why == WhyCancelled.ILL
    assert stranger.get(path).status_code == 404


def test_why_is_one_of_two(stranger: Client, path: str) -> None:
    assert stranger.post(f"{path}cancellation/", {"why": "exempt"}).status_code == 422
    assert stranger.post(f"{path}cancellation/", {}).status_code == 422


def test_looking_calls_nothing_off(world: World, stranger: Client, path: str) -> None:
    stranger.get(f"{path}cancellation/?why=ill")

    assert standing(world).sequence == 0


def test_links_that_fail_are_all_answered_alike(
    world: World, stranger: Client, path: str, joerns: Meeting
) -> None:
    with world.as_tine():
        hand = services.Hand(world.tine, NOW, is_staff=True)
        services.cancel(meeting=joerns, why=WhyCancelled.US, hand=hand)

    answers = [stranger.get(each) for each in ("/m/x/", path, path.replace("/m/", "/m/x"))]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content.partition(b"<main")[2] for answer in answers}) == 1


def test_a_form_without_its_token_is_refused(path: str, world: World) -> None:
    careful = Client(enforce_csrf_checks=True)

    assert careful.post(f"{path}cancellation/", {"why": "ill"}).status_code == 403
    assert standing(world).sequence == 0


def test_each_look_stands_in_the_log_for_what_it_was(
    world: World, stranger: Client, path: str
) -> None:
    stranger.get(path)

    with world.building():
        (look,) = Trace.objects.filter(action=Action.READ, what="site:meeting_link")
    assert (look.purpose, look.user_id, look.citizen_id) == ("own_meeting", None, world.joern.pk)


def test_somebody_who_is_signed_in_uses_a_link_as_its_owner(
    world: World, path: str, stranger: Client
) -> None:
    stranger.post("/session/", {"persona": "amalie"})

    assert "Monday 30 November 2026" in stranger.get(path).content.decode()
    with world.building():
        looks = Trace.objects.filter(action=Action.READ, what="site:meeting_link")
        assert {look.user_id for look in looks} == {None}
