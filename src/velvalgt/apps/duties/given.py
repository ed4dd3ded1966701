"""What the State has given, as pages show it: recorded here, or standing in the law files."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.dispensations import as_written, taken
from velvalgt.apps.duties.law import book, language
from velvalgt.apps.duties.models import (
    Dispensation,
    DispensationQuerySet,
    DispensationWithdrawal,
)
from velvalgt.apps.duties.rules import places_of
from velvalgt.apps.people.choices import Form
from velvalgt.core.regime import Dispensation as GivenInLaw
from velvalgt.core.regime import Rule, load
from velvalgt.core.regime.schema import Clock


class State(TextChoices):
    """How a dispensation stands on a day."""

    WAITS = "waits", _("waits for a second person")
    IN_FORCE = "in_force", _("in force")
    NOT_BEGUN = "not_begun", _("not begun")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Given:
    """A dispensation as a page shows it; `row` is None where it stands in the law files.

    `gone` are rules and clocks that it names and the book no longer has.
    """

    law: GivenInLaw
    row: Dispensation | None
    on: date
    gone: tuple[str, ...] = ()

    @property
    def recorded(self) -> Dispensation:
        """What is recorded here.

        Raises:
            KeyError: it stands in the law files alone.
        """
        if self.row is None:
            raise KeyError(self.law.id)
        return self.row

    @property
    def key(self) -> str:
        """What leads to its page."""
        return str(self.row.pk) if self.row else self.law.id

    @property
    def effect(self) -> Effect:
        """What it does."""
        return Effect(self.law.effect)

    @property
    def words(self) -> str:
        """What the citizen reads of it."""
        return self.law.text.text(language())

    @property
    def rules(self) -> list[Rule]:
        """The rules that it changes."""
        return [book().rule(key) for key in self.law.rules]

    @property
    def clocks(self) -> list[Clock]:
        """The clocks that it stops."""
        return [book().clocks[key] for key in self.law.clocks]

    @property
    def forms(self) -> list[Form]:
        """The forms that it allows."""
        return [Form(form) for form in self.law.forms]

    @property
    def places(self) -> tuple[str, ...]:
        """Where it holds; nothing named is the whole country."""
        return places_of(self.law)

    @property
    def withdrawal(self) -> DispensationWithdrawal | None:
        """Who has asked for it back and why, whether a second person has agreed or not."""
        return getattr(self.row, "withdrawal", None)

    @property
    def is_asked_back(self) -> bool:
        """Whether it holds while a withdrawal waits for a second person."""
        return self.withdrawal is not None and self.state != State.WITHDRAWN

    @property
    def _is_confirmed(self) -> bool:
        return self.row is None or hasattr(self.row, "confirmation")

    @property
    def state(self) -> State:
        """How it stands."""
        asked = self.withdrawal
        if asked is not None and (not self._is_confirmed or hasattr(asked, "confirmation")):
            return State.WITHDRAWN
        if not self._is_confirmed:
            return State.WAITS
        if self.on < self.law.valid_from:
            return State.NOT_BEGUN
        ended = self.law.valid_to is not None and self.on >= self.law.valid_to
        return State.ENDED if ended else State.IN_FORCE


def dispensations(on: date) -> list[Given]:
    """Give all that is recorded here, the newest first, then what stands in the law files."""
    return [*(_recorded(row, on) for row in _rows()), *_shipped(on)]


def dispensation(key: UUID | str, on: date) -> Given:
    """Give one, recorded here by its key, or of the law files by its id.

    Raises:
        KeyError: there is none.
    """
    if isinstance(key, UUID):
        row = _rows().filter(pk=key).first()
        if row is None:
            raise KeyError(key)
        return _recorded(row, on)
    return Given({each.id: each for each in load().dispensations}[key], None, on)


def dispensations_of(rule: Rule, on: date) -> list[Given]:
    """Give those that bear on a rule, by its own name or by a clock of it; none withdrawn."""
    named = Q(rules__contains=[rule.id]) | Q(clocks__overlap=list(rule.clock))
    recorded = [_recorded(row, on) for row in _rows().standing().filter(named)]
    return [each for each in (*recorded, *_shipped(on)) if _bears_on(rule, each.law)]


def _bears_on(rule: Rule, given: GivenInLaw) -> bool:
    return rule.id in given.rules or bool(set(rule.clock) & set(given.clocks))


def _rows() -> DispensationQuerySet:
    """The rows with the people behind them, the newest first."""
    people = (
        "recorded_by",
        "confirmation__confirmed_by",
        "withdrawal__withdrawn_by",
        "withdrawal__confirmation__confirmed_by",
    )
    return Dispensation.objects.select_related(*people).order_by("-recorded_at", "-pk")


def _shipped(on: date) -> list[Given]:
    shipped = sorted(load().dispensations, key=lambda each: (each.valid_from, each.id))
    return [Given(each, None, on) for each in reversed(shipped)]


def _recorded(row: Dispensation, on: date) -> Given:
    """What the law files have of a row; one that names only what is gone stands as written."""
    held = taken(load(), row.key, row.draft) or as_written(row.key, row.draft)
    left = {*held.rules, *held.clocks}
    named = (*row.draft.rules, *row.draft.clocks)
    return Given(held, row, on, tuple(each for each in named if each not in left))
