"""The processes of one installation: kept alive while it serves, stopped together."""

import contextlib
import ctypes
import fcntl
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from velvalgt.site.server import folders

HOST = "127.0.0.1"
GRACE_SECONDS = 15
READY_SECONDS = 120
QUICK_DEATH_SECONDS = 10
QUICK_DEATHS = 5
LOG_BYTES = 10_000_000


class AlreadyServing(Exception):
    """Somebody else serves this data folder."""


class PortTaken(Exception):
    """Another program listens on the port."""


class GaveUp(Exception):
    """A process died again and again; the message has the end of its log."""


class Stopped(Exception):
    """A signal asks us to stop."""

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.is_ctrl_c = number == signal.SIGINT


@contextlib.contextmanager
def stopping_on_signals() -> Iterator[None]:
    """Turn the first Ctrl-C, TERM or closed terminal into `Stopped`; later ones change nothing."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.getsignal(number) for number in numbers}

    def stop(number: int, frame: FrameType | None) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_IGN)
        raise Stopped(number)

    try:
        for number in numbers:
            signal.signal(number, stop)
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def claim(home: Path, address: str) -> Iterator[bool]:
    """Hold the data folder alone; the claim ends with the process, however it ends.

    Yields:
        Whether the holder before us was killed.

    Raises:
        AlreadyServing: another process holds it.
    """
    with (folders.open_home(home) / "serve.lock").open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyServing(
                f"Velvalgt runs already from {home}, at {file.read().strip()}."
                " Stop it there, or choose another data folder with VELVALGT_HOME."
            ) from None
        file.seek(0)
        was_killed = bool(file.read())
        file.truncate(0)
        file.write(f"{address} (process {os.getpid()})")
        file.flush()
        try:
            yield was_killed
        finally:
            file.truncate(0)


def require_port(port: int, *, patience_seconds: float) -> None:
    """See that the port is free; a site whose launcher was killed takes a while to let go of it.

    Raises:
        PortTaken: it is not.
    """
    deadline = time.monotonic() + patience_seconds
    while not _is_free(port):
        if time.monotonic() > deadline:
            raise PortTaken(
                f"Another program listens on {HOST}:{port}. Choose another port with --port."
            )
        time.sleep(0.2)


@dataclass(frozen=True, slots=True)
class Program:
    """What one process runs."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]


@dataclass(slots=True)
class Child:
    """A running program, and how often it died soon after its start."""

    program: Program
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    quick_deaths: int = 0
    not_before: float = 0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only us."""
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603 - our own commands
                self.program.command,
                env={**os.environ, **self.program.environment},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_parent,
            )
        self.started_at = time.monotonic()

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self.process is not None and self.process.poll() is None

    def mind(self) -> bool:
        """Start it again if it died, later the oftener it did.

        Returns:
            Whether it was started.

        Raises:
            GaveUp: it will not live.
        """
        if self.is_alive():
            return False
        if self.process is not None:
            self._bury()
        if time.monotonic() < self.not_before:
            return False
        self.start()
        return True

    def signal(self, number: int) -> None:
        """Signal the process and its children."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def _bury(self) -> None:
        lived = time.monotonic() - self.started_at
        self.quick_deaths = self.quick_deaths + 1 if lived < QUICK_DEATH_SECONDS else 0
        if self.quick_deaths >= QUICK_DEATHS:
            raise GaveUp(f"The {self.program.name} dies at once. {self.log} ends:\n{self.tail()}")
        self.signal(signal.SIGKILL)  # what it left behind would hold the port
        self.not_before = time.monotonic() + self.quick_deaths
        self.process = None

    def tail(self, lines: int = 30) -> str:
        """The end of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@dataclass(slots=True)
class Household:
    """The processes that live and stop together."""

    children: list[Child] = field(default_factory=list)

    def add(self, program: Program, logs: Path) -> None:
        """Start a program; its log is kept across starts until it is large."""
        log = logs / f"{program.name}.log"
        if log.exists() and log.stat().st_size > LOG_BYTES:
            log.replace(log.with_suffix(".log.1"))
        child = Child(program, log)
        self.children.append(child)
        child.start()

    def mind(self, tell: Callable[[str], None]) -> None:
        """Start again what died."""
        for child in self.children:
            if child.mind():
                tell(f"The {child.program.name} had died and was started again; see {child.log}")

    def stop(self) -> None:
        """Ask all to finish, wait, and end those that do not."""
        for child in self.children:
            if child.process is not None:
                child.process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(child.is_alive() for child in self.children) and time.monotonic() < deadline:
            time.sleep(0.05)
        for child in self.children:
            child.signal(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
        self.children.clear()


def answers(port: int) -> bool:
    """Whether a web server answers on the port."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


_C = ctypes.CDLL(None) if sys.platform == "linux" else None
_SET_PARENT_DEATH_SIGNAL = 1


def _die_with_parent() -> None:
    """Have Linux stop us when the launcher is killed, so that nothing serves unminded."""
    if _C is not None:
        _C.prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)
