"""A data folder of its own for each test, and one running database for those that only ask it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from velvalgt.site.server import folders, postgres


@contextmanager
def empty_home() -> Iterator[Path]:
    """A data folder that the database's user can get to, gone afterwards."""
    parent = Path(tempfile.mkdtemp(prefix="velvalgt-"))
    parent.chmod(0o711)
    home = parent / "home"
    try:
        yield home
    finally:
        postgres.stop(home)
        shutil.rmtree(folders.socket_folder(home), ignore_errors=True)
        shutil.rmtree(parent)


@pytest.fixture
def home() -> Iterator[Path]:
    """An empty data folder."""
    with empty_home() as path:
        yield path


@pytest.fixture(scope="module")
def served() -> Iterator[Path]:
    """The data folder of a running database with its roles."""
    with empty_home() as path:
        postgres.start(path, durable=False)
        postgres.prepare_roles(path)
        yield path
