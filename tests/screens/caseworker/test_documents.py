"""A citizen's documents for the caseworker: what case work may see, read, and add to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.apps.cases.test_documents import kept
from tests.screens.citizen.conftest import signed_in
from tests.world.files import PDF, TEXT
from tests.world.municipality import World
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases.choices import Compartment, Deed
from velvalgt.apps.cases.models import Document, Receipt
from velvalgt.apps.messages.models import Notice
from velvalgt.apps.people.models import Citizen


def page_of(citizen: Citizen) -> str:
    return f"/caseworker/citizens/{citizen.pk}/documents/"


def add(client: Client, citizen: Citizen, **fields: object) -> HttpResponse:
    said = {"kind": "letter", "title": "About your talk"}
    given = {"file": [SimpleUploadedFile("brev.pdf", PDF)]}
    return client.post(page_of(citizen), said | given | fields, follow=True)


def test_a_letter_is_added_and_the_citizen_has_it(tine: Client, monday: World) -> None:
    page = add(tine, monday.joern).content.decode()

    assert "It is in the case. The citizen can see it." in page
    with monday.as_tine():
        document = Document.objects.get(citizen=monday.joern)
        assert (document.kind, document.title) == ("letter", "About your talk")
        assert document.added_by == monday.tine
        assert not Receipt.objects.exists()


def test_the_citizen_is_told_of_a_letter_and_led_to_it(tine: Client, monday: World) -> None:
    add(tine, monday.joern)

    page = signed_in("joern").get("/citizen/messages/").content.decode()

    assert "About your talk" in page
    assert 'href="/citizen/documents/"' in page


def test_what_the_citizen_handed_in_on_paper_gives_them_a_receipt(
    tine: Client, monday: World
) -> None:
    add(tine, monday.joern, kind="upload", title="Doctor’s letter")

    with monday.as_tine():
        receipt = Receipt.objects.get(citizen=monday.joern)
        assert (receipt.deed, receipt.is_on_behalf) == (Deed.DOCUMENT, True)


def test_a_second_click_adds_nothing(tine: Client, monday: World) -> None:
    for kind in ("letter", "letter", "upload", "upload"):
        assert add(tine, monday.joern, kind=kind).status_code == 200

    with monday.as_tine():
        assert Document.objects.count() == 2
        assert Receipt.objects.count() == 1
        assert Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": ""}, "Choose one."),
        ({"title": " "}, "Write what it is."),
        ({"file": []}, "Choose a file."),
        ({"file": [SimpleUploadedFile("film.mp4", b"x")]}, "We cannot take this type of file."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_on_top(
    tine: Client, monday: World, fields: dict[str, object], said: str
) -> None:
    response = add(tine, monday.joern, **fields)

    assert response.status_code == 422
    assert response.content.decode().count(said) == 2


def test_case_work_sees_employment_alone(tine: Client, monday: World) -> None:
    with monday.building():
        hidden = kept(monday.joern, title="From the doctor", compartment=Compartment.HEALTH)
        shown = kept(monday.joern, title="About work")

    page = tine.get(page_of(monday.joern)).content.decode()

    assert "About work" in page
    assert "From the doctor" not in page
    assert tine.get(f"{page_of(monday.joern)}{shown.pk}/").content == TEXT
    assert tine.get(f"{page_of(monday.joern)}{hidden.pk}/").status_code == 404


@pytest.mark.parametrize("whose", ["elsewhere", "stranger"])
def test_the_documents_of_whoever_is_not_visible_are_not_found(
    tine: Client, monday: World, whose: str
) -> None:
    citizen = getattr(monday, whose)

    assert tine.get(page_of(citizen)).status_code == 404
    assert add(tine, citizen).status_code == 404


def test_a_document_is_found_under_its_own_citizen_alone(tine: Client, monday: World) -> None:
    with monday.building():
        document = kept(monday.joern)

    assert tine.get(f"{page_of(monday.amalie)}{document.pk}/").status_code == 404


def test_opening_a_document_stands_in_the_log(tine: Client, monday: World) -> None:
    with monday.building():
        document = kept(monday.joern)

    tine.get(f"{page_of(monday.joern)}{document.pk}/")

    with monday.as_tine():
        reads = Trace.objects.of_citizen(monday.joern.pk).filter(what="caseworker:document")
        assert [each.unit_id for each in reads] == [monday.team.pk]


def test_what_is_being_checked_is_not_opened_by_staff_either(
    tine: Client, monday: World, settings: Settings
) -> None:
    settings.CLAMD = "127.0.0.1:1"
    page = add(tine, monday.joern).content.decode()
    with monday.as_tine():
        document = Document.objects.get(citizen=monday.joern)

    assert "The file is being checked for viruses." in page
    assert tine.get(f"{page_of(monday.joern)}{document.pk}/").status_code == 302


@pytest.mark.parametrize("documents", [1, 30])
def test_the_page_asks_the_same_however_many_documents(
    tine: Client,
    monday: World,
    django_assert_num_queries: DjangoAssertNumQueries,
    documents: int,
) -> None:
    with monday.building():
        for number in range(documents):
            kept(monday.joern, name=f"{number}.txt")
    tine.get(page_of(monday.joern))

    with django_assert_num_queries(10):
        tine.get(page_of(monday.joern))
