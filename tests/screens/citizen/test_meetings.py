"""The citizen's meetings: the way first, then the time; moved, by phone instead, called off."""

import re
from collections.abc import Callable
from datetime import datetime
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import signed_in
from tests.screens.citizen.test_powers import given as power_given
from tests.screens.citizen.test_powers import grethe  # noqa: F401 - a fixture
from tests.world.dispensations import given as dispensation_given
from tests.world.factories import EntryFactory
from tests.world.meetings import NOW, Office, at, wanted, weekly
from tests.world.municipality import World
from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Result, Way, WhyCancelled
from velvalgt.apps.meetings.models import Cancellation, Meeting, Outcome, WeeklyHours
from velvalgt.apps.meetings.types import types
from velvalgt.apps.people.choices import PowerKind
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User
from velvalgt.screens.citizen.meeting_times import MOST_A_DAY

MEETINGS, BOOKING = "/citizen/meetings/", "/citizen/meetings/booking/"
FRAME = 4
THURSDAY = "2026-11-26T10:00"
TALK = "?type=first_interview&way=office&whom=own"
CALL = "?type=short_call&way=phone&whom=own"

pytestmark = pytest.mark.usefixtures("office")


def page_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return plain(response.content.decode())


def plain(html: str) -> str:
    main = html.split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def meetings_of(world: World) -> list[Meeting]:
    with world.as_tine():
        return list(Meeting.objects.standing().order_by("starts_at"))


def book(
    world: World,
    citizen: Citizen | None = None,
    starts_at: datetime | None = None,
    way: Way = Way.OFFICE,
    key: str = "first_interview",
) -> Meeting:
    """Tine books a talk with herself."""
    with world.as_tine():
        return services.book(
            citizen=citizen or world.joern,
            wanted=wanted(world, way, key, caseworker_id=world.tine.pk),
            starts_at=starts_at or at(26, 10),
            permitted=frozenset(Way),
            hand=services.Hand(world.tine, NOW, is_staff=True),
        )


@pytest.fixture
def talk(monday: World, office: Office) -> Meeting:
    """Jørn's first talk with Tine, Thursday at ten."""
    return book(monday)


@pytest.fixture
def heard(monday: World) -> World:
    """Jørn has had his first talk, and may choose the way of the next."""
    with monday.building():
        EntryFactory(citizen=monday.joern, kind="interview", on=NOW.date())
    return monday


def test_what_the_talk_is_about_is_asked_first_and_the_first_talk_is_for_the_new(
    joern: Client,
) -> None:
    page = page_of(joern, BOOKING)

    assert "First talk" in page
    assert "Short call" in page
    assert "It takes 60 minutes." in page


def test_only_ways_that_the_law_allows_are_offered_and_it_says_why(joern: Client) -> None:
    page = page_of(joern, f"{BOOKING}?type=first_interview")

    ways = page.split("How do you want to meet?")[1].split("The law says")[0]
    assert "At our office" in ways
    assert "By phone" not in ways
    assert "This time it cannot be by phone or by video." in page


def test_after_the_first_talk_the_citizen_chooses_the_way(heard: World, joern: Client) -> None:
    page = page_of(joern, f"{BOOKING}?type=interview")

    assert "By phone" in page
    assert "This time it cannot be" not in page


def test_what_the_state_has_opened_can_be_booked(monday: World, joern: Client) -> None:
    dispensation_given(
        monday, effect=Effect.FORM_RELAXED, forms=("phone",), words_en="By phone because of snow."
    )

    page = page_of(joern, f"{BOOKING}?type=first_interview")

    assert "By phone" in page.split("How do you want to meet?")[1].split("The law says")[0]


@pytest.mark.parametrize("way", ["phone", "nonsense", ""])
def test_a_way_that_is_not_open_is_refused_beside_the_field(joern: Client, way: str) -> None:
    page = page_of(joern, f"{BOOKING}?type=first_interview&whom=own&way={way}", status=422)

    assert "Something is missing or wrong" in page


def test_times_come_a_week_at_a_time_and_few_a_day(joern: Client) -> None:
    page = page_of(joern, BOOKING + TALK)

    assert len(re.findall(r"\b\d{1,2}:\d\d\b", page)) <= 5 * MOST_A_DAY
    assert "Thursday 26 November" in page
    assert "The week after" in page
    assert "The week before" not in page
    assert "Monday 30 November" in page_of(joern, f"{BOOKING}{TALK}&week=2026-11-30")


