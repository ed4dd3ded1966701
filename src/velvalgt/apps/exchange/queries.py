"""The questions about what has come in, what goes out as a copy, and what is kept how long."""

from collections.abc import Iterable
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db.models import Max, QuerySet

from velvalgt.apps.audit.retention import Kept
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.exchange.copy_words import copy_words
from velvalgt.apps.exchange.models import ImportRun
from velvalgt.apps.exchange.reasons import REASONS
from velvalgt.apps.exchange.subject_access import SCHEMA, Table, copy_of, tables_of
from velvalgt.apps.people.choices import Fact
from velvalgt.apps.people.queries import Known

__all__ = [
    "SCHEMA",
    "Table",
    "copy_of",
    "copy_words",
    "kept",
    "reasons_of",
    "runs",
    "tables_of",
    "with_days",
]


def runs() -> QuerySet[ImportRun]:
    """Give the files that were received (indlæsninger), newest first."""
    return ImportRun.objects.order_by("-started_at", "-pk")


KINDS = {
    Fact.SPELL: FileKind.SPELLS,
    Fact.WORK: FileKind.WORK,
    Fact.PAYMENT: FileKind.PAYMENTS,
}
"""In which file a fact comes; the others come with the people."""


def with_days(facts: Iterable[Known]) -> list[Known]:
    """Give facts with the day on which their source's file was last received."""
    newest = ImportRun.objects.values("source", "kind").annotate(at=Max("finished_at"))
    received = {(run["source"], run["kind"]): run["at"] for run in newest.order_by()}
    return [
        replace(known, at=received.get((known.source, KINDS.get(known.fact, FileKind.PEOPLE))))
        if known.source
        else known
        for known in facts
    ]


def reasons_of(run: ImportRun) -> list[tuple[str, int]]:
    """Give why rows of a file were rejected (afvist), in words, with how many rows each."""
    counted = sorted(run.reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    return [(str(REASONS.get(code, code)), rows) for code, rows in counted]


def kept() -> list[Kept]:
    """Give what each station says of how long it keeps what (sletning), in the stations' order."""
    found: list[Kept] = []
    for station in apps.get_app_configs():
        name = f"{station.name}.retention"
        if station.name.startswith("velvalgt.apps.") and find_spec(name):
            found += getattr(import_module(name), "KEPT", ())
    return found
