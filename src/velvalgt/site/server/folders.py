"""The data folder: where it is, who may enter it, and whose files the database's are."""

import hashlib
import os
import pwd
import tempfile
from pathlib import Path
from typing import TypedDict

SOCKET_PATH_BYTES = 107
"""The longest path of a unix socket on Linux."""

SOCKET_NAME = ".s.PGSQL.5432"


class Unreachable(Exception):
    """A folder belongs to somebody else, or cannot be entered."""


class RunAs(TypedDict, total=False):
    """Who a child process runs as, in the words of `subprocess`."""

    user: int
    group: int
    extra_groups: list[int]


def home() -> Path:
    """The data folder: VELVALGT_HOME, else `.velvalgt` in the working folder."""
    return Path(os.environ.get("VELVALGT_HOME") or ".velvalgt").absolute()


def run_as(home: Path) -> RunAs:
    """Who runs the database: ourselves; for root, the owner of the cluster or `nobody`.

    PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return {}
    cluster = home / "postgres"
    if cluster.exists() and (owner := cluster.stat()).st_uid != 0:
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def open_home(home: Path) -> Path:
    """Make the data folder if it is absent; only we list it, the database may pass through it."""
    return _passage(home)


def logs(home: Path) -> Path:
    """The folder of the log files."""
    return _passage(open_home(home) / "logs")


def private(folder: Path, who: RunAs) -> Path:
    """Make a folder that only `who` may enter.

    Raises:
        Unreachable: it exists and belongs to somebody else.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if "user" in who and folder.stat().st_uid == 0:
        os.chown(folder, who["user"], who["group"])
    if folder.stat().st_uid != who.get("user", os.geteuid()):
        raise Unreachable(f"{folder} belongs to another user. Choose another VELVALGT_HOME.")
    folder.chmod(0o700)
    return folder


def socket_folder(home: Path) -> Path:
    """Where the database's socket lies: in the data folder, or a short path when that is long."""
    folder = home / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"velvalgt-{digest}"


def _passage(folder: Path) -> Path:
    """Make a folder that others cannot list; when root, the database's group may pass."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(folder, -1, run_as(folder)["group"])
        folder.chmod(0o710)
    return folder
