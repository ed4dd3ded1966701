"""A rule's parameters in words: what the shape of a rule asks, clause by clause."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from velvalgt.apps.duties import queries as duties
from velvalgt.web.templatetags.web import day, percent
from velvalgt.web.templatetags.words import said, word


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing that a rule says: what it is about, and what it says of it."""

    about: str | Promise
    says: str


def clauses(params: Any) -> list[Clause]:
    """Spell out all parameters of a rule; what it leaves open is left out."""
    return list(_clauses(params)) if params is not None else []


def _clauses(params: Any) -> Iterator[Clause]:
    for name in type(params).model_fields:
        value = getattr(params, name)
        if name in PARTS and value is not None:
            yield from _clauses(value)
        elif name in LISTS:
            about, say = LISTS[name]
            yield from (Clause(about, say(each)) for each in value)
        elif name not in (*PARTS, *ELSEWHERE) and value not in (None, ()):
            about, say = OF_A_SHAPE.get((type(params).__name__, name)) or SAYINGS[name]
            yield Clause(about, say(value))


def _span(span: Any) -> str:
    return _length(span.count, span.unit)


def _length(count: int, unit: str) -> str:
    units = {
        "mt": ngettext("%(count)d month", "%(count)d months", count),
        "w": ngettext("%(count)d week", "%(count)d weeks", count),
        "d": ngettext("%(count)d day", "%(count)d days", count),
    }
    return units[unit] % {"count": count}


def _yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def _word_of(vocabulary: str) -> Callable[[str], str]:
    return lambda value: word(value, vocabulary)


def _words_of(vocabulary: str) -> Callable[[Iterable[str]], str]:
    return lambda values: " · ".join(word(value, vocabulary) for value in values)


def _names_of(rules: Iterable[str]) -> str:
    return " · ".join(duties.rule_name(rule_id) for rule_id in rules)


def _age(step: Any) -> str:
    age = ngettext("%(count)d year", "%(count)d years", step.years) % {"count": step.years}
    if step.months:
        age = f"{age}, {_length(step.months, 'mt')}"
    if step.born_from is None:
        return age
    return _("born from %(day)s: %(age)s") % {"day": day(step.born_from), "age": age}


def _ground(ground: Any) -> str:
    limits = []
    if ground.groups:
        limits.append(_("only %(groups)s") % {"groups": ", ".join(ground.groups)})
    if ground.horizon is not None:
        limits.append(_("at most %(span)s") % {"span": _span(ground.horizon)})
    if ground.kind is not None:
        limits.append(_("also by “%(kind)s”") % {"kind": word(ground.kind, "kind")})
    name = said(ground.name).rstrip(".")
    return f"{name} ({', '.join(limits)})" if limits else name


PARTS = ("inner", "counts", "from_age")
"""Parameters that have parameters of their own."""
ELSEWHERE = ("ledger", "shape")
"""Said by the page itself: the ledger by its name; the shape by what it asks."""

Saying = tuple[Promise, Callable[[Any], str]]
SAYINGS: Mapping[str, Saying] = {
    "n": (gettext_lazy("At least"), str),
    "kind": (gettext_lazy("What counts"), _word_of("kind")),
    "held_by": (gettext_lazy("Held by"), _words_of("actor")),
    "detail": (gettext_lazy("With the content"), _word_of("interview")),
    "min_length": (gettext_lazy("Lasting at least"), _span),
    "opens": (gettext_lazy("Counted from, on the clock"), _span),
    "closes": (gettext_lazy("Counted to, on the clock"), _span),
    "asked": (gettext_lazy("Owed once the citizen asks for"), _word_of("request")),
    "start_event": (gettext_lazy("The time runs from"), _word_of("kind")),
    "within": (gettext_lazy("Within"), _span),
    "at": (gettext_lazy("At the latest at"), _span),
    "after": (gettext_lazy("After"), _span),
    "agreed_in_plan": (gettext_lazy("As the plan says"), _yes_or_no),
    "horizon": (gettext_lazy("Within the next"), _span),
    "min_share": (gettext_lazy("For at least this share"), percent),
    "max_share": (gettext_lazy("For at most this share"), percent),
    "request": (gettext_lazy("Asked for"), _word_of("request")),
    "first": (gettext_lazy("The first time"), _words_of("form")),
    "later": (gettext_lazy("Later"), _words_of("form")),
    "age": (gettext_lazy("When the case is older than"), _span),
    "forms": (gettext_lazy("it may be held"), _words_of("form")),
    "chosen_by": (gettext_lazy("Chosen by"), _word_of("actor")),
    "exception_detail": (gettext_lazy("In another form if written down as"), _word_of("interview")),
    "attendee": (
        gettext_lazy("The citizen decides whether this one takes part"),
        _word_of("actor"),
    ),
    "needs_document": (gettext_lazy("Must be documented"), _yes_or_no),
    "of": (gettext_lazy("For"), _names_of),
    "types": (gettext_lazy("These offers do not count"), _words_of("offer")),
    "grace": (gettext_lazy("More time"), _span),
    "given": (gettext_lazy("For these offers, given in time"), _words_of("offer")),
    "after_exemption": (gettext_lazy("Counted from the end of an exemption"), _yes_or_no),
    "reason_required": (gettext_lazy("A reason is required"), _yes_or_no),
    "lifts_first_interview": (gettext_lazy("Lifts the first interview"), _yes_or_no),
    "ends_exemptions": (gettext_lazy("Ends exemptions"), _yes_or_no),
}
"""What each parameter is about, and how its value is said."""
LISTS: Mapping[str, Saying] = {
    "grounds": (gettext_lazy("Ground"), _ground),
    "ages": (gettext_lazy("The group ends at"), _age),
}
"""Parameters that are lists: a clause for each line."""
OF_A_SHAPE: Mapping[tuple[str, str], Saying] = {
    ("ExemptionPredicate", "kind"): (gettext_lazy("Written in the journal as"), _word_of("kind")),
}
"""Where a shape means something else by a name."""
