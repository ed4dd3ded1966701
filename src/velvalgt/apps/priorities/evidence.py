"""The table of studies that plans go by here: the municipality's own copy, or the shipped one."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from velvalgt.core.effect import Evidence, load_evidence

THEIRS = "evidence"
"""The name of a municipality's own folder in the data folder; it stands instead of ours."""


def evidence() -> Evidence:
    """Give the table (evidenstabel), read again where a file of it has changed.

    Raises:
        EvidenceError: the municipality's copy does not hold; it names file, row and field.
    """
    folder = theirs()
    if not folder.is_dir():
        return load_evidence()
    files = sorted(folder.iterdir())
    return _read(folder, tuple((file.name, *_size_and_time(file)) for file in files))


def theirs() -> Path:
    """Where the municipality's own copy lies, if there is one."""
    return Path(settings.HOME) / THEIRS


def _size_and_time(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_size, found.st_mtime_ns


def checked(folder: Path) -> str:
    """Read a copy, and give its version; no database is needed.

    Raises:
        EvidenceError: as `evidence`.
    """
    return load_evidence(folder).version


@lru_cache(maxsize=4)
def _read(folder: Path, changed: tuple[tuple[str, int, int], ...]) -> Evidence:
    return load_evidence(folder)
