"""The book of laws in force here, in the reader's language."""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from uuid import UUID

from django.utils.translation import get_language

from velvalgt.apps.audit.actor import Actor, NobodyActs, current
from velvalgt.apps.duties import dispensations, frames
from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.dispensations import Draft
from velvalgt.apps.duties.models import Dispensation
from velvalgt.core.regime import LawBook, load
from velvalgt.core.regime.explain import Explanation, Line
from velvalgt.core.regime.schema import Language, Rule

_held: ContextVar[tuple[Actor, LawBook] | None] = ContextVar("law", default=None)


def book() -> LawBook:
    """Give the law that holds for the acting tenant: the law files, and what it has recorded.

    Asked of the database once an actor. Where nobody acts there is no tenant, and no more than
    the law files.
    """
    try:
        actor = current()
    except NobodyActs:
        return load()
    held = _held.get()
    if held is None or held[0] is not actor:
        held = (actor, amended(Dispensation.objects.in_effect()))
        _held.set(held)
    return held[1]


def amended(given: Iterable[Dispensation]) -> LawBook:
    """Give the law files with some recorded dispensations, whether they are in effect or not."""
    return _amended(tuple(sorted((each.key, each.draft) for each in given)))


@lru_cache(maxsize=64)
def _amended(given: tuple[tuple[str, Draft], ...]) -> LawBook:
    return dispensations.amended(load(), given)


def forget() -> None:
    """Read what is recorded anew when the law is next asked for."""
    _held.set(None)


def language() -> Language:
    """The reader's language, Danish when in doubt."""
    return "en" if (get_language() or "da").startswith("en") else "da"


NOT_SAID_OF_A_PAUSE = {"deadline", "form", "counting", "counted", "exempts", "exempt"}
"""What matters only while something is owed."""
SAID_BEFORE_A_DISPENSATION = {"asked", "right", "status", "deadline", "form"}
"""What a dispensation changes: how a duty stands, or the forms that it may have."""


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
        """All that is said; what a dispensation does comes at once after what it changes."""
        said = self.of.lines(language())
        if self._is_paused:
            said = tuple(each for each in said if each.code not in NOT_SAID_OF_A_PAUSE)
        codes = [each.code for each in said]
        if "dispensation" not in codes:
            return said
        given = codes.index("dispensation")
        place = 1 + max(n for n, code in enumerate(codes) if code in SAID_BEFORE_A_DISPENSATION)
        return (*said[:place], *said[given:], *said[place:given])

    @property
    def _is_paused(self) -> bool:
        return self.of.finding is not None and self.of.finding.status == Status.SUSPENDED


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
