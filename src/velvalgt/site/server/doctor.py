"""What an installation needs, checked one by one, with a way to mend each."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import psycopg
from packaging.requirements import Requirement

from velvalgt.apps.cases.scanner import Scanner, ScannerSilent
from velvalgt.apps.meetings import machine, types
from velvalgt.apps.priorities import evidence
from velvalgt.site.server import assets, folders, postgres, prepared, roles

OLDEST_PYTHON = (3, 11)
FREE_BYTES = 1_000_000_000
PATIENCE_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Finding:
    """One need: whether it is met, what was seen, and how to mend it when it is not."""

    need: str
    is_met: bool
    seen: str
    mend: str = ""


def examine(home: Path) -> Iterator[Finding]:
    """Check each need in turn; a check that breaks is itself a finding."""
    for need, check in CHECKS.items():
        try:
            yield check(need, home)
        except (OSError, psycopg.Error, postgres.ServerFailed, folders.Unreachable) as error:
            yield Finding(need, False, str(error).strip(), "Mend what the message names.")


def _python(need: str, home: Path) -> Finding:
    seen = ".".join(map(str, sys.version_info[:3]))
    return Finding(need, sys.version_info >= OLDEST_PYTHON, seen, "Install Python 3.11 or newer.")


def _packages(need: str, home: Path) -> Finding:
    wanted = [Requirement(line) for line in metadata.requires("velvalgt") or []]
    wrong = [str(each) for each in wanted if not each.marker and not _is_installed(each)]
    seen = f"missing or of another version: {', '.join(wrong)}" if wrong else f"{len(wanted)} there"
    return Finding(need, not wrong, seen, "Run `make setup` again.")


def _is_installed(requirement: Requirement) -> bool:
    try:
        return requirement.specifier.contains(metadata.version(requirement.name), prereleases=True)
    except metadata.PackageNotFoundError:
        return False


def _front_end(need: str, home: Path) -> Finding:
    if assets.is_built():
        return Finding(need, True, str(assets.VENDOR))
    has_npm = shutil.which("npm") is not None
    mend = "Run `velvalgt build`." if has_npm else "Install npm, then run `velvalgt build`."
    return Finding(need, False, "not built, or of another version", mend)


def _texts(need: str, home: Path) -> Finding:
    found = assets.catalogues()
    stale = [path for path in found if not assets.is_compiled(path)]
    seen = f"{len(stale)} of {len(found)} not compiled" if stale else f"{len(found)} compiled"
    return Finding(need, not stale, seen, "Run `velvalgt build`.")


def _letters(need: str, home: Path) -> Finding:
    # In a process of its own: the library is heavy, and a broken one may take the process along.
    command = [sys.executable, "-c", "import weasyprint"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - ours
    last_line = (done.stderr.strip().splitlines() or ["it did not start"])[-1]
    mend = "Install Pango (Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0)."
    return Finding(
        need, done.returncode == 0, "can be set" if not done.returncode else last_line, mend
    )


def _data_folder(need: str, home: Path) -> Finding:
    folders.open_home(home)
    free = shutil.disk_usage(home).free
    is_met = os.access(home, os.W_OK) and free >= FREE_BYTES
    mend = "Make room for 1 GB, or choose another folder with VELVALGT_HOME."
    return Finding(need, is_met, f"{home}, {free // 1_000_000_000} GB free", mend)


def _secrets(need: str, home: Path) -> Finding:
    path = home / "secrets.json"
    if not path.exists():
        return Finding(need, True, "made at the first start")
    mode = path.stat().st_mode & 0o777
    return Finding(need, mode == 0o600, f"{path}, mode {mode:o}", f"Run: chmod 600 {path}")


def _database_programs(need: str, home: Path) -> Finding:
    if postgres.is_external():
        return Finding(need, True, "not needed: DATABASE_URL is set")
    command = [str(postgres.binaries() / "postgres"), "--version"]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        command, check=False, capture_output=True, text=True, cwd="/", **folders.run_as(home)
    )
    mend = "Set PG_BIN to the programs of PostgreSQL 15 or newer."
    return Finding(need, done.returncode == 0, (done.stdout or done.stderr).strip(), mend)


def _database(need: str, home: Path) -> Finding:
    if not (postgres.is_external() or postgres.is_running(home)):
        return Finding(need, True, "not running; `velvalgt serve` starts it")
    for role in roles.ADDRESSES:
        with postgres.connect(role, home) as db:
            row = db.execute(
                "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
            ).fetchone()
        if row != (False,):
            mend = "See docs/how-to/run-and-operate.md on the three roles."
            return Finding(need, False, f"the login of {role} passes row-level security", mend)
    return Finding(need, True, f"answers {', '.join(roles.ADDRESSES)}")


def _migrations(need: str, home: Path) -> Finding:
    if not (postgres.is_external() or postgres.is_running(home)):
        return Finding(need, True, "checked when the database runs")
    is_met = prepared.is_migrated(home)
    return Finding(need, is_met, "up to date" if is_met else "pending", "Run `velvalgt migrate`.")


def _virus_scanner(need: str, home: Path) -> Finding:
    address = os.environ.get("VELVALGT_CLAMD", "")
    if not address:
        seen = "none: documents are served unscanned; VELVALGT_CLAMD names one"
        return Finding(need, True, seen)
    mend = "Start ClamAV's clamd, or mend VELVALGT_CLAMD; until then new documents stay shut."
    try:
        return Finding(need, True, Scanner(address, seconds=PATIENCE_SECONDS).version())
    except (ValueError, ScannerSilent) as error:
        return Finding(need, False, str(error), mend)


def _meeting_types(need: str, home: Path) -> Finding:
    path = home / types.THEIRS
    if not path.exists():
        return Finding(need, True, "the shipped ones")
    mend = "Mend what the message names, or take the file away; see `velvalgt meeting-types`."
    try:
        read = types.read_types(path.read_text(encoding="utf-8"), path.name)
    except (types.BadTypes, UnicodeDecodeError) as error:
        return Finding(need, False, str(error), mend)
    return Finding(need, True, f"{len(read)} of {path}")


def _invitation_steps(need: str, home: Path) -> Finding:
    path = home / machine.THEIRS
    if not path.exists():
        return Finding(need, True, "the shipped ones")
    mend = "Mend what the message names, or take the file away; see meeting-files.md."
    try:
        read = machine.read_steps(path.read_text(encoding="utf-8"), path.name)
    except (machine.BadSteps, UnicodeDecodeError) as error:
        return Finding(need, False, str(error), mend)
    return Finding(need, True, f"{len(read.steps)} of {path}")


def _evidence(need: str, home: Path) -> Finding:
    path = home / evidence.THEIRS
    if not path.exists():
        return Finding(need, True, "the shipped table")
    mend = "Mend what the message names, or take the folder away; see evidence-table.md."
    try:
        version = evidence.checked(path)
    except ValueError as error:
        return Finding(need, False, str(error), mend)
    return Finding(need, True, f"version {version} of {path}")


CHECKS: dict[str, Callable[[str, Path], Finding]] = {
    "Python": _python,
    "packages": _packages,
    "front end": _front_end,
    "translations": _texts,
    "letters": _letters,
    "data folder": _data_folder,
    "secrets": _secrets,
    "PostgreSQL": _database_programs,
    "database": _database,
    "migrations": _migrations,
    "virus scanner": _virus_scanner,
    "meeting types": _meeting_types,
    "invitations": _invitation_steps,
    "evidence": _evidence,
}
