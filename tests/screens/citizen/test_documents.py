"""The citizen's documents: handed in, read, kept; refused with words beside the field."""

import hashlib
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.apps.cases.test_documents import kept
from tests.screens.citizen.conftest import signed_in
from tests.world.factories import LONG_AGO
from tests.world.files import PDF, PNG, TEXT
from tests.world.municipality import World
from velvalgt.apps.audit.models import Trace
from velvalgt.apps.cases.choices import Compartment, DocumentKind, Verdict
from velvalgt.apps.cases.models import Document, Receipt, Scan
from velvalgt.web.uploads import MOST_BYTES, MOST_FILES

PAGE = "/citizen/documents/"


def send(client: Client, *files: tuple[str, bytes], title: str = "A letter") -> HttpResponse:
    chosen = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(PAGE, {"title": title, "file": chosen}, follow=True)


def documents_of(world: World) -> list[Document]:
    with world.as_tine():
        return list(Document.objects.filter(citizen=world.joern).order_by("added_at", "pk"))


def test_a_file_is_sent_and_its_receipt_is_one_click_away(joern: Client, monday: World) -> None:
    response = send(joern, ("brev.pdf", PDF), title="A letter from my doctor")

    page = response.content.decode()
    (document,) = documents_of(monday)
    with monday.as_tine():
        receipt = Receipt.objects.get(citizen=monday.joern)
    assert "We have got it" in page
    assert f"/citizen/receipts/{receipt.pk}/" in page
    assert (document.kind, document.media_type) == (DocumentKind.UPLOAD, "application/pdf")
    assert (receipt.deed, receipt.title) == ("document", "A letter from my doctor")
    assert receipt.is_on_behalf is False


def test_several_pages_are_one_errand_with_one_receipt(joern: Client, monday: World) -> None:
    send(joern, ("side1.png", PNG), ("side2.txt", TEXT))

    assert [each.name for each in documents_of(monday)] == ["side1.png", "side2.txt"]
    with monday.as_tine():
        assert Receipt.objects.filter(citizen=monday.joern).count() == 1


def test_a_second_click_sends_nothing_twice(joern: Client, monday: World) -> None:
    for _ in range(2):
        assert send(joern, ("brev.pdf", PDF)).status_code == 200

    assert len(documents_of(monday)) == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("brev.pdf", b"MZ not a pdf")], "brev.pdf: We cannot take this type of file."),
        ([("film.mp4", b"xx")], "film.mp4: We cannot take this type of file."),
        ([("tom.txt", b"")], "tom.txt: The file is empty."),
        ([("stor.txt", bytes(MOST_BYTES + 1))], "stor.txt: The file is larger than 10 MB."),
        ([(f"{n}.txt", TEXT) for n in range(MOST_FILES + 1)], "Choose at most five files"),
        ([], "Choose a file."),
    ],
)
def test_what_is_wrong_stands_beside_the_field_and_on_top_and_the_words_are_kept(
    joern: Client, monday: World, files: list[tuple[str, bytes]], said: str
) -> None:
    response = send(joern, *files, title="A letter from my doctor")

    page = response.content.decode()
    assert response.status_code == 422
    assert page.count(said) == 2
    assert 'href="#id_file"' in page
    assert 'value="A letter from my doctor"' in page
    assert documents_of(monday) == []


def test_without_words_the_file_is_to_be_chosen_again_and_the_page_says_so(
    joern: Client, monday: World
) -> None:
    response = send(joern, ("brev.pdf", PDF), title=" ")

    page = response.content.decode()
    assert response.status_code == 422
    assert "Write what it is." in page
    assert page.count("Choose the file again") == 2
    assert documents_of(monday) == []


@pytest.mark.parametrize(("name", "content"), [("brev.pdf", PDF), ("foto.png", PNG)])
def test_a_document_is_a_file_to_save_that_nothing_runs(
    joern: Client, monday: World, name: str, content: bytes
) -> None:
    with monday.building():
        document = kept(monday.joern, name=name, content=content)

    response = joern.get(f"{PAGE}{document.pk}/")

    assert response.content == content
    assert response["Content-Type"] == document.media_type
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert "no-store" in response["Cache-Control"]


def test_reading_a_document_is_a_read_in_the_log(joern: Client, monday: World) -> None:
    with monday.building():
        document = kept(monday.joern)

    joern.get(f"{PAGE}{document.pk}/")

    with monday.as_tine():
        reads = Trace.objects.of_citizen(monday.joern.pk).filter(what="citizen:document")
        assert [each.action for each in reads] == ["read"]


