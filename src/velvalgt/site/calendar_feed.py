"""Where a calendar reads somebody's meetings: by a secret address, without signing in."""

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import override
from django.views.decorators.http import require_safe

from velvalgt.apps.meetings import queries
from velvalgt.apps.meetings.services import NoSuchFeed


@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The meetings behind a secret address; every wrong one has the same answer.

    The language is the address's own: a calendar that asks in the night speaks none.
    """
    try:
        lines = queries.read_feed(secret, timezone.now())
    except NoSuchFeed:
        return HttpResponseNotFound("no calendar", content_type="text/plain")
    language = request.GET.get("language", "")
    with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
        content = queries.feed_of_lines(lines)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"  # only its owner keeps it, and asks each time
    response["X-Robots-Tag"] = "noindex"
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response
