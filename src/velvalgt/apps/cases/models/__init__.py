"""What the station of cases remembers: a file for each idea."""

from velvalgt.apps.cases.models.documents import Content, Document, Scan
from velvalgt.apps.cases.models.journal import Case, CaseQuerySet, Entry, EntryQuerySet
from velvalgt.apps.cases.models.receipts import Receipt

__all__ = [
    "Case",
    "CaseQuerySet",
    "Content",
    "Document",
    "Entry",
    "EntryQuerySet",
    "Receipt",
    "Scan",
]