def test_all_times_of_a_day_are_a_click_away(joern: Client) -> None:
    page = page_of(joern, f"{BOOKING}{TALK}&day=2026-11-26")

    assert len(re.findall(r"\b\d{1,2}:\d\d\b", page)) > MOST_A_DAY
    assert "Friday" not in page
    assert "The whole week" in page


def test_an_interpreter_takes_longer_and_is_said(monday: World, joern: Client) -> None:
    form = page_of(joern, f"{BOOKING}?type=first_interview")
    assert "Then we set aside 30 minutes more." in form

    address = f"{BOOKING}{TALK}&language=ar&companion=on&at={THURSDAY}"
    assert "with an interpreter (Arabic), with somebody along, 90 minutes." in page_of(
        joern, address
    )
    joern.post(address)

    (meeting,) = meetings_of(monday)
    assert (meeting.language, meeting.has_companion) == ("ar", True)
    assert meeting.interpreter_id is not None


def test_a_click_on_a_time_asks_once_more_and_books_nothing(monday: World, joern: Client) -> None:
    page = page_of(joern, f"{BOOKING}{TALK}&at={THURSDAY}")

    assert "Thursday 26 November at 10:00" in page
    assert "with Tine" in page
    assert meetings_of(monday) == []


def test_the_talk_is_booked_with_a_receipt_and_its_page_says_so(
    monday: World, joern: Client
) -> None:
    answer = joern.post(f"{BOOKING}{TALK}&at={THURSDAY}")

    (meeting,) = meetings_of(monday)
    assert answer.headers["Location"] == f"{MEETINGS}{meeting.uid}/?agreed"
    page = page_of(joern, answer.headers["Location"])
    assert "The meeting is booked." in page
    assert "Torvet, Torvet 1" in page
    assert "You have a first interview" in page, "what the law asks stands with it"
    with monday.as_tine():
        assert monday.joern.receipts.get().title == "A meeting is booked: First talk"


def test_a_second_click_makes_no_second_meeting(monday: World, joern: Client) -> None:
    for _click in range(2):
        joern.post(f"{BOOKING}{TALK}&at={THURSDAY}")

    assert len(meetings_of(monday)) == 1


def test_a_time_that_was_just_taken_is_said_with_the_nearest_as_buttons(
    monday: World, joern: Client
) -> None:
    book(monday, monday.amalie)

    answer = joern.post(f"{BOOKING}{TALK}&at={THURSDAY}")

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "That time was just taken" in html
    assert "with Tine" in plain(html)
    actions = [unescape(each) for each in re.findall(r'action="([^"]*at=[^"]*)"', html)]
    assert len(actions) == 3
    assert joern.post(actions[0]).status_code == 302
    assert len(meetings_of(monday)) == 2


@pytest.mark.parametrize("address", [BOOKING, BOOKING + TALK, f"{BOOKING}{TALK}&at=soon"])
def test_a_booking_without_a_time_asks_for_what_is_missing(
    monday: World, joern: Client, address: str
) -> None:
    assert joern.post(address).status_code == 422
    assert meetings_of(monday) == []


def test_a_time_too_soon_is_refused_with_whom_to_call(monday: World, joern: Client) -> None:
    answer = joern.post(f"{BOOKING}{TALK}&at=2026-11-23T00:00")

    assert answer.status_code in {409, 422}
    assert meetings_of(monday) == []


def test_whoever_has_no_open_case_is_told_whom_to_call(monday: World, joern: Client) -> None:
    with monday.building():
        monday.joern.cases.update(closed_on=NOW.date())

    page = page_of(joern, BOOKING)

    assert "You have no open case with us now." in page


def test_with_anybody_in_the_team_there_are_more_times(
    monday: World, office: Office, joern: Client
) -> None:
    book(monday, monday.amalie)

    answer = joern.post(f"{BOOKING}{TALK.replace('own', 'any')}&at={THURSDAY}")

    assert answer.status_code == 302
    assert {meeting.caseworker_id for meeting in meetings_of(monday)} == {
        monday.tine.pk,
        office.hans.pk,
    }


def test_the_meeting_is_moved_and_keeps_its_address(
    monday: World, talk: Meeting, joern: Client
) -> None:
    address = f"{MEETINGS}{talk.uid}/time/"
    assert "10:00" not in page_of(joern, f"{address}?way=office&whom=own&day=2026-11-26")
    assert "Then you do not meet Thursday 26 November at 10:00." in page_of(
        joern, f"{address}?way=office&whom=own&at=2026-11-27T11:00"
    )

    joern.post(f"{address}?way=office&whom=own&at=2026-11-27T11:00")

    (moved,) = meetings_of(monday)
    assert (moved.uid, moved.starts_at, moved.sequence) == (talk.uid, at(27, 11), 1)
    assert "The meeting is moved." in page_of(joern, f"{MEETINGS}{talk.uid}/?agreed")


