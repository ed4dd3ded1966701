"""All of a citizen's documents to keep: in parts of a bounded size, under safe names."""

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from velvalgt.apps.cases.quarantine import Held, content_of

MOST_BYTES_A_PART = 50 * 1024 * 1024
LONGEST = 120
FORBIDDEN = set('<>:"/\\|?*')
CONTENTS = "SHA256SUMS.txt"


def parts_of(held: Sequence[Held], most: int = MOST_BYTES_A_PART) -> list[list[Held]]:
    """Divide the documents that may be opened into parts, the oldest first.

    A new document goes to the last part, so the others stay what they were.

    Args:
        held: the documents, in any order.
        most: how many bytes a part may hold; one larger than that is a part of its own.
    """
    parts: list[list[Held]] = []
    room = 0
    ready = (each for each in held if each.is_ready)
    for each in sorted(ready, key=lambda one: (one.document.added_at, one.document.pk)):
        if not parts or each.document.size > room:
            parts.append([])
            room = most
        parts[-1].append(each)
        room -= each.document.size
    return parts


def packed(part: Sequence[Held], left_out: Iterable[Held]) -> bytes:
    """Pack a part of a citizen's documents (pakke) with a list of their hashes.

    Args:
        part: documents that may be opened.
        left_out: those that may not; the list names them.
    """
    file = BytesIO()
    sums = []
    names = safe_names([_dated(each) for each in part])
    with ZipFile(file, "w", ZIP_STORED) as pack:
        for each, name in zip(part, names, strict=True):
            content = content_of(each.document)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}")
            pack.writestr(_entry(name, each), content)
        listed = [*_comments(left_out), *sums]
        pack.writestr(CONTENTS, "\n".join([*listed, ""]))
    return file.getvalue()


def safe_names(names: Sequence[str]) -> list[str]:
    """Make file names that any machine can unpack: one plain name each, none twice.

    No name leads to another folder, none is hidden, and two that differ by case alone are two.
    """
    taken: set[str] = set()
    return [_untaken(_safe(name), taken) for name in names]


def _safe(name: str) -> str:
    plain = unicodedata.normalize("NFC", name)
    signs = (
        "_"
        if sign in FORBIDDEN or not sign.isprintable() or 0xD800 <= ord(sign) <= 0xDFFF
        else sign
        for sign in plain
    )
    stem, dot, ending = "".join(signs).rpartition(".")
    stem, ending = (
        (stem, dot + ending) if dot and 0 < len(ending) <= 5 else (stem + dot + ending, "")
    )
    return (stem.strip(" .")[:LONGEST].strip(" .") or "fil") + ending.rstrip(" .")


def _untaken(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    found, number = name, 1
    while found.casefold() in taken:
        number += 1
        found = f"{stem} ({number}){dot}{ending}"
    taken.add(found.casefold())
    return found


def _dated(held: Held) -> str:
    return f"{timezone.localtime(held.document.added_at):%Y-%m-%d} {held.document.name}"


def _entry(name: str, held: Held) -> ZipInfo:
    added = timezone.localtime(held.document.added_at)
    entry = ZipInfo(name, date_time=added.timetuple()[:6])
    entry.external_attr = 0o600 << 16
    return entry


def _comments(left_out: Iterable[Held]) -> Iterator[str]:
    """Name what is not there and why, in lines that `sha256sum --check` passes over."""
    for each in left_out:
        name = _safe(_dated(each))
        yield "# " + _("Not included: %(name)s (%(why)s)") % {
            "name": name,
            "why": each.availability.label,
        }
