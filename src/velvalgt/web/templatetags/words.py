"""The core's words in the reader's language."""

from datetime import date

from babel import Locale, UnknownLocaleError
from django import template
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language

from velvalgt.core.frames import a_kasser, vocabulary

register = template.Library()


@register.filter
def word(value: str, name: str) -> str:
    """Say a word of a vocabulary as people do: "kontanthjaelp" is "kontanthjælp"."""
    return next((getattr(w, _language()) for w in vocabulary(name) if w.word == value), value)


@register.filter
def said(texts: object) -> str:
    """Say a text of the law files in the reader's language."""
    return str(getattr(texts, _language()))


@register.filter
def cohort_month(value: date) -> str:
    """Write the month in which a cohort began, such as "september 2026"."""
    return format_date(value, "F Y")


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