def test_the_first_talk_is_not_turned_into_a_call(
    monday: World, talk: Meeting, joern: Client
) -> None:
    assert "By phone instead" not in page_of(joern, f"{MEETINGS}{talk.uid}/")

    answer = joern.post(f"{MEETINGS}{talk.uid}/phone/")

    assert answer.status_code == 422
    assert meetings_of(monday) == [talk]


def test_by_phone_instead_is_one_click_and_keeps_the_time(heard: World, joern: Client) -> None:
    talk = book(heard, key="interview")
    assert "By phone instead" in page_of(joern, MEETINGS)

    answer = joern.post(f"{MEETINGS}{talk.uid}/phone/")

    (changed,) = meetings_of(heard)
    assert (changed.way, changed.starts_at) == (Way.PHONE, at(26, 10))
    assert "It is by phone now." in page_of(joern, answer.headers["Location"])


def test_where_that_time_is_not_free_for_phone_the_nearest_are_offered(
    heard: World, office: Office, joern: Client
) -> None:
    talk = book(heard, key="interview")
    with heard.building():
        WeeklyHours.objects.filter(resource=heard.tine.pk).update(ends_on=NOW.date())
        weekly(heard.tenant, heard.tine.pk, unit=heard.team, place=office.place, ways=[Way.OFFICE])

    answer = joern.post(f"{MEETINGS}{talk.uid}/phone/")

    html = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert "with somebody from Jobteam Nord" in plain(answer.content.decode())
    assert f"{MEETINGS}{talk.uid}/time/?way=phone&amp;whom=any" in answer.content.decode()
    assert "just taken" in html


@pytest.mark.parametrize("why", ["ill", "citizen"])
def test_a_meeting_is_called_off_kindly_and_once(
    monday: World, talk: Meeting, joern: Client, why: str
) -> None:
    address = f"{MEETINGS}{talk.uid}/cancellation/"
    assert "Call us, and we tell you where." in page_of(joern, address)

    for _click in range(2):
        answer = joern.post(address, {"why": why})

    assert "The meeting is called off." in page_of(joern, answer.headers["Location"])
    with monday.as_tine():
        assert Cancellation.objects.get().why == WhyCancelled(why)


def test_calling_off_without_a_reason_asks_for_one(talk: Meeting, joern: Client) -> None:
    assert joern.post(f"{MEETINGS}{talk.uid}/cancellation/", {}).status_code == 422


