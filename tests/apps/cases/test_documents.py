"""Documents are kept sealed, told apart by content, and shown only to those they are for."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.world.files import DOCX, JPEG, ODT, PDF, PNG, TEXT, packed_file
from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.choices import Compartment, DocumentKind
from velvalgt.apps.cases.documents import CONTENT_COLUMN, CONTENT_TABLE
from velvalgt.apps.cases.filetypes import MEDIA_TYPES, media_type_of
from velvalgt.apps.cases.models import Content, Document, Receipt, Scan
from velvalgt.apps.cases.queries import content_of, document_of, documents_of
from velvalgt.apps.cases.services import CannotKeep, File, hand_in, keep
from velvalgt.apps.people.guarded import CannotOpen, seal_bytes
from velvalgt.apps.people.models import Citizen
from velvalgt.web.fields import ACCEPTED

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def kept(citizen: Citizen, **fields: object) -> Document:
    said = {"kind": DocumentKind.UPLOAD, "name": "brev.txt", "content": TEXT, "by": None, "at": NOW}
    return keep(citizen=citizen, **(said | fields))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.pdf", PDF), ("BREV.PDF", PDF), ("foto.png", PNG), ("foto.jpg", JPEG),
        ("foto.jpeg", JPEG), ("cv.docx", DOCX), ("cv.odt", ODT), ("noter.txt", TEXT),
    ],
)  # fmt: skip
def test_a_file_is_what_name_and_content_agree_on(name: str, content: bytes) -> None:
    assert media_type_of(name, content) == MEDIA_TYPES["." + name.lower().rpartition(".")[2]]


def test_the_browser_offers_to_choose_what_is_taken() -> None:
    assert set(ACCEPTED.split(",")) == set(MEDIA_TYPES)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brev.pdf", PNG),
        ("foto.png", b"<html><script>alert(1)</script>"),
        ("side.html", b"<html></html>"),
        ("noter.txt", b"\xff\xfe\x00"),
        ("noter.txt", b"a\x00b"),
        ("cv.docx", packed_file("xl/workbook.xml")),
        ("cv.docx", packed_file("word/document.xml", "word/vbaProject.bin")),
        ("cv.docx", b"PK\x03\x04 and then nothing"),
        ("cv.odt", packed_file("a.txt")),
        ("program.exe", b"MZ"),
        ("pdf", PDF),
        ("", TEXT),
        ("tom.txt", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(CannotKeep):
        media_type_of(name, content)


@given(st.binary(max_size=300), st.sampled_from([*MEDIA_TYPES, ".exe", ""]))
def test_whatever_bytes_come_a_file_is_taken_or_refused_and_nothing_breaks(
    content: bytes, ending: str
) -> None:
    try:
        found = media_type_of(f"fil{ending}", content)
    except CannotKeep:
        return

    assert found == MEDIA_TYPES[ending]


@given(st.binary(max_size=300), st.sampled_from([".pdf", ".png", ".docx"]))
def test_a_packed_or_drawn_file_begins_as_its_kind_does(rest: bytes, ending: str) -> None:
    begins = {".pdf": b"%PDF", ".png": b"\x89PNG", ".docx": b"PK"}[ending]
    if not rest.startswith(begins):
        with pytest.raises(CannotKeep):
            media_type_of(f"fil{ending}", rest)


def test_what_is_kept_comes_back_whole_and_lies_sealed(world: World) -> None:
    with world.as_tine():
        document = kept(world.joern, content=PDF, name="brev.pdf")

        assert content_of(document) == PDF
        assert PDF not in bytes(Content.objects.get(document=document).sealed)


def put(citizen: Citizen, *, sha256: bytes, sealed_for: UUID | None = None) -> Document:
    """A document as somebody might put it into the database past the service."""
    document = Document.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        kind=DocumentKind.UPLOAD,
        name="brev.txt",
        media_type="text/plain",
        size=len(TEXT),
        sha256=sha256,
        added_at=NOW,
    )
    place = {"table": CONTENT_TABLE, "column": CONTENT_COLUMN, "pk": sealed_for or document.pk}
    Content.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        document=document,
        sealed=seal_bytes(TEXT, **place),
    )
    return document


def test_a_content_that_belongs_to_another_document_does_not_open(world: World) -> None:
    with world.as_tine(), pytest.raises(CannotOpen, match="belongs elsewhere"):
        content_of(put(world.joern, sha256=sha256(TEXT).digest(), sealed_for=new_id()))


def test_a_content_with_another_hash_than_was_kept_does_not_open(world: World) -> None:
    with world.as_tine(), pytest.raises(CannotOpen, match="hash"):
        content_of(put(world.joern, sha256=sha256(PDF).digest()))


@pytest.mark.parametrize(
    ("given_name", "kept_name"),
    [
        ("C:\\Jørn\\brev.txt", "brev.txt"),
        ("../../etc/brev.txt", "brev.txt"),
        ("br\x07ev\u202e.txt", "brev.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
    ],
)
def test_a_name_keeps_no_folders_and_no_hidden_signs(
    world: World, given_name: str, kept_name: str
) -> None:
    with world.as_tine():
        assert kept(world.joern, name=given_name).name == kept_name


def test_handing_in_gives_a_receipt_and_a_second_click_the_same(world: World) -> None:
    files = [File("side1.png", PNG), File("side2.txt", TEXT)]
    with world.as_tine():
        first = hand_in(citizen=world.joern, files=files, title="Brev ", by=world.tine, at=NOW)
        again = hand_in(
            citizen=world.joern,
            files=files,
            title="Brev",
            by=world.tine,
            at=NOW + timedelta(seconds=5),
        )

        assert first == again
        assert (first.title, first.is_on_behalf) == ("Brev", True)
        assert Document.objects.count() == 2
        assert Receipt.objects.count() == 1


def test_the_same_file_a_day_later_is_a_document_of_its_own(world: World) -> None:
    files = [File("brev.txt", TEXT)]
    with world.as_tine():
        for at in (NOW, NOW + timedelta(days=1)):
            hand_in(citizen=world.joern, files=files, title="Brev", by=world.tine, at=at)

        assert Document.objects.count() == 2


def test_of_several_files_all_are_kept_or_none_and_each_reason_is_told(world: World) -> None:
    files = [File("godt.txt", TEXT), File("tom.txt", b""), File("program.exe", b"MZ")]

    with world.as_tine():
        with pytest.raises(CannotKeep) as refused:
            hand_in(citizen=world.joern, files=files, title="Brev", by=world.tine, at=NOW)

        assert [reason.partition(":")[0] for reason in refused.value.reasons] == [
            "tom.txt",
            "program.exe",
        ]
        assert not Document.objects.exists()


def test_case_work_sees_what_belongs_to_employment_and_the_citizen_sees_all(world: World) -> None:
    with world.building():
        for compartment in Compartment:
            kept(world.joern, compartment=compartment, title=compartment.value)

    with world.as_tine():
        seen = documents_of(world.joern)
        assert [each.document.title for each in seen] == ["employment"]
        assert Content.objects.count() == Scan.objects.count() == 1
    with acting(world.tenant.pk, world.joern.user_id, Purpose.OWN_CASE):
        assert len(documents_of(world.joern)) == len(Compartment)


def test_case_work_files_nothing_in_another_compartment(world: World) -> None:
    with world.as_tine(), pytest.raises(DatabaseError), transaction.atomic():
        kept(world.joern, compartment=Compartment.HEALTH)


def test_another_units_and_another_tenants_documents_are_not_there(world: World) -> None:
    with world.building():
        document = kept(world.elsewhere)

    with world.as_tine():
        assert documents_of(world.elsewhere) == []
        assert document_of(world.elsewhere, document.pk) is None
        assert not Content.objects.exists()
    with acting(world.neighbour.pk, "system", Purpose.IMPORT), as_role("worker"):
        assert not Document.objects.exists()
        assert not Content.objects.exists()


def test_a_document_is_found_under_its_own_citizen_alone(world: World) -> None:
    with world.as_tine():
        document = kept(world.joern)

        assert document_of(world.amalie, document.pk) is None


def test_a_packed_file_of_ours_opens() -> None:
    with ZipFile(BytesIO(DOCX)) as packed:
        assert "word/document.xml" in packed.namelist()
