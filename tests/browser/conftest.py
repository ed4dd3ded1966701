"""The real site on a free port, and a visitor who looks closely at every page."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.db import connections
from playwright.sync_api import Page

from tests.browser import municipality
from tests.browser.visitor import Visitor
from tests.conftest import migrate
from velvalgt.site import languages
from velvalgt.site.server import assets, postgres, processes, secrets

DATABASE = "velvalgt_browser"
ROOT = Path(__file__).parents[2]
Happen = Callable[[Callable[[], None]], None]
VIEWS = {"danish-phone": ("da", 360), "english-desktop": ("en", 1280)}
LOOKS_AT_ALL = bool(os.environ.get("VELVALGT_TEST_ALL"))
if LOOKS_AT_ALL:
    VIEWS |= {"english-phone": ("en", 360), "danish-desktop": ("da", 1280)}
ARABIC = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "My page"
msgstr "صفحتي"

msgid "Call me"
msgstr "اتصل بي"

msgid "Rights and duties"
msgstr "الحقوق والواجبات"
"""
"""A further language that an installation might bring, far from whole."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything here as a browser test; the jurist comes last.

    What two people have confirmed stays in effect, and would pause what others wait for.
    """
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.name == "test_jurist.py")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, kept from calling home."""
    quiet = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run"
        " --disable-background-networking --disable-component-update --disable-sync"
    )
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": found, "args": quiet.split()}


@pytest.fixture(scope="session")
def base_url() -> None:
    """None; the plugin's own fixture for it warns, and a warning is an error here."""


@pytest.fixture(scope="session")
def site(database_server: Path, django_db_blocker: Any) -> Iterator[str]:
    """The address of the site, served by the web role from a database of its own."""
    if not assets.is_built():
        assets.publish()
    further = languages.folder(database_server) / "ar" / "LC_MESSAGES"
    further.mkdir(parents=True, exist_ok=True)
    (further / "django.po").write_text(ARABIC, encoding="utf-8")
    assets.compile_texts(more=languages.folder(database_server))
    postgres.prepare_roles(database_server, DATABASE)
    migrate(DATABASE)
    with _as_worker(database_server, django_db_blocker):
        municipality.build()
    port = _free_port()
    with (database_server / "logs" / "browser.log").open("wb") as log:
        environment = _environment(database_server, "web")
        web = subprocess.Popen(_serve(port), cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _await(port, web)
        yield f"http://127.0.0.1:{port}"
    finally:
        web.terminate()
        web.wait(timeout=15)


@pytest.fixture
def happen(site: str, database_server: Path, django_db_blocker: Any) -> Happen:
    """Let something happen in the municipality: one of the functions of `municipality`."""

    def happening(what: Callable[[], None]) -> None:
        with _as_worker(database_server, django_db_blocker), municipality.acting_there():
            what()

    return happening


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test its visitor: one of two, always the same; all four where that is asked for."""
    if "visitor" not in metafunc.fixturenames:
        return
    names = list(VIEWS)
    if not LOOKS_AT_ALL:
        names = [names[crc32(metafunc.function.__name__.encode()) % len(names)]]
    metafunc.parametrize("visitor", [VIEWS[name] for name in names], ids=names, indirect=True)


@pytest.fixture
def visitor(request: pytest.FixtureRequest, page: Page, site: str) -> Iterator[Visitor]:
    """Somebody on a phone who reads Danish, or somebody at a desk who reads English."""
    language, width = request.param
    page.set_viewport_size({"width": width, "height": 800})
    guest = Visitor(page, site, language, f"{language}-{width}")
    yield guest
    guest.leave()


@contextmanager
def _as_worker(home: Path, blocker: Any) -> Iterator[None]:
    """Have this process work in the browser's database, as the worker of an installation."""
    entry = postgres.connection("worker", home, DATABASE)
    before = connections["default"]
    worker = type(before)({**before.settings_dict, **entry}, alias="default")
    connections["default"] = worker
    try:
        with blocker.unblock():
            yield
    finally:
        with blocker.unblock():
            worker.close()
        connections["default"] = before


def _environment(home: Path, role: str) -> dict[str, str]:
    passwords = secrets.load(home).passwords
    entry = postgres.connection(role, home)
    addresses = {
        variable: f"host='{entry['HOST']}' port={entry['PORT']} dbname={DATABASE}"
        f" user=velvalgt_{each} password={passwords[each]}"
        for each, variable in postgres.ADDRESSES.items()
    }
    python_path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    settings = "velvalgt.site.settings"
    return {
        **os.environ,
        **addresses,
        "PYTHONPATH": python_path,
        "DJANGO_SETTINGS_MODULE": settings,
        "VELVALGT_ROLE": role,
        "VELVALGT_CALENDAR_HOSTS": "kalender.example",
    }


def _serve(port: int) -> list[str]:
    options = f"--bind=127.0.0.1:{port} --worker-class=gthread --workers=1 --threads=4"
    words = [*options.split(), "--no-control-socket", "velvalgt.site.wsgi:application"]
    return [sys.executable, "-m", "gunicorn", *words]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, web: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while not processes.answers(port):
        assert web.poll() is None, "The site did not start; see browser.log."
        assert time.monotonic() < deadline, "The site did not answer within a minute."
        time.sleep(0.2)
