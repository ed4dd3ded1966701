"""The link to somebody's own calendar, as they copy it from a page."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from velvalgt.apps.meetings.feeds import OpenFeed


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """The secret address twice: to copy, and for a calendar that opens it by itself."""

    address: str
    webcal: str


def link_of(request: HttpRequest, opened: OpenFeed) -> CalendarLink:
    """Write the link of a feed that was made just now, in the language of whoever made it."""
    path = reverse("site:calendar_feed", args=[opened.secret])
    language = get_language() or settings.LANGUAGE_CODE
    query = "" if language == settings.LANGUAGE_CODE else f"?language={language}"
    address = request.build_absolute_uri(f"{path}{query}")
    return CalendarLink(address, f"webcal:{address.partition(':')[2]}")
