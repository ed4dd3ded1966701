"""What the law asks: dated rules as data give each citizen's duties, ledgers and reasons."""

from velvalgt.core.regime.book import LawBook, load
from velvalgt.core.regime.duties import REASONS
from velvalgt.core.regime.explain import Explanation
from velvalgt.core.regime.files import LawError
from velvalgt.core.regime.schema import OVER, STATUSES, Dispensation, Regime, Rule

__all__ = [
    "OVER", "REASONS", "STATUSES", "Dispensation", "Explanation", "LawBook", "LawError", "Regime",
    "Rule", "load",
]  # fmt: skip
