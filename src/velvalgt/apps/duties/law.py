"""The book of laws in force here."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from velvalgt.core.regime import LawBook


def book() -> "LawBook":
    """Give the book; read once a process."""
    from velvalgt.core.regime import load

    return load()
