"""The book of laws in force here, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import get_language

from velvalgt.apps.duties import frames
from velvalgt.core.regime import LawBook, load
from velvalgt.core.regime.explain import Explanation, Line
from velvalgt.core.regime.schema import Language, Rule


def book() -> LawBook:
    """Give the book; read once a process."""
    return load()


def language() -> Language:
    """The reader's language, Danish when in doubt."""
    return "en" if (get_language() or "da").startswith("en") else "da"


@dataclass(frozen=True, slots=True)
class Explained:
    """An explanation as a page shows it: lines in the reader's language, source and doubt."""

    of: Explanation

    @property
    def rule(self) -> Rule:
        """The rule that is explained."""
        return self.of.rule

    @property
    def lines(self) -> tuple[Line, ...]:
        """All that is said, in order; each line has a code and a text."""
        return self.of.lines(language())

    @property
    def is_verified(self) -> bool:
        """Whether all of the rule was read in the law itself."""
        return not self.of.unverified


def explanation(citizen_id: UUID, rule_id: str, on: date) -> Explained:
    """Explain one rule for one citizen (begrundelse).

    Raises:
        KeyError: the book has no such rule, or the citizen is not visible.
    """
    facts = frames.facts_of([citizen_id])
    return Explained(
        book().explain(
            facts.people,
            facts.spells,
            facts.events,
            on,
            person_id=facts.number(citizen_id),
            rule_id=rule_id,
        )
    )
