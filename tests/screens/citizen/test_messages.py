"""The citizen's messages: what is new first, what is written is kept, a late answer is said."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.screens.citizen.conftest import signed_in
from tests.world.files import PDF
from tests.world.municipality import World
from velvalgt.apps.cases.models import Case
from velvalgt.apps.messages import services
from velvalgt.apps.messages.models import Message, Notice
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.queries import after_working_days
from velvalgt.web.templatetags.web import weekday

PAGE = "/citizen/messages/"
LONG_SINCE = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def promised(monday: World) -> World:
    """Velby answers within three working days."""
    with monday.building():
        services.promise_answers(
            tenant=monday.tenant, unit=None, working_days=3, from_on=date(2026, 1, 1)
        )
    return monday


def main_of(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1].split("</main>")[0]


def tine_writes(world: World, body: str = "Vi ses torsdag.", at: datetime | None = None) -> Message:
    with world.as_tine():
        return services.answer(
            citizen=world.joern, body=body, by=world.tine, at=at or timezone.now()
        )


def messages_of(world: World) -> list[Message]:
    with world.as_tine():
        found = Message.objects.filter(citizen=world.joern).select_related("receipt", "reading")
        return list(found.order_by("sent_at"))


def test_a_message_is_sent_and_its_receipt_is_one_click_away(
    promised: World, joern: Client
) -> None:
    response = joern.post(PAGE, {"body": "Hvornår ses vi?"}, follow=True)

    (message,) = messages_of(promised)
    page = response.content.decode()
    assert "We have got your message." in page
    assert f"/citizen/receipts/{message.receipt_id}/" in page
    today = timezone.localdate(message.sent_at)
    assert message.answer_by == after_working_days(today, 3)
    assert f"We answer by {weekday(message.answer_by)}." in page


def test_a_reload_after_sending_sends_nothing(promised: World, joern: Client) -> None:
    joern.post(PAGE, {"body": "Hej"})
    joern.post(PAGE, {"body": "Hej"})

    assert len(messages_of(promised)) == 1


def test_an_empty_message_is_refused_beside_the_field(monday: World, joern: Client) -> None:
    response = joern.post(PAGE, {"body": "  "})

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count("Write a few words.") == 2, "beside the field and in the summary"


def test_a_file_we_cannot_take_loses_nothing_that_was_typed(monday: World, joern: Client) -> None:
    program = SimpleUploadedFile("spil.exe", b"MZ")
    response = joern.post(PAGE, {"body": "Se min lange besked", "enclosed": program})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Se min lange besked</textarea>" in page
    assert "We cannot take this type of file" in page
    assert messages_of(monday) == []


def test_a_file_goes_along(monday: World, joern: Client) -> None:
    note = SimpleUploadedFile("noter.txt", b"Kan kun onsdag")
    joern.post(PAGE, {"body": "Se her", "enclosed": note})

    assert "noter.txt" in main_of(joern)


def test_at_most_five_files_at_a_time(monday: World, joern: Client) -> None:
    notes = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    response = joern.post(PAGE, {"body": "Se her", "enclosed": notes})

    assert response.status_code == 422
    assert "at most five files" in response.content.decode()


def test_opening_the_page_marks_our_messages_as_read_and_new_once(
    monday: World, joern: Client
) -> None:
    tine_writes(monday)

    assert "badge-info" in main_of(joern)
    assert "badge-info" not in main_of(joern)
    assert not messages_of(monday)[0].is_new


def test_staff_at_the_citizens_page_do_not_read_for_them(monday: World) -> None:
    tine_writes(monday)
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")

    assert "Vi ses torsdag." in main_of(tine)
    assert messages_of(monday)[0].is_new


def test_staff_write_on_the_citizens_behalf_and_it_says_so(monday: World, joern: Client) -> None:
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")
    tine.post(PAGE, {"body": "Jeg kan kun onsdag"})

    assert "Written for you by Tine." in main_of(joern)


def test_a_notice_stands_on_top_until_it_is_seen(monday: World, joern: Client) -> None:
    with monday.as_tine():
        services.tell(
            citizen=monday.joern,
            occasion="interview",
            title="Du har en ny tid",
            by=monday.tine,
            at=timezone.now(),
        )

    first, second = main_of(joern), main_of(joern)

    assert "New on your page" in first
    assert '<a href="/citizen/meetings/"' in first.split("Du har en ny tid")[0][-80:]
    assert "New on your page" not in second
    assert "Du har en ny tid" in second
    with monday.as_tine():
        assert not Notice.objects.unread().exists()


def test_a_broken_promise_is_said_with_a_number_to_call(promised: World, joern: Client) -> None:
    with promised.building():
        by = User.objects.get(pk=promised.joern.user_id)
        services.send(citizen=promised.joern, body="Hej?", by=by, at=LONG_SINCE)

    page = main_of(joern)
    assert "Sorry: we are late" in page
    assert "Thursday 4 June 2026" in page
    assert "Call us, and we help you now." in page

    tine_writes(promised)
    assert "Sorry" not in main_of(joern)


def test_a_message_that_needs_no_answer_says_so(promised: World, joern: Client) -> None:
    joern.post(PAGE, {"body": "Tak!"})
    with promised.as_tine():
        services.needs_no_answer(
            message=Message.objects.select_related("citizen").get(),
            by=promised.tine,
            at=timezone.now(),
        )

    assert "Write again if it does." in main_of(joern)


def test_without_a_case_one_is_asked_to_call(monday: World, joern: Client) -> None:
    with monday.building():
        Case.objects.filter(citizen=monday.joern).update(closed_on=date(2026, 11, 23))

    assert "Call us instead." in main_of(joern)
    assert joern.post(PAGE, {"body": "Hej"}).status_code == 422


def test_the_older_messages_are_one_click_away(monday: World, joern: Client) -> None:
    begun = timezone.now() - timedelta(hours=1)
    for number in range(21):
        tine_writes(monday, f"Nummer {number}.", at=begun + timedelta(seconds=number))

    page = main_of(joern)
    assert "Nummer 0." not in page
    older = page.split('href="?before=')[1].split('"')[0]
    assert "Nummer 0." in main_of(joern, f"{PAGE}?before={older}")


def test_an_address_that_asks_for_nonsense_shows_the_newest(monday: World, joern: Client) -> None:
    assert "Nobody has written yet." in main_of(joern, f"{PAGE}?before=x&sent=y")


def test_the_page_asks_the_database_few_questions(
    promised: World, joern: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    begun = timezone.now() - timedelta(hours=1)
    for number in range(15):
        tine_writes(promised, f"Nummer {number}.", at=begun + timedelta(seconds=number))
    main_of(joern)

    with django_assert_max_num_queries(20):
        main_of(joern)


def test_whoever_must_write_again_is_told_to_choose_the_file_again(joern: Client) -> None:
    file = SimpleUploadedFile("brev.pdf", PDF)

    answer = joern.post(PAGE, {"body": "", "enclosed": [file]})

    assert answer.status_code == 422
    assert "Choose the file again" in answer.content.decode()