def test_too_late_says_call_us_and_whoever_is_ill_can_still_say_so(
    monday: World, joern: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    soon = types()["short_call"].model_copy(update={"change_until_hours": 14 * 24})
    call = book(monday, way=Way.PHONE, key="short_call")
    monkeypatch.setattr("velvalgt.apps.meetings.booking.type_of", lambda key: soon)
    address = f"{MEETINGS}{call.uid}/"

    assert "It is too late to change it here." in page_of(joern, address)
    assert joern.post(f"{address}time/{CALL}&at=2026-11-27T11:00").status_code == 422
    assert joern.post(f"{address}cancellation/", {"why": "citizen"}).status_code == 422
    assert joern.post(f"{address}cancellation/", {"why": "ill"}).status_code == 302


def test_nothing_can_be_done_with_a_meeting_that_was_called_off(
    talk: Meeting, joern: Client
) -> None:
    address = f"{MEETINGS}{talk.uid}/"
    joern.post(f"{address}cancellation/", {"why": "ill"})

    assert joern.post(f"{address}time/?way=office&whom=own&at=2026-11-27T11:00").status_code == 422
    assert joern.post(f"{address}phone/").status_code == 422
    assert "called off" in page_of(joern, MEETINGS)


def test_the_list_says_what_can_be_booked_where_there_is_nothing(joern: Client) -> None:
    page = page_of(joern, MEETINGS)

    assert "You have no meeting to come." in page
    assert "Book a meeting" in page


@pytest.mark.parametrize("part", ["", "time/", "phone/", "cancellation/"])
def test_anothers_meeting_is_not_found(talk: Meeting, amalie: Client, part: str) -> None:
    ask: Callable[[str], object] = amalie.post if part == "phone/" else amalie.get

    assert ask(f"{MEETINGS}{talk.uid}/{part}").status_code == 404  # type: ignore[attr-defined]
    assert amalie.get(f"{MEETINGS}{uuid4()}/").status_code == 404


def test_a_companion_sees_the_meeting_and_changes_nothing(
    monday: World,
    talk: Meeting,
    grethe: User,  # noqa: F811 - the fixture
) -> None:
    power_given(monday, grethe, PowerKind.COMPANION)
    hers = signed_in("grethe")

    page = page_of(hers, MEETINGS)

    assert "Thursday 26 November at 10:00" in page
    assert "Move it" not in page
    assert "Book a meeting" not in page
    assert hers.post(f"{MEETINGS}{talk.uid}/cancellation/", {"why": "ill"}).status_code == 404


def test_a_party_representative_books_by_the_citizens_own_rules(
    monday: World,
    grethe: User,  # noqa: F811 - the fixture
) -> None:
    power_given(monday, grethe, PowerKind.PARTY_REPRESENTATIVE)
    hers = signed_in("grethe")

    assert hers.post(f"{BOOKING}{TALK.replace('office', 'phone')}&at={THURSDAY}").status_code == 422
    assert hers.post(f"{BOOKING}{TALK}&at={THURSDAY}").status_code == 302
    with monday.as_tine():
        receipt = monday.joern.receipts.select_related("done_by").get()
        assert (receipt.is_on_behalf, receipt.done_by.name) == (True, "Grethe")


def test_a_caseworker_books_for_the_citizen_on_the_same_pages_and_by_the_same_rules(
    monday: World,
) -> None:
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")

    assert tine.post(f"{BOOKING}{TALK.replace('office', 'phone')}&at={THURSDAY}").status_code == 422
    assert tine.post(f"{BOOKING}{TALK}&at={THURSDAY}").status_code == 302
    with monday.as_tine():
        receipt = monday.joern.receipts.select_related("done_by").get()
        assert (receipt.is_on_behalf, receipt.done_by.name) == (True, "Tine")


def test_a_guardian_in_money_matters_finds_no_meetings(
    monday: World,
    talk: Meeting,
    grethe: User,  # noqa: F811 - the fixture
) -> None:
    power_given(monday, grethe, PowerKind.GUARDIAN_ECONOMIC)
    hers = signed_in("grethe")

    assert hers.get(MEETINGS).status_code == 404
    assert "You talk with Tine" not in page_of(hers, "/citizen/")


def test_the_case_tells_of_what_others_booked_and_once_of_what_was_done_here(
    monday: World, talk: Meeting, joern: Client
) -> None:
    joern.post(f"{MEETINGS}{talk.uid}/time/?way=office&whom=own&at=2026-11-27T11:00")

    told = page_of(joern, "/citizen/case/")

    assert "First talk: booked" in told
    assert "At our office." in told or "at our office." in told
    assert "A meeting is changed: First talk" in told
    assert "First talk: moved" not in told


def test_the_case_tells_that_we_called_a_meeting_off(
    monday: World, talk: Meeting, joern: Client
) -> None:
    with monday.as_tine():
        hand = services.Hand(monday.tine, NOW, is_staff=True)
        services.cancel(meeting=talk, why=WhyCancelled.US, hand=hand)

    assert "First talk: called off" in page_of(joern, "/citizen/case/?topic=contact")


def test_the_case_tells_of_a_call_that_was_held_though_the_law_counts_it_not(
    monday: World, joern: Client
) -> None:
    call = book(monday, way=Way.PHONE, key="short_call")
    with monday.building():
        Outcome.objects.create(
            tenant_id=monday.tenant.pk,
            citizen=monday.joern,
            meeting=call,
            result=Result.HELD,
            said_by=monday.tine,
            said_at=NOW,
        )

    assert "Short call: held" in page_of(joern, "/citizen/case/?topic=contact")


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (MEETINGS, 12),  # agreed, joined, over; invited, offered, missed
        (f"{BOOKING}?type=first_interview", 8),
        (BOOKING + TALK, 15),
        (f"{BOOKING}{TALK}&at={THURSDAY}", 8),
    ],
)
def test_the_pages_ask_few_questions(
    talk: Meeting,
    joern: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    address: str,
    most: int,
) -> None:
    page_of(joern, address)

    with django_assert_max_num_queries(most + FRAME):
        joern.get(address)
