"""One installation from its first start to its second: what dies comes back, Ctrl-C ends all."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from tests.site.server.conftest import empty_home

from velvalgt.site.server import folders, postgres

COMMAND = (sys.executable, "-m", "velvalgt.cli", "serve")
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Served:
    """A running `velvalgt serve`."""

    home: Path
    port: int
    process: subprocess.Popen[bytes]
    output: Path

    def is_ready(self) -> bool:
        """Whether site and database answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def said(self, words: str) -> bool:
        """Whether it has said so."""
        return words in self.output.read_text()

    def child(self, words: str) -> int:
        """The process number of the child whose command holds the words."""
        children = psutil.Process(self.process.pid).children()
        return next(child.pid for child in children if words in " ".join(child.cmdline()))


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something to become true.

    Raises:
        TimeoutError: it did not.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError
        time.sleep(0.1)


@contextmanager
def serving(home: Path, port: int) -> Iterator[Served]:
    """Serve from the moment when the site answers."""
    output = home.parent / f"output-{time.monotonic_ns()}"
    env = {**os.environ, "VELVALGT_HOME": str(home), "VELVALGT_ENV": "test"}
    with output.open("wb") as out:
        process = subprocess.Popen(
            [*COMMAND, f"--port={port}"], stdout=out, stderr=out, env=env, start_new_session=True
        )
    served = Served(home, port, process, output)
    try:
        wait_until(lambda: served.said("Velvalgt is at") or process.poll() is not None)
        assert served.said("Velvalgt is at"), output.read_text()
        yield served
    finally:
        process.terminate()
        process.wait(PATIENCE_SECONDS)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """An installation that serves."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with empty_home() as home, serving(home, port) as running:
        yield running


def test_the_site_answers_with_its_database(served: Served) -> None:
    assert served.is_ready()


def test_a_second_serve_on_the_same_data_says_so_and_leaves_with_1(served: Served) -> None:
    env = {**os.environ, "VELVALGT_HOME": str(served.home)}

    second = subprocess.run(COMMAND, check=False, capture_output=True, text=True, env=env)

    assert second.returncode == 1
    assert f"runs already from {served.home}" in second.stderr


@pytest.mark.parametrize(("name", "words"), [("web", "gunicorn"), ("worker", "velvalgt.cli")])
def test_a_killed_process_comes_back(served: Served, name: str, words: str) -> None:
    killed = served.child(words)

    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: served.said(f"The {name} had died"))

    wait_until(served.is_ready)
    assert served.child(words) != killed


def test_a_killed_database_comes_back(served: Served) -> None:
    pid = (folders.cluster(served.home) / "postmaster.pid").read_text().split()[0]

    os.kill(int(pid), signal.SIGKILL)
    wait_until(lambda: served.said("The database had died"))

    wait_until(served.is_ready)


def test_ctrl_c_ends_all_and_the_next_start_does_nothing_twice(served: Served) -> None:
    with postgres.connect("owner", served.home) as db:
        db.execute("CREATE TABLE kept AS SELECT 1 AS x")
    os.kill(served.process.pid, signal.SIGINT)
    assert served.process.wait(PATIENCE_SECONDS) == 130
    assert not postgres.is_running(served.home)
    assert not served.is_ready()

    with serving(served.home, served.port) as again:
        with postgres.connect("owner", served.home) as db:
            assert db.execute("SELECT x FROM kept").fetchall() == [(1,)]
        assert not again.said("Bringing database")
    assert again.process.returncode == 0
