"""What is sent is received before the request's transaction begins, so a slow line holds none."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.world.files import PDF
from tests.world.municipality import World
from velvalgt.apps.audit.actor import NobodyActs, current
from velvalgt.apps.cases.models import Document


class Line(BytesIO):
    """A line on which bytes come in, that notes whether a transaction has an actor meanwhile."""

    waited_without_actor = 0

    def read(self, size: int | None = -1) -> bytes:
        with pytest.raises(NobodyActs):
            current()
        self.waited_without_actor += 1
        return super().read(size)


def test_a_file_is_received_before_anybody_acts(world: World) -> None:
    client = Client()
    client.post("/session/", {"persona": "joern"})
    fields = {"title": "Brev", "file": SimpleUploadedFile("brev.pdf", PDF)}
    body = encode_multipart(BOUNDARY, fields)
    line = Line(body)

    sent = {"wsgi.input": line, "CONTENT_LENGTH": len(body), "CONTENT_TYPE": MULTIPART_CONTENT}
    answer = client.generic("POST", "/citizen/documents/", **sent)

    assert answer.status_code == 302
    assert line.waited_without_actor
    with world.as_tine():
        assert Document.objects.get(citizen=world.joern).name == "brev.pdf"
