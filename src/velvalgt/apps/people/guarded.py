"""Guarded fields (beskyttede felter): stored sealed, and found again without being readable.

A value is sealed with AES-GCM under the last of `settings.FIELD_KEYS` and opened under whichever
key sealed it. Where it lies (table, column, row) is authenticated too, so that a value copied to
another row does not open. Look-up goes by a blind index: HMAC-SHA256 over tenant and number.
Sources: NIST SP 800-38D (AES-GCM, 96-bit nonces), RFC 2104 (HMAC).
"""

import hmac
import os
from collections.abc import Mapping
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

CPR_TABLE, CPR_COLUMN = "people_citizen", "cpr_sealed"
_NONCE_BYTES = 12
_TAG_BYTES = 16


class CannotOpen(Exception):
    """A sealed value does not open: its key is gone, or it was changed or moved."""


def seal(text: str, *, table: str, column: str, pk: UUID) -> bytes:
    """Seal a text for one place in the database."""
    return seal_bytes(text.encode(), table=table, column=column, pk=pk)


def seal_bytes(content: bytes, *, table: str, column: str, pk: UUID) -> bytes:
    """Seal bytes for one place in the database.

    Returns:
        The length of the key's id, the id, the nonce, the ciphertext with its tag.
    """
    keys: Mapping[str, bytes] = settings.FIELD_KEYS
    key_id, key = list(keys.items())[-1]
    nonce = os.urandom(_NONCE_BYTES)
    name = key_id.encode()
    sealed = _cipher(key).encrypt(nonce, content, _place(table, column, pk))
    return bytes([len(name)]) + name + nonce + sealed


def unseal(sealed: bytes, *, table: str, column: str, pk: UUID) -> str:
    """Open a sealed text.

    Raises:
        CannotOpen: the key is unknown, or the value was changed or belongs elsewhere.
    """
    return unseal_bytes(sealed, table=table, column=column, pk=pk).decode()


def unseal_bytes(sealed: bytes, *, table: str, column: str, pk: UUID) -> bytes:
    """Open sealed bytes.

    Raises:
        CannotOpen: as `unseal`.
    """
    key_id, nonce, ciphertext = _parts(bytes(sealed))
    key = settings.FIELD_KEYS.get(key_id)
    if key is None:
        raise CannotOpen("the key that sealed it is not here")
    try:
        return _cipher(key).decrypt(nonce, ciphertext, _place(table, column, pk))
    except InvalidTag:
        raise CannotOpen("it was changed or belongs elsewhere") from None


def seal_cpr(number: str, citizen_id: UUID) -> bytes:
    """Seal a citizen's CPR number."""
    return seal(number, table=CPR_TABLE, column=CPR_COLUMN, pk=citizen_id)


def unseal_cpr(sealed: bytes, citizen_id: UUID) -> str:
    """Open a citizen's CPR number.

    Raises:
        CannotOpen: as `unseal`.
    """
    return unseal(sealed, table=CPR_TABLE, column=CPR_COLUMN, pk=citizen_id)


def blind_index(number: str, tenant_id: UUID) -> bytes:
    """Give the 32 bytes by which a number is found within its tenant, and nowhere else."""
    key: bytes = settings.BLIND_INDEX_KEY
    return hmac.digest(key, tenant_id.bytes + number.encode(), "sha256")


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def _place(table: str, column: str, pk: UUID) -> bytes:
    return f"{table}/{column}/{pk}".encode()


def _parts(sealed: bytes) -> tuple[str, bytes, bytes]:
    end_of_name = 1 + sealed[0] if sealed else 0
    start = end_of_name + _NONCE_BYTES
    if len(sealed) < start + _TAG_BYTES:
        raise CannotOpen("it is cut short")
    name = sealed[1:end_of_name].decode(errors="replace")
    return name, sealed[end_of_name:start], sealed[start:]
