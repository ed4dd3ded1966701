"""A CPR number stays in its guarded field, wherever else somebody writes it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.world.files import PDF
from tests.world.municipality import World
from velvalgt.apps.cases.models import Document

CPR = "010180-1234"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("messages/", {"body": f"Jeg er {CPR}"}),
        ("jobs/cv/", {"kind": "job", "title": "Svejser", "words": CPR}),
        ("jobs/log/", {"title": "Svejser", "company": CPR, "state": "wanted"}),
        ("data/corrections/other/", {"should_be": CPR}),
        ("data/grounds/", {"choice": "obtain", "party": "Lægen", "what": CPR}),
        ("data/powers/", {"kind": "companion", "name": f"Karen {CPR}"}),
    ],
)
def test_it_is_refused_and_nothing_typed_is_lost(
    joern: Client, address: str, said: dict[str, str]
) -> None:
    answer = joern.post(f"/citizen/{address}", said)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "There seems to be a CPR number in the text." in page
    assert all(word in page for word in said.values())


def test_a_file_that_is_called_by_it_is_taken_under_another_name(
    joern: Client, monday: World
) -> None:
    for name in ("0101801234.pdf", "foto 20261123-101010.pdf"):
        file = SimpleUploadedFile(name, PDF)
        joern.post("/citizen/documents/", {"title": name[:4], "file": [file]})

    with monday.as_tine():
        names = set(Document.objects.values_list("name", flat=True))
    assert names == {"**********.pdf", "foto 20261123-101010.pdf"}
