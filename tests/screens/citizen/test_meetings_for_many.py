"""Meetings for many and of several on the citizen's pages."""

import pytest
from django.test import Client

from tests.screens.citizen.conftest import signed_in
from tests.world.groups import a_group, enrolled, staff
from tests.world.meetings import Office, at, build_office, wanted
from tests.world.municipality import World
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models import Enrolment, GroupMeeting, Meeting

pytestmark = pytest.mark.usefixtures("monday")
HERE = "/citizen/groups/"


@pytest.fixture
def office(world: World) -> Office:
    with world.building():
        return build_office(world.tenant, world.team, world.tine)


@pytest.fixture
def group(world: World, office: Office) -> GroupMeeting:
    return a_group(world, office)


@pytest.fixture
def conference(world: World, office: Office) -> Meeting:
    with world.as_tine():
        return services.convene(
            citizen=world.joern,
            wanted=wanted(world, key="team_conference", caseworker_id=world.tine.pk),
            starts_at=at(30, 10),
            hand=staff(world),
        )


def test_one_button_joins_and_one_leaves(joern: Client, group: GroupMeeting, world: World) -> None:
    assert "There is one seat left" in joern.get(HERE).text

    for _twice in range(2):
        answer = joern.post(f"{HERE}{group.pk}/enrolment/", follow=True)
    assert "You take part: Network." in answer.text
    with world.building():
        assert Enrolment.objects.count() == 1
    joern.post(f"{HERE}{group.pk}/enrolment/end/")
    with world.building():
        assert Enrolment.objects.filter(ended_at=None).count() == 0


def test_what_one_joined_stands_among_the_meetings_to_come_in_order_of_time(
    joern: Client, group: GroupMeeting, world: World
) -> None:
    for starts_at in (at(24, 11), at(30, 11)):
        with world.as_tine():
            services.book(
                citizen=world.joern,
                wanted=wanted(world, Way.PHONE),
                starts_at=starts_at,
                permitted=frozenset(Way),
                hand=staff(world),
            )
    assert "Network" not in joern.get("/citizen/meetings/").text
    joern.post(f"{HERE}{group.pk}/enrolment/")

    _, before, joined, after = joern.get("/citizen/meetings/").text.split("v-card-heading")

    assert "Network" in joined
    assert "Network" not in before + after


def test_who_is_busy_reads_what_to_do(joern: Client, group: GroupMeeting, world: World) -> None:
    with world.as_tine():
        services.book(
            citizen=world.joern,
            wanted=wanted(world, Way.PHONE),
            starts_at=group.starts_at,
            permitted=frozenset(Way),
            hand=staff(world),
        )

    answer = joern.post(f"{HERE}{group.pk}/enrolment/")

    assert (answer.status_code, "Move that one first" in answer.text) == (409, True)


def test_the_page_asks_as_much_for_ten_as_for_one(
    joern: Client, world: World, office: Office, django_assert_max_num_queries: object
) -> None:
    for day in range(24, 28):
        group = a_group(world, office, starts_at=at(day, 10), enrol_until=at(day, 10))
        enrolled(world, world.amalie, group)
    joern.get(HERE)

    with django_assert_max_num_queries(29):  # type: ignore[operator]
        answer = joern.get(HERE)

    assert answer.text.count("All seats are taken, and") == 0
    assert answer.text.count("Wait in line") == 4


def test_jørn_reads_of_his_conference_and_nobody_else_does(
    joern: Client, conference: Meeting
) -> None:
    here = f"/citizen/conferences/{conference.uid}/"
    assert here in joern.get("/citizen/meetings/").text
    assert here in joern.get(f"/citizen/meetings/{conference.uid}/").text
    assert "You may bring somebody" in joern.get(here).text

    answer = joern.post(here, {"words": "010203-1234"})
    assert (answer.status_code, "010203-1234" in answer.text) == (422, True)
    assert "Mit kursus" in joern.post(here, {"words": "Mit kursus"}, follow=True).text

    assert signed_in("amalie").get(here).status_code == 404


def test_who_came_reads_of_it_on_the_first_page(
    joern: Client, world: World, group: GroupMeeting
) -> None:
    came = enrolled(world, world.joern, group)
    with world.as_tine():
        services.note_attendance(group=group, came=[came.pk], by=world.tine, at=group.ends_at)

    for page in ("/citizen/", "/citizen/case/"):
        assert joern.get(page).status_code == 200
    assert signed_in("tine").get("/caseworker/").status_code == 200
