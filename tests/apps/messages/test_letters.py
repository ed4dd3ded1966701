"""Letters: tagged PDF in the reader's language, easy to read, and complete."""

import io
import sys
from datetime import UTC, date, datetime

import pytest
from pypdf import PdfReader
from weasyprint.urls import FatalURLFetchingError

from tests.apps.messages.conftest import NOW
from tests.browser.lix import lix
from tests.world.municipality import World
from velvalgt.apps.cases.choices import DocumentKind
from velvalgt.apps.cases.queries import content_of
from velvalgt.apps.messages import services
from velvalgt.apps.messages.letters import pdf_of
from velvalgt.apps.people.models import ContactWish

THURSDAY = date(2026, 11, 26)
INVITATION = {"day": THURSDAY, "time": "10.00", "how": "Et møde", "place": "Torvet 1, Velby"}
DECISION = {
    "what": "Kurset Dataanalyse, 6 uger",
    "answer": "refused",
    "reasons": "Du kan nå dit mål med et kortere kursus. Det starter før og passer til dit job.",
    "law": "LAB § 91",
}
RECEIPT = {"what": "Ansøgning om et kursus", "given_on": THURSDAY, "number": "AB12-CD34"}
PLAN = {"goal": "Job på et lager", "steps": "Ring til Lars\nSkriv CV", "next_on": THURSDAY}


def letter(world: World, name: str, title: str, context: dict[str, object]) -> PdfReader:
    with world.as_tine():
        content = services.letter_pdf(
            citizen=world.joern, letter=name, title=title, context=context, at=NOW
        )
    return PdfReader(io.BytesIO(content))


def words_of(pdf: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in pdf.pages)


@pytest.mark.parametrize(
    ("name", "title", "context", "told"),
    [
        (
            "invitation",
            "Kom til en samtale",
            INVITATION,
            ("torsdag den 26. november 2026 kl. 10.00", "Du må tage en med", "Torvet 1"),
        ),
        (
            "decision",
            "Svar på din ansøgning",
            DECISION,
            ("Vi siger nej", "kortere kursus", "LAB § 91", "4 uger", "Ankestyrelsen"),
        ),
        ("receipt", "Kvittering", RECEIPT, ("AB12-CD34", "Ansøgning om et kursus")),
        ("plan", "Din plan", PLAN, ("Job på et lager", "Ring til Lars", "Skriv CV")),
    ],
)
def test_a_letter_is_tagged_and_says_what_it_must(
    world: World, name: str, title: str, context: dict[str, object], told: tuple[str, ...]
) -> None:
    pdf = letter(world, name, title, context)

    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert root["/Lang"] == "da"
    assert pdf.metadata.title == title
    words = " ".join(words_of(pdf).split())
    for each in (title, "Velby", "Kære Jørn", "Ring til Tine", "23. november 2026", *told):
        assert each in words


def test_a_yes_says_yes_and_still_how_to_complain(world: World) -> None:
    granted = DECISION | {"answer": "granted", "starts_on": THURSDAY}

    words = words_of(letter(world, "decision", "Svar på din ansøgning", granted))

    assert "Vi siger ja" in words
    assert "Du kan klage" in words


@pytest.mark.parametrize(
    ("name", "title", "context"),
    [("invitation", "Kom til en samtale", INVITATION), ("decision", "Svar", DECISION)],
)
def test_invitation_and_decision_are_easy_to_read(
    world: World, name: str, title: str, context: dict[str, object]
) -> None:
    assert lix(words_of(letter(world, name, title, context))) <= 30


def test_whoever_wishes_english_gets_english(world: World) -> None:
    with world.building():
        ContactWish.objects.create(
            tenant_id=world.tenant.pk, citizen=world.joern, language="en", recorded_at=NOW
        )

    pdf = letter(world, "invitation", "Come to a talk", INVITATION)

    assert pdf.trailer["/Root"]["/Lang"] == "en"
    assert "Come on Thursday 26 November 2026 at 10.00." in words_of(pdf)


def test_a_letter_is_kept_in_the_case(world: World) -> None:
    with world.as_tine():
        document = services.write_letter(
            citizen=world.joern,
            letter="decision",
            title="Svar på din ansøgning",
            context=DECISION,
            by=world.tine,
            at=datetime(2026, 11, 23, 9, tzinfo=UTC),
            kind=DocumentKind.DECISION,
        )

        assert (document.kind, document.name) == ("decision", "Svar på din ansøgning.pdf")
        assert content_of(document).startswith(b"%PDF-")


def test_a_letter_fetches_nothing_from_anywhere() -> None:
    with pytest.raises(FatalURLFetchingError, match="asks for http://"):
        pdf_of('<html lang="da"><title>x</title><img src="http://127.0.0.1/x.png" alt=""></html>')


def test_without_pango_the_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'pango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Gone(), *sys.meta_path])

    with pytest.raises(services.LettersMissing, match="Pango"):
        pdf_of("<html></html>")
