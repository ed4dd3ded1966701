"""The book that Velvalgt ships."""

from __future__ import annotations

import pytest

from velvalgt.core.regime import LawBook, load


@pytest.fixture(scope="session")
def book() -> LawBook:
    """The shipped law book."""
    return load()
