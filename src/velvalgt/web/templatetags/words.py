"""The core's words in the reader's language."""

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.translation import get_language

from velvalgt.core.frames import a_kasser, vocabulary

register = template.Library()

DETAILS = {
    **{kind: kind for kind in ("exemption", "flag", "interview", "objection", "request")},
    **dict.fromkeys(("offer_given", "offer_start", "offer_end"), "offer"),
}
"""Where the words of an event's detail stand, by the kind of event."""


@register.filter
def word(value: str, name: str) -> str:
    """Say a word of a vocabulary as people do: "kontanthjaelp" is "kontanthjælp"."""
    return next((getattr(w, _language()) for w in vocabulary(name) if w.word == value), value)


@register.filter
def detail(value: str, kind: str) -> str:
    """Say an event's detail by its kind: an exemption's ground, a flag, an offer's type."""
    vocabulary_of = DETAILS.get(kind)
    return word(value, vocabulary_of) if vocabulary_of else value


@register.filter
def said(texts: object) -> str:
    """Say a text of the law files in the reader's language."""
    return str(getattr(texts, _language()))


@register.filter
def language_name(code: str) -> str:
    """Name a language by its code: "so" is "somali"; a code that nobody knows stands as it is."""
    try:
        return Locale.parse(code).get_display_name(_language()) or code
    except (UnknownLocaleError, ValueError):
        return code


@register.filter
def a_kasse(key: str) -> str:
    """Name an unemployment-insurance fund (a-kasse) by its key."""
    return a_kasser().get(key, key)


def _language() -> str:
    return "en" if (get_language() or "da").startswith("en") else "da"
