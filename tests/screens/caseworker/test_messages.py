"""The caseworker's side of the dialogue, and who waits for an answer."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.world.files import PDF
from tests.world.municipality import World
from velvalgt.apps.messages import services
from velvalgt.apps.messages.models import Message
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

LONG_SINCE = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
def asked(monday: World) -> World:
    """Jørn was promised an answer in June, and has none."""
    with monday.building():
        services.promise_answers(
            tenant=monday.tenant, unit=None, working_days=3, from_on=date(2026, 1, 1)
        )
    write(monday, monday.joern, "Hvornår ses vi?")
    return monday


def write(world: World, citizen: Citizen, body: str) -> Message:
    with world.building():
        by = User.objects.get(pk=citizen.user_id)
        return services.send(citizen=citizen, body=body, by=by, at=LONG_SINCE)


def address(world: World) -> str:
    return f"/caseworker/citizens/{world.joern.pk}/messages/"


def main_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def test_a_late_answer_stands_in_the_worklist_of_the_caseworker_and_the_unit(
    asked: World, tine: Client
) -> None:
    for path in ("/caseworker/", "/caseworker/?scope=unit"):
        section = main_of(tine, path).split('id="answers"')[1].split("</section>")[0]

        assert "1 citizen waits for an answer" in section
        assert "Late" in section
        assert "4 June 2026" in section
        assert address(asked) in section


def test_opening_it_is_told_to_the_citizen(asked: World, tine: Client) -> None:
    assert "Hvornår ses vi?" in main_of(tine, address(asked))

    with asked.as_tine():
        assert Message.objects.select_related("reading").get().reading.reader == asked.tine


def test_an_answer_takes_it_off_the_worklist(asked: World, tine: Client) -> None:
    response = tine.post(address(asked), {"body": "Torsdag kl. 10."}, follow=True)

    assert "Torsdag kl. 10." in response.content.decode()
    assert 'id="answers"' not in main_of(tine, "/caseworker/")


def test_what_needs_no_answer_leaves_the_worklist_too(asked: World, tine: Client) -> None:
    with asked.as_tine():
        message = Message.objects.get()

    page = tine.post(f"/caseworker/messages/{message.pk}/no-answer/", follow=True)

    assert "Needs no answer." in page.content.decode()
    assert 'id="answers"' not in main_of(tine, "/caseworker/")


def test_our_own_message_cannot_be_said_to_need_no_answer(asked: World, tine: Client) -> None:
    with asked.as_tine():
        ours = services.answer(citizen=asked.joern, body="Hej", by=asked.tine, at=timezone.now())

    assert tine.post(f"/caseworker/messages/{ours.pk}/no-answer/").status_code == 404


def test_an_empty_answer_is_refused_and_nothing_is_lost(asked: World, tine: Client) -> None:
    response = tine.post(address(asked), {"body": "x" * 5001})

    assert response.status_code == 422
    assert "x" * 5001 in response.content.decode()


def test_another_units_citizen_is_not_found(asked: World, tine: Client) -> None:
    path = f"/caseworker/citizens/{asked.elsewhere.pk}/messages/"

    assert {tine.get(path).status_code, tine.post(path).status_code} == {404}


def test_the_dialogue_asks_the_database_few_questions(
    asked: World, tine: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(15):
        write(asked, asked.joern, f"Nummer {number}")
    main_of(tine, address(asked))

    with django_assert_max_num_queries(17):
        main_of(tine, address(asked))


def test_whoever_must_write_again_is_told_to_choose_the_file_again(
    tine: Client, monday: World
) -> None:
    file = SimpleUploadedFile("brev.pdf", PDF)

    answer = tine.post(address(monday), {"body": "", "enclosed": [file]})

    assert answer.status_code == 422
    assert "Choose the file again" in answer.content.decode()
