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

OPEN_TO_ALL = Path("/var/lib/velvalgt")
"""Where the database lies when root's data folder is one that `nobody` cannot get to."""


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
    files = cluster(home)
    if files.exists() and (owner := files.stat()).st_uid != 0:
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def open_home(home: Path) -> Path:
    """Make the data folder if it is absent; only we list it, root's database may pass through."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    if os.geteuid() == 0:
        os.chown(home, -1, run_as(home)["group"])
        home.chmod(0o710)
    return home


def logs(home: Path) -> Path:
    """The folder of the log files."""
    folder = open_home(home) / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def prepare(home: Path, who: RunAs) -> None:
    """Make the database's own folders, where the one who runs it can get to them.

    Root often works below a folder closed to others, such as /root. Opening that would be wrong;
    the cluster then lies in /var/lib/velvalgt, and links in the data folder lead to it.

    Raises:
        Unreachable: a folder belongs to somebody else, or what a link leads to is gone.
    """
    open_home(home)
    if (home / "postgres").is_symlink() and not cluster(home).exists():
        raise Unreachable(
            f"{home / 'postgres'} leads to {cluster(home)}, which is gone."
            f" Put it back, or remove {home} to begin anew without the data."
        )
    if "user" in who and not (home / "postgres").exists() and not is_open(home):
        OPEN_TO_ALL.mkdir(parents=True, exist_ok=True)
        room = Path(tempfile.mkdtemp(prefix="data-", dir=OPEN_TO_ALL))
        room.chmod(0o711)
        for name in ("postgres", "socket"):
            (room / name).mkdir()
            (home / name).symlink_to(room / name)
    _private(cluster(home), who)
    _private(socket_folder(home), who)


def is_open(path: Path) -> bool:
    """Whether anybody can get as far as the path; what lies in it may still be closed."""
    return all(parent.stat().st_mode & 0o001 for parent in path.resolve().parents)


def cluster(home: Path) -> Path:
    """The folder of the database's files."""
    return (home / "postgres").resolve()


def socket_folder(home: Path) -> Path:
    """Where the database's socket lies: in the data folder, or a short path when that is long."""
    folder = (home / "socket").resolve()
    if len(os.fsencode(folder / SOCKET_NAME)) <= SOCKET_PATH_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"velvalgt-{digest}"


def _private(folder: Path, who: RunAs) -> None:
    """Make a folder that only `who` may enter."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if "user" in who and folder.stat().st_uid == 0:
        os.chown(folder, who["user"], who["group"])
    if folder.stat().st_uid != who.get("user", os.geteuid()):
        raise Unreachable(f"{folder} belongs to another user. Choose another VELVALGT_HOME.")
    folder.chmod(0o700)
