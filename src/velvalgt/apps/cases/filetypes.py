"""Which files we take, told by name and content together; a name alone proves nothing."""

from io import BytesIO
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

import puremagic
from django.utils.translation import gettext as _

from velvalgt.web.uploads import MOST_BYTES, TOO_LARGE

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument.text"
MEDIA_TYPES = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".txt": "text/plain",
    ".docx": WORD,
    ".odt": OPEN_DOCUMENT,
}
HOLDS = {".docx": "word/document.xml", ".odt": "content.xml"}
"""The part that makes a packed file what its name says; every packed file looks alike outside."""
MACROS = "vbaproject.bin"


class CannotKeep(Exception):
    """Files that we cannot take in; each reason says what and how to mend it."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def media_type_of(name: str, content: bytes) -> str:
    """Tell a file's type by its content and its name, which must agree.

    Raises:
        CannotKeep: it is empty, too large, or of a type that we do not take.
    """
    if not content:
        raise CannotKeep(_("The file is empty. Choose another one."))
    if len(content) > MOST_BYTES:
        raise CannotKeep(str(TOO_LARGE))
    ending = PurePath(name).suffix.lower()
    media_type = MEDIA_TYPES.get(ending)
    if media_type is None or not _looks_like(ending, content):
        raise CannotKeep(
            _("We cannot take this type of file. Send a PDF, a picture, a Word file or plain text.")
        )
    return media_type


def _looks_like(ending: str, content: bytes) -> bool:
    if ending == ".txt":
        return _is_text(content)
    try:
        found = {each.extension for each in puremagic.magic_string(content)}
    except puremagic.PureError:
        return False
    return ending in found and (ending not in HOLDS or _holds(HOLDS[ending], content))


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def _holds(part: str, content: bytes) -> bool:
    """Whether a packed file has a part, and no macros; nothing is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = packed.namelist()
    except (BadZipFile, ValueError, NotImplementedError):
        return False
    return part in names and not any(name.lower().endswith(MACROS) for name in names)
