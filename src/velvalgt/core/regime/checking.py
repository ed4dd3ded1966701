"""Somebody's own law files held against the schema, the book and their examples."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from velvalgt.core.regime.book import LawBook
from velvalgt.core.regime.examples import Miss, examples_of, miss
from velvalgt.core.regime.files import LawError, faults_of, files_of, read_laws
from velvalgt.core.regime.schema import LawFile


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found: faults of the files; or the book that they make, with its examples run.

    `moved` are shipped examples that come out otherwise because of the folder's dispensations,
    which is what those are for.
    """

    faults: tuple[LawError, ...]
    book: LawBook | None = None
    files: tuple[str, ...] = ()
    examples: int = 0
    misses: tuple[Miss, ...] = ()
    moved: tuple[Miss, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the files may be used."""
        return not self.faults and not self.misses


def checked(folder: Path) -> Checked:
    """Check a folder of law files, laid over the law that Velvalgt ships.

    Args:
        folder: holds `*.yaml`.

    Returns:
        All faults of each file for itself; where there are none, the first that shows only between
        files; where there is none, every example that does not hold. The folder's own examples see
        all of it, the shipped ones all but the folder's dispensations.
    """
    try:
        own = {path.name: faults_of(path) for path in files_of(folder)}
        faults = [fault for found in own.values() for fault in found]
        if faults:
            return Checked(tuple(faults))
        files, version = read_laws(folder)
        book = LawBook(files, version)
    except LawError as error:
        return Checked((error,))
    plain = LawBook({name: _without(file, name in own) for name, file in files.items()}, version)
    mine, shipped = (
        [
            (rule, each)
            for name, file in files.items()
            if (name in own) is here
            for rule, each in examples_of(file)
        ]
        for here in (True, False)
    )
    missed = [found for rule, each in mine if (found := miss(book, rule, each))]
    missed += [found for rule, each in shipped if (found := miss(plain, rule, each))]
    moved = [found for rule, each in shipped if (found := miss(book, rule, each))]
    return Checked(
        (),
        book,
        tuple(own),
        len(mine) + len(shipped),
        tuple(missed),
        tuple(found for found in moved if found not in missed),
    )


def _without(file: LawFile, is_own: bool) -> LawFile:
    return file.model_copy(update={"dispensations": ()}) if is_own else file
