"""Keeping documents: sealed in the database, so that nothing of a case lies in the open."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.cases.choices import Compartment, Deed, DocumentKind, Verdict
from velvalgt.apps.cases.filetypes import CannotKeep, media_type_of
from velvalgt.apps.cases.models import Content, Document, Receipt, Scan
from velvalgt.apps.cases.receipts import give_receipt
from velvalgt.apps.cases.turns import SAME_CLICK, one_at_a_time
from velvalgt.apps.people.cpr import is_in, masked
from velvalgt.apps.people.guarded import seal_bytes
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

CONTENT_TABLE, CONTENT_COLUMN = "cases_content", "sealed"
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class File:
    """What somebody sends: a file's name and what is in it."""

    name: str
    content: bytes


@transaction.atomic
def keep(  # noqa: PLR0913 - what a document is
    *,
    citizen: Citizen,
    kind: DocumentKind,
    name: str,
    content: bytes,
    by: User | None,
    at: datetime,
    title: str = "",
    compartment: Compartment = Compartment.EMPLOYMENT,
    is_ours: bool = False,
) -> Document:
    """Keep a file in the case (journalisere dokument); its type is read from its content.

    Where a virus scanner is set up, the file lies in quarantine until it has been scanned.

    Args:
        citizen: whose case it goes into.
        kind: what it is.
        name: the file's name.
        content: what is in it.
        by: who sends it; None for a job.
        at: when.
        title: what it is, in the sender's own words.
        compartment: which purpose it belongs to.
        is_ours: it was written by Velvalgt itself, as a letter is; that needs no scan.

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
        title=title.strip()[:LONGEST_NAME],
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
    _see_to_its_scan(document, is_ours=is_ours, at=at)
    return document


@transaction.atomic
def hand_in(
    *, citizen: Citizen, files: Sequence[File], title: str, by: User, at: datetime
) -> Receipt:
    """Hand in files (indsende dokumenter), all or none; a second click gives the first's receipt.

    Raises:
        CannotKeep: some of them cannot be taken; there is a reason for each.
    """
    kind, title = DocumentKind.UPLOAD, title.strip()
    if add_documents(citizen=citizen, kind=kind, files=files, title=title, by=by, at=at):
        return give_receipt(citizen=citizen, deed=Deed.DOCUMENT, title=title, by=by, at=at)
    mine = citizen.receipts.filter(deed=Deed.DOCUMENT, title=title, done_by=by)
    return mine.order_by("-given_at", "-pk")[:1].get()


@transaction.atomic
def add_documents(
    *,
    citizen: Citizen,
    kind: DocumentKind,
    files: Sequence[File],
    title: str,
    by: User,
    at: datetime,
) -> list[Document]:
    """Add files to a case, all or none; a second click adds nothing.

    Raises:
        CannotKeep: some of them cannot be taken; there is a reason for each.
    """
    _check(files)
    one_at_a_time(citizen.pk)
    hashes = {hashlib.sha256(file.content).digest() for file in files}
    mine = Document.objects.filter(citizen=citizen, added_by=by, added_at__gt=at - SAME_CLICK)
    same = mine.filter(kind=kind, title=title.strip(), sha256__in=hashes)
    if {bytes(found) for found in same.values_list("sha256", flat=True)} == hashes:
        return []
    shared: dict[str, Any] = {"citizen": citizen, "kind": kind, "title": title, "by": by, "at": at}
    return [keep(name=file.name, content=file.content, **shared) for file in files]


def _check(files: Sequence[File]) -> None:
    """Look at every file before the first is kept."""
    reasons = []
    for file in files:
        try:
            media_type_of(file.name, file.content)
        except CannotKeep as error:
            reasons += [f"{_clean_name(file.name)}: {reason}" for reason in error.reasons]
    if reasons:
        raise CannotKeep(*reasons)


def _see_to_its_scan(document: Document, *, is_ours: bool, at: datetime) -> None:
    """Say why a document needs no scan, or ask for one.

    The web has no place in the queue: a reviewed function asks for `tasks.scan_tenant`.
    """
    if is_ours or not settings.CLAMD:
        verdict = Verdict.OURS if is_ours else Verdict.NOT_SCANNED
        Scan.objects.create(
            tenant_id=document.tenant_id,
            citizen_id=document.citizen_id,
            document=document,
            verdict=verdict,
            scanned_at=at,
        )
        return
    with connection.cursor() as cursor:
        cursor.execute("select cases_ask_for_scan()")


def _clean_name(name: str) -> str:
    base = name.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign for sign in base if sign.isprintable())
    return (masked(plain) if is_in(plain) else plain)[-LONGEST_NAME:] or "fil"
