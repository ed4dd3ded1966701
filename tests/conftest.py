"""The real database for every test that needs one: made once a run, walled as in production."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

HOME = Path(tempfile.mkdtemp(prefix="velvalgt-test-"))
HOME.chmod(0o711)
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
(HOME / "static").mkdir()
os.environ["VELVALGT_HOME"] = str(HOME)
os.environ["VELVALGT_ENV"] = "test"
os.environ["DJANGO_SETTINGS_MODULE"] = "velvalgt.site.settings"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
if chosen := os.environ.get("VELVALGT_TEST_PG_BIN"):
    os.environ["PG_BIN"] = chosen

import django  # noqa: E402 - the environment decides what the imports below see
import pytest  # noqa: E402
from psycopg import sql  # noqa: E402

from velvalgt.site.server import postgres, secrets  # noqa: E402

django.setup()

if TYPE_CHECKING:
    from tests.world.municipality import World

LOGIN = "velvalgt_test"


def pytest_configure(config: pytest.Config) -> None:
    """Let the browsers of two processes keep their downloads apart."""
    config.option.output = str(HOME / "browser")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Keep a process beside this one from reading the settings before it has its own folder."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


@pytest.fixture(scope="session")
def database_server() -> Iterator[Path]:
    """A PostgreSQL server with the three roles and a migrated database; stopped at the end."""
    postgres.start(HOME, durable=False)
    try:
        postgres.prepare_roles(HOME)
        migrate("velvalgt")
        _make_test_login()
        yield HOME
    finally:
        postgres.stop(HOME)
        shutil.rmtree(HOME, ignore_errors=True)


def migrate(database: str) -> None:
    """Migrate as the owner in a process of its own, as an installation does."""
    code = (
        "import os, django; from django.conf import settings; django.setup();"
        "from django.core.management import call_command;"
        f"settings.DATABASES['default']['NAME'] = {database!r};"
        "call_command('migrate', verbosity=0, skip_checks=True)"
    )
    env = {
        **os.environ,
        "VELVALGT_ROLE": "owner",
        "DJANGO_SETTINGS_MODULE": "velvalgt.site.settings",
    }
    subprocess.run([sys.executable, "-c", code], check=True, env=env)


def _make_test_login() -> None:
    """A login that is the web role unless a test says otherwise; passes no policy."""
    with postgres.superuser(HOME) as db:
        password = secrets.load(HOME).passwords["web"]
        db.execute(
            sql.SQL(
                "CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT PASSWORD {}"
                " IN ROLE velvalgt_web, velvalgt_worker, velvalgt_owner"
            ).format(sql.Identifier(LOGIN), sql.Literal(password))
        )
        db.execute(
            sql.SQL("GRANT CONNECT ON DATABASE velvalgt TO {}").format(sql.Identifier(LOGIN))
        )


@pytest.fixture(scope="session")
def django_db_setup(database_server: Path, django_db_blocker: object) -> Iterator[None]:
    """Let Django's tests use that database, as the web role."""
    from django.db import connections

    for alias in ("default", "refusals"):
        settings = connections[alias].settings_dict
        settings["USER"] = LOGIN
        settings["OPTIONS"] = {"options": "-c role=velvalgt_web"}
        settings["CONN_MAX_AGE"] = 0
    yield
    for alias in ("default", "refusals"):
        with django_db_blocker.unblock():  # type: ignore[attr-defined]
            connections[alias].close()


@pytest.fixture
def world(db: None) -> "World":
    """A municipality, its people, and a neighbour."""
    from tests.world.municipality import build_world

    return build_world()


@pytest.fixture
def lasting(django_db_setup: None, django_db_blocker: Any) -> Iterator["World"]:
    """A world that other connections see, too; emptied again by the owner of the tables."""
    from django.db import connection

    from tests.world.municipality import build_world
    from tests.world.roles import as_role

    with django_db_blocker.unblock():
        try:
            yield build_world()
        finally:
            with as_role("owner"), connection.cursor() as cursor:
                cursor.execute("truncate staff_tenant, audit_trace, audit_seal cascade")
            connection.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test that has the database have the refusals' own connection to it, too."""
    for item in items:
        if "db" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.django_db(databases=["default", "refusals"]))


@pytest.fixture(autouse=True)
def danish() -> None:
    """Begin each test in Danish, whatever language the one before answered in."""
    from django.utils import translation

    translation.activate("da")
