"""Serving: everything that one installation needs, started in order and stopped together."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from velvalgt.site import languages
from velvalgt.site.server import assets, folders, postgres, prepared, processes

WATCH_SECONDS = 2
COMMAND = (sys.executable, "-m", "velvalgt.cli")

Tell = Callable[[str], None]


class StepFailed(Exception):
    """A command that prepares the installation failed; it has said why itself."""


def serve(home: Path, port: int, *, tell: Tell, ready: Tell) -> None:
    """Serve until a signal comes.

    Args:
        home: the data folder.
        port: the port on this machine's own address.
        tell: is called with each line about what goes on.
        ready: is called once with the address, when the site answers.

    Raises:
        Stopped: a signal came, and all is stopped.
        AlreadyServing, PortTaken: somebody else is there.
        ServerFailed, StepFailed, GaveUp: what it says.
    """
    address = f"http://{processes.HOST}:{port}"
    with processes.stopping_on_signals(), processes.claim(home, address) as was_killed:
        processes.require_port(port, patience_seconds=processes.GRACE_SECONDS * was_killed)
        household = processes.Household()
        try:
            _prepare(home, tell)
            household.add(_web(port), folders.logs(home))
            _await_answer(household, port)
            household.add(_worker(), folders.logs(home))  # after: it needs the processor as long
            ready(address)
            _watch(household, home, tell)
        finally:
            household.stop()
            if not postgres.is_external():
                postgres.stop(home)


def _prepare(home: Path, tell: Tell) -> None:
    """Start the database, and do what has not been done in this data folder yet."""
    if not postgres.is_external():
        postgres.start(home)
        postgres.prepare_roles(home)
    assets.compile_texts(more=languages.folder(home))
    if not (prepared.is_migrated(home) and prepared.is_collected(home)):
        tell("Bringing database and served files up to date ...")
        _run("migrate")
    if os.environ.get("VELVALGT_ENV") == "demo" and not prepared.has_demo(home):
        tell("Building the demo municipality; this happens once ...")
        _run("demo")


def _run(command: str) -> None:
    done = subprocess.run([*COMMAND, command], check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise StepFailed(f"`velvalgt {command}` failed.")


def _web(port: int) -> processes.Program:
    options = {
        "bind": f"{processes.HOST}:{port}",
        "worker-class": "gthread",
        "workers": os.environ.get("WEB_CONCURRENCY", "2"),
        "threads": "4",
        "timeout": "120",
        "graceful-timeout": "10",
    }
    words = [f"--{name}={value}" for name, value in options.items()]
    command = (sys.executable, "-m", "gunicorn", *words, "--no-control-socket")
    return processes.Program(
        "web", (*command, "velvalgt.site.wsgi:application"), {"VELVALGT_ROLE": "web"}
    )


def _worker() -> processes.Program:
    environment = {"VELVALGT_ROLE": "worker"}
    # A worker that started the database, too, would take it along when it stops.
    return processes.Program("worker", (*COMMAND, "worker", "--minded"), environment)


def _await_answer(household: processes.Household, port: int) -> None:
    web = household.children[0]
    deadline = time.monotonic() + processes.READY_SECONDS
    while not processes.answers(port):
        if not web.is_alive() or time.monotonic() > deadline:
            raise processes.GaveUp(f"The site did not start. {web.log} ends:\n{web.tail()}")
        time.sleep(0.1)


def _watch(household: processes.Household, home: Path, tell: Tell) -> None:
    """Keep database, site and worker alive for as long as we live."""
    while True:
        time.sleep(WATCH_SECONDS)
        if not postgres.is_external() and not postgres.is_running(home):
            tell("The database had died; starting it again.")
            postgres.start(home)
        household.mind(tell)
