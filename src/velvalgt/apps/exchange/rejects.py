"""The rejects file (afvist): each bad cell with its line, what it held, and why."""

import contextlib
import csv
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

import polars as pl
from django.utils import translation

from velvalgt.apps.exchange.files import Column
from velvalgt.apps.exchange.reading import Table
from velvalgt.apps.exchange.reasons import REASONS
from velvalgt.apps.people import cpr

HEADER = ("linje", "kolonne", "vaerdi", "aarsag", "kode")
LONGEST_VALUE = 80
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def path_of(path: Path) -> Path:
    """Where the rejects of a file are written: beside it."""
    return path.with_name(f"{path.name}.afvist.csv")


def write(path: Path, table: Table, faults: pl.DataFrame, columns: Iterable[Column]) -> Path | None:
    """Write the rejects of a file beside it, readable for its owner alone.

    A CPR number, or what looks like one, is masked. Nothing in the file starts a formula.

    Args:
        path: the file that was read.
        table: its rows as written.
        faults: row, column, code.
        columns: what the file may hold.

    Returns:
        The rejects file; None when there is nothing to reject, and an old one is then removed.
    """
    target = path_of(path)
    if faults.is_empty():
        with contextlib.suppress(FileNotFoundError):
            target.unlink()
        return None
    draft = target.with_name(f".{secrets.token_hex(8)}.afvist")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with (
        os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file,
        translation.override("da"),
    ):
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        writer.writerows(_lines(table, faults, {column.name: column.field for column in columns}))
    draft.replace(target)
    return target


def _lines(
    table: Table, faults: pl.DataFrame, fields: dict[str, str]
) -> Iterator[tuple[int, str, str, str, str]]:
    numbers = table.cells["line"]
    for row, column, code in faults.sort("row", maintain_order=True).iter_rows():
        field = fields.get(column)
        value = table.cells[field][row] if field in table.present else None
        yield numbers[row], column, _shown(column, value or ""), str(REASONS[code]), code


def _shown(column: str, value: str) -> str:
    """The value as it may be shown: short, without CPR numbers and formulas."""
    safe = cpr.hidden(value) if column == "cpr" else cpr.masked(value)
    plain = "".join(mark if mark.isprintable() else "�" for mark in safe[:LONGEST_VALUE])
    return f"'{plain}" if plain.startswith(_STARTS_A_FORMULA) else plain
