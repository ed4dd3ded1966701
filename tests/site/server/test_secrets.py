"""The secrets of an installation."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from velvalgt.site.server import secrets


def test_nobody_else_may_read_the_secrets(home: Path) -> None:
    secrets.load(home)

    assert (home / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert home.stat().st_mode & 0o007 == 0


def test_a_later_start_has_the_same_secrets(home: Path) -> None:
    first = secrets.load(home)

    again = secrets.load(home)

    assert again == first


def test_two_installations_share_no_secret(home: Path) -> None:
    one, other = secrets.load(home), secrets.load(home / "other")

    assert one.blind_index_key != other.blind_index_key
    assert set(one.passwords.values()).isdisjoint(other.passwords.values())


def test_processes_that_start_at_once_agree(home: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(secrets.load, [home] * 8))

    assert all(each == seen[0] for each in seen)
    assert not list(home.glob(".secrets*"))


def test_damaged_secrets_are_never_made_anew(home: Path) -> None:
    secrets.load(home)
    (home / "secrets.json").write_text('{"passwords": {}}')

    with pytest.raises(ValueError, match="backup"):
        secrets.load(home)


def test_a_printout_shows_no_secret(home: Path) -> None:
    found = secrets.load(home)

    assert found.passwords["owner"] not in repr(found)
    assert found.django_key not in repr(found)


def test_keys_are_256_bits(home: Path) -> None:
    found = secrets.load(home)

    assert [len(key) for key in found.field_keys.values()] == [32]
    assert len(found.blind_index_key) == 32
