"""Whether a dispensation can stand as it is written, before it is recorded."""

from django.utils.translation import gettext as _
from pydantic import ValidationError

from velvalgt.apps.duties.choices import Effect
from velvalgt.apps.duties.dispensations import Draft
from velvalgt.apps.duties.refusals import (
    DoesNotHold,
    EndsBeforeItBegins,
    NoClock,
    NoForms,
    NothingChosen,
    NotInForceThen,
    NotInTheBook,
    NotWritten,
    OutOfTime,
    RightsStay,
)
from velvalgt.apps.duties.rules import may_ask_within
from velvalgt.core.regime import LawBook, LawError
from velvalgt.core.words import possible_days

SHORTEST_NUMBER = 3
"""Signs in the number of an order, as the core asks."""


def hold(draft: Draft, book: LawBook) -> None:
    """Check that a draft can stand, by having the core's law take it."""
    if len(draft.instrument.strip()) < SHORTEST_NUMBER:
        raise NotWritten(_("Write the number and the day of the order."))
    if not (draft.paragraph and draft.words_da and draft.words_en):
        raise NotWritten(_("Write the paragraph, and the words in both languages."))
    if draft.last_day is not None and draft.last_day < draft.first_day:
        raise EndsBeforeItBegins(_("Choose a last day that is not before the first."))
    first, last = possible_days()
    if not all(first <= day <= last for day in (draft.first_day, draft.last_day or last)):
        raise OutOfTime(_("Look at the year."))
    _something_chosen(draft)
    _rules_fit(draft, book)
    try:
        book.amended([draft.as_law()])
    except ValidationError as error:
        raise DoesNotHold(_("Something in it is not a word that the law files know.")) from error
    except LawError as error:
        raise NotInTheBook(_("It names something that is not in the book: choose anew.")) from error


def _something_chosen(draft: Draft) -> None:
    if draft.effect == Effect.CLOCK_EXCLUDED:
        if not draft.clocks:
            raise NoClock(_("Choose the clock that stops."))
    elif not draft.rules:
        raise NothingChosen(_("Choose at least one rule."))
    elif draft.effect == Effect.FORM_RELAXED and not draft.forms:
        raise NoForms(_("Choose the forms that are allowed."))


def _rules_fit(draft: Draft, book: LawBook) -> None:
    for rule in (rule for rule in book.rules if rule.id in draft.rules):
        if draft.effect == Effect.DUTY_SUSPENDED and rule.is_right:
            raise RightsStay(_("A right is never paused: take it off the list."))
        if not may_ask_within(book, rule, draft.first_day, draft.last_day):
            raise NotInForceThen(_("A rule on the list is not in force in these days."))
