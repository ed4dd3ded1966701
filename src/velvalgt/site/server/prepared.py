"""What is ready already, so that a second start does nothing twice.

The note in the data folder is believed only as far as the database agrees: it holds a digest of the
migrations that the code has, and one of those that the database says it has had.
"""

import hashlib
import json
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg

import velvalgt
from velvalgt.site.server import folders, postgres

PACKAGE = Path(velvalgt.__file__).parent
FILE = "prepared.json"
PACKAGES = ("django", "django-htmx", "procrastinate", "whitenoise")
"""Those whose migrations or served files are ours to keep in step with."""


def is_migrated(home: Path) -> bool:
    """Whether the database has had every migration, without loading Django."""
    note = _note(home)
    return note.get("code") == _code() and note.get("applied") == _applied(home)


def is_collected(home: Path) -> bool:
    """Whether the served files are those of the packages."""
    return _note(home).get("served") == _served() and (home / "static").exists()


def has_demo(home: Path) -> bool:
    """Whether the demo is in this database and its duties are computed."""
    note = _note(home)
    return bool(note.get("demo")) and note.get("demo") == _database(home)


def migrated(home: Path) -> None:
    """Note that the database is up to date."""
    _write(home, code=_code(), applied=_applied(home))


def collected(home: Path) -> None:
    """Note that the served files are up to date."""
    _write(home, served=_served())


def demo_built(home: Path, people: list[str]) -> None:
    """Note that the demo is complete, and whom one can sign in as, a line each."""
    _write(home, demo=_database(home), people=people)


def people_of_the_demo(home: Path) -> list[str]:
    """Whom one can sign in as, a line each."""
    people: list[str] = _note(home).get("people", [])
    return people


def _note(home: Path) -> dict[str, Any]:
    path = home / FILE
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, json.JSONDecodeError):  # half written: everything is checked anew
        return {}
    return note if isinstance(note, dict) else {}


def _write(home: Path, **news: str | list[str] | None) -> None:
    draft = folders.open_home(home) / f".{FILE}"
    draft.write_text(json.dumps(_note(home) | news, indent=2), encoding="utf-8")
    draft.replace(home / FILE)


def _code() -> str:
    """A digest of the migrations' names; the settings say which apps take part."""
    names = sorted(str(path) for path in PACKAGE.glob("apps/*/migrations/*.py"))
    settings = (PACKAGE / "site" / "settings.py").read_text(encoding="utf-8")
    return _digest([*names, *map(version, PACKAGES), settings])


def _served() -> str:
    sources = sorted(path for path in PACKAGE.glob("**/static") if path.is_dir())
    return _digest([*map(version, PACKAGES), _fingerprint_of(sources)])


def _applied(home: Path) -> str | None:
    """A digest of the migrations that the database has had; None when it has had none."""
    with postgres.connect("owner", home) as db:
        if db.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return None
        return _digest(db.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2"))


def _database(home: Path) -> str:
    """What tells this database from one made anew under the same name."""
    with postgres.connect("owner", home) as db:
        query = "SELECT oid FROM pg_database WHERE datname = current_database()"
        return _digest([db.info.host, db.info.dbname, *db.execute(query)])


def _fingerprint_of(folders: Iterable[Path]) -> str:
    """A short text that changes when a file in the folders does."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            state = path.stat()
            digest.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _digest(parts: list[Any] | psycopg.Cursor[Any]) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
