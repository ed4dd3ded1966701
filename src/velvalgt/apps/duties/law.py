"""The book of laws in force here, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
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


@dataclass(frozen=True)
class Story:
    """What is known of one citizen on a day; read once, when the first explanation is asked for."""

    citizen_id: UUID
    on: date

    @cached_property
    def _facts(self) -> frames.Facts:
        return frames.facts_of([self.citizen_id])

    def explained(self, rule_id: str) -> Explained:
        """Explain one rule for the citizen (begrundelse).

        Raises:
            KeyError: the book has no such rule, or the citizen is not visible.
        """
        known, number = self._facts, self._facts.number(self.citizen_id)
        people, spells, events = known.people, known.spells, known.events
        said = book().explain(people, spells, events, self.on, person_id=number, rule_id=rule_id)
        return Explained(said)