@pytest.mark.parametrize("whose", ["amalie", "elsewhere", "stranger"])
def test_a_document_of_somebody_else_is_not_found(joern: Client, monday: World, whose: str) -> None:
    citizen = getattr(monday, whose)
    if whose == "stranger":
        key = uuid4()
    else:
        with monday.building():
            key = kept(citizen).pk

    assert joern.get(f"{PAGE}{key}/").status_code == 404


def test_the_citizen_reads_what_case_work_does_not(joern: Client, monday: World) -> None:
    with monday.building():
        document = kept(monday.joern, compartment=Compartment.HEALTH, title="Health")

    assert "Health" in joern.get(PAGE).content.decode()
    assert joern.get(f"{PAGE}{document.pk}/").status_code == 200


def test_what_is_being_checked_says_so_and_does_not_open(
    joern: Client, monday: World, settings: Settings
) -> None:
    settings.CLAMD = "127.0.0.1:1"
    page = send(joern, ("brev.pdf", PDF)).content.decode()
    (document,) = documents_of(monday)

    assert "We are checking the file." in page
    assert f"{PAGE}{document.pk}/" not in page
    assert joern.get(f"{PAGE}{document.pk}/")["Location"] == PAGE
    assert joern.get(f"{PAGE}all/").status_code == 404


def test_what_holds_a_virus_says_so_and_does_not_open(joern: Client, monday: World) -> None:
    with monday.building():
        infected(monday)
        kept(monday.joern, name="rent.txt")
    (bad, _good) = documents_of(monday)

    page = joern.get(PAGE).content.decode()

    assert "There is a virus in the file." in page
    assert joern.get(f"{PAGE}{bad.pk}/").status_code == 302


def infected(world: World) -> Document:
    """A document of Jørn's in which the scanner found a virus."""
    document = kept(world.joern, name="farlig.pdf", content=PDF, at=LONG_AGO)
    Scan.objects.create(
        tenant_id=world.tenant.pk,
        citizen=world.joern,
        document=document,
        verdict=Verdict.INFECTED,
        scanned_at=document.added_at.replace(year=2027),
    )
    return document


def test_all_documents_come_in_one_file_with_their_hashes_and_what_is_left_out(
    joern: Client, monday: World
) -> None:
    with monday.building():
        infected(monday)
        kept(monday.joern, name="brev.pdf", content=PDF)

    response = joern.get(f"{PAGE}all/")

    assert response["Content-Type"] == "application/zip"
    with ZipFile(BytesIO(response.content)) as pack:
        name, listed = pack.namelist()
        assert pack.read(name) == PDF
        told = pack.read(listed).decode().splitlines()
    assert told[0].endswith("farlig.pdf (the file holds a virus)")
    assert told[1] == f"{hashlib.sha256(PDF).hexdigest()}  {name}"


@pytest.mark.parametrize("part", ["0", "2", "x", "-1"])
def test_a_part_that_is_not_there_is_not_found(joern: Client, monday: World, part: str) -> None:
    with monday.building():
        kept(monday.joern)

    assert joern.get(f"{PAGE}all/?part={part}").status_code == 404


def test_a_caseworker_in_the_citizens_place_sends_for_them(monday: World) -> None:
    tine = signed_in("tine")
    tine.post(f"/caseworker/citizens/{monday.joern.pk}/on-behalf/")

    page = send(tine, ("brev.pdf", PDF)).content.decode()

    assert "sent for you by Tine" in page
    with monday.as_tine():
        assert Receipt.objects.get(citizen=monday.joern).is_on_behalf is True


def test_without_documents_the_page_says_what_comes_here(joern: Client) -> None:
    assert "There are no documents yet." in joern.get(PAGE).content.decode()


@pytest.mark.parametrize("documents", [1, 30])
def test_the_page_asks_few_questions_however_many_documents(
    joern: Client,
    monday: World,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    documents: int,
) -> None:
    with monday.building():
        for number in range(documents):
            kept(monday.joern, name=f"{number}.txt")
    joern.get(PAGE)

    with django_assert_max_num_queries(12):
        joern.get(PAGE)


@pytest.mark.parametrize("receipt", ["abc", "", "01900000-0000-7000-8000-000000000000"])
def test_an_address_with_no_receipt_of_mine_shows_the_list(joern: Client, receipt: str) -> None:
    assert joern.get(f"{PAGE}?receipt={receipt}").status_code == 200
