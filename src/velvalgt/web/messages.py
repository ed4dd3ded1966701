"""The texts that people read: found in code and templates, kept with their Danish."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message, pofile
from babel.messages.extract import extract
from django.utils.translation.template import templatize

import velvalgt

PACKAGE = Path(velvalgt.__file__).parent
LANGUAGE = "da"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENTS = ["Translators:"]
HEADER = r"""msgid ""
msgstr ""
"Language: da\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

"""


def packages() -> list[Path]:
    """Give the folders that hold texts with their translations: those of Django's apps."""
    return sorted(path.parent for path in PACKAGE.glob("**/apps.py"))


def found_in(package: Path) -> Catalog:
    """Gather the texts of a package's code and templates, without translations."""
    catalog = Catalog(project="Velvalgt", charset="utf-8")
    for path in sorted((*package.glob("**/*.py"), *package.glob("templates/**/*.html"))):
        for _line, messages, comments, context in _texts_of(path):
            catalog.add(messages, auto_comments=comments, context=context)
    return catalog


def catalogue_of(package: Path) -> Path:
    """Where a package keeps its Danish."""
    return package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def untranslated(package: Path) -> list[str]:
    """Give the texts of a package that have no Danish yet, or whose Danish is only a guess."""
    known = _read(package)
    texts = [message for message in found_in(package) if message.id]
    return [str(text.id) for text in texts if not _is_translated(known, text)]


def update() -> dict[Path, int]:
    """Bring every catalogue in step with code and templates; what is new waits for its Danish.

    Returns:
        How many texts of each catalogue wait for their Danish.
    """
    return {catalogue_of(package): _update(package) for package in packages()}


def _update(package: Path) -> int:
    found = found_in(package)
    if not len(found):
        return 0
    known = _read(package)
    known.update(found, no_fuzzy_matching=True, update_creation_date=False)
    known.obsolete.clear()
    write(known, catalogue_of(package))
    return len(untranslated(package))


def write(catalog: Catalog, path: Path) -> None:
    """Write a catalogue in order, without dates and names that would change at each run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        pofile.write_po(
            file, catalog, width=100, no_location=True, omit_header=True, sort_output=True
        )


def _texts_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        code = templatize(source, origin=str(path))  # a text never spans lines in it
        source = "\n".join(line.lstrip() for line in code.splitlines())
    yield from extract("python", BytesIO(source.encode()), KEYWORDS, COMMENTS)


def _read(package: Path) -> Catalog:
    path = catalogue_of(package)
    if not path.exists():
        return Catalog(locale=LANGUAGE, project="Velvalgt", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return pofile.read_po(file, locale=LANGUAGE, abort_invalid=True)


def _is_translated(known: Catalog, text: Message) -> bool:
    held = known.get(text.id, text.context)
    if held is None or held.fuzzy:
        return False
    forms = held.string if isinstance(held.string, tuple | list) else (held.string,)
    return all(forms)
