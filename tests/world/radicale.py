"""A real calendar server on loopback (Radicale), in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from caldav import DAVClient
from caldav.collection import Calendar

USER, PASSWORD = "tine", "hemmelig"


@dataclass(frozen=True, slots=True)
class Radicale:
    """Where it listens, and a calendar at it."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/{USER}/arbejde/"

    def calendar(self) -> Calendar:
        """The calendar as its owner's own program sees it."""
        return Calendar(client=self.client(), url=self.address)

    def client(self) -> DAVClient:
        return DAVClient(
            url=f"http://127.0.0.1:{self.port}/", username=USER, password=PASSWORD,
            enable_rfc6764=False,
        )  # fmt: skip


@contextmanager
def listening(folder: Path) -> Iterator[Radicale]:
    """Let it listen for the while of a test, with one empty calendar."""
    (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
    port = _free_port()
    process = subprocess.Popen(
        [
            sys.executable, "-m", "radicale", f"--server-hosts=127.0.0.1:{port}",
            "--auth-type=htpasswd", f"--auth-htpasswd-filename={folder / 'users'}",
            "--auth-htpasswd-encryption=plain", "--auth-delay=0",
            f"--storage-filesystem-folder={folder / 'data'}", "--logging-level=error",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _await(port, process)
        server = Radicale(port)
        with server.client() as client:
            client.principal().make_calendar(name="Arbejde", cal_id="arbejde")
        yield server
    finally:
        process.terminate()
        process.wait(timeout=15)


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 30
    while True:
        assert process.poll() is None, "The calendar server did not start."
        try:
            with urlopen(f"http://127.0.0.1:{port}/.web/", timeout=1):
                return
        except OSError:
            assert time.monotonic() < deadline, "The calendar server did not answer."
            time.sleep(0.05)
