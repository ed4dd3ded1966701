"""Keeping documents: sealed in the database, so that nothing of a case lies in the open."""

import hashlib
from datetime import datetime

import puremagic
from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.choices import Compartment, DocumentKind
from velvalgt.apps.cases.models import Content, Document
from velvalgt.apps.people.guarded import seal_bytes, unseal_bytes
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

CONTENT_TABLE, CONTENT_COLUMN = "cases_content", "sealed"
MOST_BYTES = 10 * 1024 * 1024
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".odt": "application/vnd.oasis.opendocument.text",
}


class CannotKeep(Exception):
    """A file that we cannot take in; the message says what and how to mend it."""


@transaction.atomic
def keep(  # noqa: PLR0913 - what a document is
    *,
    citizen: Citizen,
    kind: DocumentKind,
    name: str,
    content: bytes,
    by: User | None,
    at: datetime,
    compartment: Compartment = Compartment.EMPLOYMENT,
) -> Document:
    """Keep a file in the case (journalisere dokument); its type is read from its content.

    Raises:
        CannotKeep: it is empty, too large, or of a type that we do not take.
    """
    key = new_id()
    document = Document.objects.create(
        id=key,
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        kind=kind,
        compartment=compartment,
        name=_clean_name(name),
        media_type=media_type_of(name, content),
        size=len(content),
        sha256=hashlib.sha256(content).digest(),
        added_by=by,
        added_at=at,
    )
    Content.objects.create(
        tenant_id=citizen.tenant_id,
        citizen=citizen,
        document=document,
        sealed=seal_bytes(content, table=CONTENT_TABLE, column=CONTENT_COLUMN, pk=key),
    )
    return document


def content_of(document: Document) -> bytes:
    """Open a document's content."""
    sealed = Content.objects.get(document=document).sealed
    return unseal_bytes(bytes(sealed), table=CONTENT_TABLE, column=CONTENT_COLUMN, pk=document.pk)


def media_type_of(name: str, content: bytes) -> str:
    """Tell a file's type by its content and its name, which must agree.

    Raises:
        CannotKeep: it is empty, too large, or of a type that we do not take.
    """
    if not content:
        raise CannotKeep(_("The file is empty. Choose another one."))
    if len(content) > MOST_BYTES:
        raise CannotKeep(_("The file is larger than 10 MB. Make it smaller, or send it in parts."))
    ending = "." + name.rpartition(".")[2].lower()
    media_type = MEDIA_TYPES.get(ending)
    if media_type is None or not _looks_like(ending, content):
        raise CannotKeep(
            _("We can take PDF, PNG, JPEG, Word, OpenDocument and plain text. Save it as PDF.")
        )
    return media_type


def _looks_like(ending: str, content: bytes) -> bool:
    if ending == ".txt":
        return _is_text(content)
    try:
        found = {each.extension for each in puremagic.magic_string(content)}
    except puremagic.PureError:
        return False
    alike = {".jpeg": {".jpg", ".jpeg", ".jfif"}, ".jpg": {".jpg", ".jpeg", ".jfif"}}
    return bool(found & alike.get(ending, {ending}))


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _clean_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    return "".join(sign for sign in base if sign.isprintable())[-200:] or "fil"
