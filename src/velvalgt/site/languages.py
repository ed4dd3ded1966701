"""The languages of the pages: those whose catalogues are there, Danish and English first.

A further language is a folder `languages/<code>/LC_MESSAGES/django.po` in the data folder; it is
found, compiled and offered at the next start. What it lacks is said in Danish.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, UnknownLocaleError

OURS = ("da", "en")
_CODE = re.compile(r"^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$")


def folder(home: Path) -> Path:
    """Where an installation keeps further catalogues."""
    return home / "languages"


def found(home: Path) -> list[tuple[str, str]]:
    """Give each language's code and its own name for itself.

    A folder that names no language is passed over.
    """
    further = sorted(path.parent.parent.name for path in folder(home).glob("*/LC_MESSAGES/*.po"))
    return [(code, name) for code in _once([*OURS, *further]) if (name := own_name(code))]


def own_name(code: str) -> str:
    """What a language calls itself: "da" is "Dansk"; "" for what is no language."""
    try:
        name = Locale.parse(code.replace("-", "_")).get_display_name()
    except (UnknownLocaleError, ValueError):
        return ""
    return (name or "").capitalize()


def _once(codes: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(code for code in codes if _CODE.match(code)))
