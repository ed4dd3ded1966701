"""The secrets of one installation, made once at the first start and kept in the data folder."""

import base64
import contextlib
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from velvalgt.site.server import folders

FILE = "secrets.json"
PASSWORDS = ("superuser", "owner", "web", "worker")


@dataclass(frozen=True, slots=True)
class Secrets:
    """What nobody else may know; nothing of it shows in a printout."""

    passwords: Mapping[str, str] = field(repr=False)
    """Each database role's password: superuser, owner, web, worker."""
    django_key: str = field(repr=False)
    field_keys: Mapping[str, bytes] = field(repr=False)
    """The 32-byte keys of encrypted fields by id; the last one encrypts, all decrypt."""
    blind_index_key: bytes = field(repr=False)
    """The 32-byte key that makes a CPR number findable without being readable."""


def load(home: Path) -> Secrets:
    """Read the installation's secrets, or make them when there are none.

    Two processes that ask at once get the same answer.

    Raises:
        PermissionError: the file belongs to another user.
        ValueError: the file is damaged; it is never made anew, since the keys open the data.
    """
    path = folders.open_home(home) / FILE
    if not path.exists():
        _create(path)
    try:
        return _read(json.loads(path.read_text(encoding="utf-8")))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path} is damaged. Put the copy from your backup in its place."
        ) from error


def _create(path: Path) -> None:
    draft = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(_made(), file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    with contextlib.suppress(FileExistsError):  # somebody else was first: theirs count
        os.link(draft, path)
    draft.unlink()


def _made() -> dict[str, object]:
    return {
        "passwords": {role: secrets.token_urlsafe(32) for role in PASSWORDS},
        "django_key": secrets.token_urlsafe(50),
        "field_keys": {"k1": _text(secrets.token_bytes(32))},
        "blind_index_key": _text(secrets.token_bytes(32)),
    }


def _read(content: dict[str, object]) -> Secrets:
    passwords, keys = content["passwords"], content["field_keys"]
    if not isinstance(passwords, dict) or not isinstance(keys, dict):
        raise TypeError("passwords and field_keys are objects")
    return Secrets(
        passwords={role: str(passwords[role]) for role in PASSWORDS},
        django_key=str(content["django_key"]),
        field_keys={str(name): _bytes(key) for name, key in keys.items()},
        blind_index_key=_bytes(content["blind_index_key"]),
    )


def _text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _bytes(text: object) -> bytes:
    return base64.b64decode(str(text), validate=True)
