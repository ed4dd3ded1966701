"""The pages for what went wrong, in the reader's language; the last one static."""

import sys
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

STATIC_PAGES = Path(__file__).parent / "templates" / "site"


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return render(request, "site/400.html", status=400)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the form was stale, or the action is not for this person."""
    return render(request, "site/403.html", status=403)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form's token is missing or too old."""
    return render(request, "site/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this person may see; the two look the same."""
    return render(request, "site/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: static, in both languages; whatever broke may be what a template needs.

    503 where the database is away or somebody else holds the row for long: later it works.
    """
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    name, status = ("503.html", 503) if is_away else ("500.html", 500)
    return HttpResponse((STATIC_PAGES / name).read_text(encoding="utf-8"), status=status)
