"""Guarded fields: only the right row and a known key open them."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from velvalgt.apps.people.guarded import CannotOpen, blind_index, seal, seal_cpr, unseal, unseal_cpr

HERE = UUID(int=1)
OLD, NEW = b"o" * 32, b"n" * 32


@given(st.text())
def test_what_is_sealed_opens_in_its_place(text: str) -> None:
    sealed = seal(text, table="t", column="c", pk=HERE)

    assert unseal(sealed, table="t", column="c", pk=HERE) == text


def test_the_same_number_never_looks_the_same_twice() -> None:
    assert seal_cpr("0101901234", HERE) != seal_cpr("0101901234", HERE)


@pytest.mark.parametrize(
    "place",
    [
        {"table": "t", "column": "c", "pk": uuid4()},
        {"table": "t", "column": "d", "pk": HERE},
        {"table": "u", "column": "c", "pk": HERE},
    ],
)
def test_a_value_moved_elsewhere_does_not_open(place: dict[str, object]) -> None:
    sealed = seal("0101901234", table="t", column="c", pk=HERE)

    with pytest.raises(CannotOpen):
        unseal(sealed, **place)


@given(st.integers(0, 200), st.integers(1, 255))
def test_a_changed_byte_is_noticed(place: int, change: int) -> None:
    sealed = bytearray(seal_cpr("0101901234", HERE))
    sealed[place % len(sealed)] ^= change

    with pytest.raises(CannotOpen):
        unseal_cpr(bytes(sealed), HERE)


@pytest.mark.parametrize("sealed", [b"", b"\x02k1", b"\x00" * 20])
def test_a_value_cut_short_does_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        unseal_cpr(sealed, HERE)


def test_after_a_change_of_keys_the_old_opens_and_the_new_seals(settings: Any) -> None:
    settings.FIELD_KEYS = {"k1": OLD}
    before = seal_cpr("0101901234", HERE)
    settings.FIELD_KEYS = {"k1": OLD, "k2": NEW}
    after = seal_cpr("0101901234", HERE)

    assert unseal_cpr(before, HERE) == unseal_cpr(after, HERE) == "0101901234"

    settings.FIELD_KEYS = {"k2": NEW}
    assert unseal_cpr(after, HERE) == "0101901234"
    with pytest.raises(CannotOpen, match="not here"):
        unseal_cpr(before, HERE)


def test_the_blind_index_finds_a_number_in_its_own_tenant_alone() -> None:
    one, other = uuid4(), uuid4()

    assert blind_index("0101901234", one) == blind_index("0101901234", one)
    assert blind_index("0101901234", one) != blind_index("0101901234", other)
    assert blind_index("0101901234", one) != blind_index("0101901235", one)


def test_the_blind_index_depends_on_its_key(settings: Any) -> None:
    tenant = uuid4()
    settings.BLIND_INDEX_KEY = OLD
    before = blind_index("0101901234", tenant)
    settings.BLIND_INDEX_KEY = NEW

    assert blind_index("0101901234", tenant) != before
