"""A rule's parameters in words: what the shape of a rule asks, clause by clause."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from velvalgt.web.templatetags.web import percent
from velvalgt.web.templatetags.words import word


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a rule says: what it is about, and what it says of it."""

    about: str | Promise
    says: str


def clauses(params: Any) -> list[Clause]:
    """Spell out the parameters of a rule; what its shape does not have is left out."""
    return list(_clauses(params)) if params is not None else []


def _clauses(params: Any) -> Iterator[Clause]:
    for inner in ("inner", "counts"):
        if getattr(params, inner, None) is not None:
            yield from _clauses(getattr(params, inner))
    for name, (about, say) in SAYINGS.items():
        value = getattr(params, name, None)
        if value is not None:
            yield Clause(about, say(value))


def _span(span: Any) -> str:
    units = {
        "mt": ngettext("%(count)d month", "%(count)d months", span.count),
        "w": ngettext("%(count)d week", "%(count)d weeks", span.count),
        "d": ngettext("%(count)d day", "%(count)d days", span.count),
    }
    return units[span.unit] % {"count": span.count}


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _word_of(vocabulary: str) -> Callable[[str], str]:
    return lambda value: word(value, vocabulary)


def _words_of(vocabulary: str) -> Callable[[Iterable[str]], str]:
    return lambda values: " · ".join(word(value, vocabulary) for value in values)


SAYINGS: Mapping[str, tuple[Promise, Callable[[Any], str]]] = {
    "n": (gettext_lazy("At least"), str),
    "kind": (gettext_lazy("What counts"), _word_of("kind")),
    "held_by": (gettext_lazy("Held by"), _words_of("actor")),
    "detail": (gettext_lazy("With the content"), _word_of("interview")),
    "opens": (gettext_lazy("Counted from, on the clock"), _span),
    "closes": (gettext_lazy("Counted to, on the clock"), _span),
    "start_event": (gettext_lazy("The time runs from"), _word_of("kind")),
    "within": (gettext_lazy("Within"), _span),
    "at": (gettext_lazy("At the latest at"), _span),
    "after": (gettext_lazy("After"), _span),
    "horizon": (gettext_lazy("Within the next"), _span),
    "min_share": (gettext_lazy("For at least this share"), percent),
    "max_share": (gettext_lazy("For at most this share"), percent),
    "request": (gettext_lazy("Asked for"), _word_of("request")),
    "first": (gettext_lazy("The first time"), _words_of("form")),
    "later": (gettext_lazy("Later"), _words_of("form")),
    "chosen_by": (gettext_lazy("Chosen by"), _word_of("actor")),
    "needs_document": (gettext_lazy("Must be documented"), _yes_or_no),
    "reason_required": (gettext_lazy("A reason is required"), _yes_or_no),
    "lifts_first_interview": (gettext_lazy("Lifts the first interview"), _yes_or_no),
    "ends_exemptions": (gettext_lazy("Ends exemptions"), _yes_or_no),
}
