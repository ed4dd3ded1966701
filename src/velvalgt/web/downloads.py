"""Answers that are files to keep, which no browser runs or shows inside the site."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def download(content: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Answer with a file to save.

    Whatever is in it was made by somebody else: the browser neither guesses at its type nor lets
    it act in the site's name, should it be opened all the same.
    """
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "attachment",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
    }
    if media_type.startswith("text/"):
        media_type = f"{media_type}; charset=utf-8"
    return HttpResponse(content, content_type=media_type, headers=headers)
