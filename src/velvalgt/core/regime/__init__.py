"""What the law asks: dated rules as data give each citizen's duties, the ledgers and the reasons."""

from velvalgt.core.regime.book import LawBook, load
from velvalgt.core.regime.files import LawError

__all__ = ["LawBook", "LawError", "load"]
