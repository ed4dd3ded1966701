"""Why, in plain words: every code that a plan gives as a reason, said in the reader's language.

A code is a word, or a word and what it is about: "law:k3_first_for_all".
"""

from collections.abc import Callable, Iterable, Mapping

from django.utils.translation import gettext as _

from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.duties.queries import rule_name
from velvalgt.apps.priorities.efforts import effort_in_words
from velvalgt.apps.priorities.evidence import evidence
from velvalgt.core.effect import Study
from velvalgt.web.templatetags.words import said

STUDY = "study"
DUE = {"overdue", "due"}
"""What a plan says of the law without naming a rule."""


def in_words(codes: Iterable[str]) -> tuple[str, ...]:
    """Say the reasons of a plan (begrundelse), the weightiest first.

    A code of an older version that nobody puts into words any more is left out.
    """
    split = (code.partition(":") for code in codes)
    return tuple(SAID[kind](about) for kind, _colon, about in split if kind in SAID)


def study_of(code: str) -> Study | None:
    """Give the study that a reason points to, where it points to one that we still have."""
    kind, _colon, about = code.partition(":")
    return evidence().study(about) if kind == STUDY else None


def _level(about: str) -> str:
    return _("need: %(level)s") % {"level": NeedLevel(about).label}


def _mark(about: str) -> str:
    return _("assessed by a caseworker: %(level)s") % {"level": NeedLevel(about).label}


def _study(about: str) -> str:
    study = evidence().study(about)
    if study is None:
        return _("studies speak for it")
    method = said(study.grade.words)
    return _("studies speak for it (%(method)s)") % {"method": method[:1].lower() + method[1:]}


def _law(about: str) -> str:
    if about in DUE:
        return _("the law is overdue") if about == "overdue" else _("the law asks soon")
    return _("the law asks for it: %(rule)s") % {"rule": rule_name(about)}


def _no_room(about: str) -> str:
    return _("no room now in: %(effort)s") % {"effort": effort_in_words(about)}


SAID: Mapping[str, Callable[[str], str]] = {
    "level": _level,
    "mark": _mark,
    STUDY: _study,
    "law": _law,
    "no_room": _no_room,
    "wish": lambda _about: _("a wish on the wish list"),
    "help": lambda _about: _("help that the citizen asks for"),
    "chosen": lambda _about: _("chosen already, and runs"),
    "stays": lambda _about: _("nothing new since the plan before"),
    "interpreter": lambda _about: _("takes an interpreter"),
    "no_study": lambda _about: _("no study tells of it for this group"),
    "seat": lambda _about: _("a seat is free"),
    "course_later": lambda _about: _("training in a job is shown before more education"),
    "steers_alone": lambda _about: _("steers alone by agreement"),
    "waited": lambda _about: _("has waited longest"),
}
"""How each code is said; a plan gives no other."""
