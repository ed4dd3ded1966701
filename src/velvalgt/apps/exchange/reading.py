"""Reading a file (indlæse): from bytes that nobody vouches for to cells as they were written."""

import csv
import hashlib
import io
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import polars as pl
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from velvalgt.apps.exchange.files import Column

MOST_BYTES = 1 << 29
ROWS_AT_A_TIME = 50_000
_ENCODINGS = {"utf-8-sig": "utf-8", "cp1252": "windows-1252"}
FAULTS = pl.Schema({"row": pl.Int64, "column": pl.String, "code": pl.String})
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "_", "-": "_"})
_BEGINNINGS_OF_OTHER_FILES = (b"PK\x03\x04", b"%PDF", b"\xff\xfe", b"\xfe\xff", b"\xd0\xcf\x11\xe0")
_HOW_TO_SAVE = gettext_lazy("Save it as CSV (UTF-8, separated by semicolons) and try again.")


class FileRefused(Exception):
    """A file cannot be received: nothing of it was kept, and the message says how to mend it."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's text, how it was written, and the fingerprint of its bytes."""

    text: str = field(repr=False)
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Table:
    """A file's rows: `row` from 0, `line` in the file, and text for each field that is present."""

    cells: pl.DataFrame = field(repr=False)
    faults: pl.DataFrame
    present: frozenset[str]


def open_file(path: Path) -> Content:
    """Read a file's text, UTF-8 with or without a mark, or Windows-1252.

    Raises:
        FileRefused: it is not there, no regular file, too large, empty, or not text.
    """
    data = _bytes_of(path)
    if not data.strip():
        raise FileRefused(_("%(file)s is empty. Export it again.") % {"file": path.name})
    if not data.startswith(_BEGINNINGS_OF_OTHER_FILES) and b"\0" not in data.split(b"\n", 1)[0]:
        for codec, encoding in _ENCODINGS.items():
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            return Content(text, encoding, hashlib.sha256(data).hexdigest())
    says = _("%(file)s is not a text file.") % {"file": path.name}
    raise FileRefused(f"{says} {_HOW_TO_SAVE}")


def _bytes_of(path: Path) -> bytes:
    try:
        # Without O_NONBLOCK a named pipe would hold us for ever.
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError as error:
        says = _("%(file)s cannot be opened: %(why)s.")
        raise FileRefused(says % {"file": path.name, "why": error.strerror}) from None
    known = os.fstat(handle)
    if not stat.S_ISREG(known.st_mode):
        os.close(handle)
        raise FileRefused(_("%(file)s is not a regular file.") % {"file": path.name})
    with os.fdopen(handle, "rb") as file:
        if known.st_size > MOST_BYTES:
            says = _("%(file)s is larger than %(most)s MB. Split it, each part with the header.")
            raise FileRefused(says % {"file": path.name, "most": MOST_BYTES >> 20})
        return file.read()


def read(content: Content, columns: Sequence[Column], name: str) -> Table:
    """Read the rows of a file whose header names the columns.

    Lines without any content are passed over.

    Args:
        content: the file's text.
        columns: what the file may hold.
        name: the file's name, for the message.

    Raises:
        FileRefused: the header does not hold.
    """
    reader = csv.reader(io.StringIO(content.text, newline=""), delimiter=";", strict=True)
    try:
        header = [_plain(cell) for cell in next(reader)]
    except (csv.Error, StopIteration):
        header = []
    _check_header(header, columns, name)
    known = {column.name: column.field for column in columns}
    places = {known[cell]: place for place, cell in enumerate(header) if cell in known}
    parts, faults, rows = [], [], 0
    for part in _parts(reader, len(header)):
        parts.append(_frame(part, places, rows))
        faults.append(_line_faults(part, rows))
        rows += len(part.lines)
    empty = _frame(_Part(), places, 0)
    return Table(
        pl.concat([empty, *parts]),
        pl.concat([pl.DataFrame(schema=FAULTS), *faults]),
        frozenset(places),
    )


def _plain(cell: str) -> str:
    return cell.strip().lower().translate(_LETTERS)


def _check_header(header: list[str], columns: Sequence[Column], name: str) -> None:
    required = {column.name for column in columns if column.is_required}
    lacking = [column.name for column in columns if column.name in required - set(header)]
    if len(header) == 1 and lacking:
        for mark, called in ((",", _("commas")), ("\t", _("tabs")), ("|", _("bars"))):
            if required & {_plain(cell) for cell in header[0].split(mark)} and mark in header[0]:
                says = _("%(file)s is separated by %(mark)s, and must be by semicolons.")
                raise FileRefused(f"{says % {'file': name, 'mark': called}} {_HOW_TO_SAVE}")
    if lacking:
        says = _("Line 1 of %(file)s lacks the column %(columns)s. Its header must be: %(header)s.")
        whole = ";".join(column.name for column in columns)
        named = ", ".join(lacking)
        raise FileRefused(says % {"file": name, "columns": named, "header": whole})
    known = {column.name for column in columns}
    twice = [cell for cell, times in Counter(header).items() if times > 1 and cell in known]
    if twice:
        says = _("Line 1 of %(file)s names the column %(columns)s more than once. Remove one.")
        raise FileRefused(says % {"file": name, "columns": ", ".join(twice)})


@dataclass(slots=True)
class _Part:
    """Some rows in file order: their cells, their lines, and what was wrong with a whole line."""

    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    faults: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, cells: list[str], width: int) -> None:
        """Add a row, made as wide as the header."""
        if len(cells) < width:
            self.faults.append((len(self.lines), "too_few_cells"))
        elif any(cells[width:]):
            self.faults.append((len(self.lines), "too_many_cells"))
        self.cells.append((cells + [""] * width)[:width] if len(cells) != width else cells)
        self.lines.append(line)

    def add_unreadable(self, line: int, width: int) -> None:
        """Add a row whose cells cannot be told apart."""
        self.faults.append((len(self.lines), "bad_quotes"))
        self.cells.append([""] * width)
        self.lines.append(line)


def _parts(reader: Iterator[list[str]], width: int) -> Iterator[_Part]:
    rows = _rows(reader)
    while chunk := list(islice(rows, ROWS_AT_A_TIME)):
        part = _Part()
        for line, cells in chunk:
            if cells is None:
                part.add_unreadable(line, width)
            else:
                part.add(line, cells, width)
        yield part


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str] | None]]:
    """Each row with the line it starts on; None for one whose quotation marks do not match."""
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield line, None
            continue
        if any(cell and not cell.isspace() for cell in cells):
            yield line, cells


def _frame(part: _Part, places: dict[str, int], first: int) -> pl.DataFrame:
    values = list(zip(*part.cells, strict=True))
    cells = {
        name: pl.Series(name, values[place] if values else [], dtype=pl.String)
        for name, place in places.items()
    }
    height = len(part.lines)
    frame = pl.DataFrame(
        {
            "row": pl.int_range(first, first + height, dtype=pl.Int64, eager=True),
            "line": pl.Series(part.lines, dtype=pl.Int64),
            **cells,
        }
    )
    stripped = (pl.col(name).str.strip_chars() for name in places)
    return frame.with_columns(*stripped).with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in places
    )


def _line_faults(part: _Part, first: int) -> pl.DataFrame:
    rows = [{"row": first + row, "column": "", "code": code} for row, code in part.faults]
    return pl.DataFrame(rows, schema=FAULTS)
