"""What of a citizen's documents may be opened now: what is infected or unscanned stays shut."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import Availability, Verdict
from velvalgt.apps.cases.documents import CONTENT_COLUMN, CONTENT_TABLE
from velvalgt.apps.cases.models import Content, Document
from velvalgt.apps.people.guarded import CannotOpen, unseal_bytes
from velvalgt.apps.people.models import Citizen


class InQuarantine(Exception):
    """A document may not be opened: it is not scanned yet, or holds a virus."""


@dataclass(frozen=True, slots=True)
class Held:
    """A document, and whether it may be opened now."""

    document: Document
    availability: Availability

    @property
    def is_ready(self) -> bool:
        """Whether it may be opened."""
        return self.availability is Availability.READY


def availability(verdict: str | None) -> Availability:
    """Say whether a document may be opened, by the newest word on it (karantæne).

    Where a scanner is set up, only what it found clean, or what we wrote ourselves. Where there is
    none, everything but what one found infected while there was one.
    """
    if verdict == Verdict.INFECTED:
        return Availability.INFECTED
    is_known = verdict in {Verdict.CLEAN, Verdict.OURS}
    return Availability.READY if is_known or not settings.CLAMD else Availability.CHECKING


def documents_of(citizen: Citizen) -> list[Held]:
    """Give a citizen's documents, newest first, with whether each may be opened."""
    documents = Document.objects.filter(citizen=citizen).with_verdict().select_related("added_by")
    return [held(each) for each in documents.order_by("-added_at", "-pk")]


def document_of(citizen: Citizen, document_id: UUID) -> Held | None:
    """Find one of a citizen's documents."""
    documents = Document.objects.filter(citizen=citizen, pk=document_id).with_verdict()
    found = documents.select_related("added_by").first()
    return held(found) if found else None


def held(document: Document) -> Held:
    """Judge a document that was read with its verdict."""
    return Held(document, availability(document.verdict))


def content_of(document: Document) -> bytes:
    """Open a document's content.

    Raises:
        InQuarantine: it is not scanned yet, or holds a virus.
        CannotOpen: what lies there is not what was put there.
    """
    newest = Document.objects.with_verdict().get(pk=document.pk)
    if not held(newest).is_ready:
        raise InQuarantine(_("The file cannot be opened now."))
    return unsealed(newest)


def unsealed(document: Document) -> bytes:
    """Give a document's bytes, quarantined or not: for the scanner alone.

    Raises:
        CannotOpen: what lies there is not what was put there.
    """
    sealed = bytes(Content.objects.get(document=document).sealed)
    content = unseal_bytes(sealed, table=CONTENT_TABLE, column=CONTENT_COLUMN, pk=document.pk)
    if hashlib.sha256(content).digest() != bytes(document.sha256):
        raise CannotOpen("its hash is another")
    return content
