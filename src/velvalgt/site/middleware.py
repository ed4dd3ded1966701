"""The actor of each request, with its transaction and its lines in the log."""

import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import structlog
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.reading import gathering
from velvalgt.apps.audit.services import trace_reads, trace_refusal
from velvalgt.site.signin.entry import actor_in_session

log = structlog.get_logger("velvalgt.request")

GetResponse = Callable[[HttpRequest], HttpResponse]
REFUSED = {403, 404}
REFUSALS = (Http404, PermissionDenied, SuspiciousOperation)


class ActorOfRequest:
    """Gives a signed-in request its actor, one transaction, its reads and refusals in the log."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        entered = actor_in_session(request.session)
        if entered is None:
            return self.get_response(request)
        _receive(request)
        with acting(
            entered.tenant_id, entered.user_id, entered.role.purpose, unit=entered.unit_id
        ) as actor:
            response = self._answered(request)
        if response.status_code in REFUSED:
            about = _about(request)
            trace_refusal(actor=actor, what=_what(request), at=timezone.now(), citizen_id=about)
        add_never_cache_headers(response)  # whoever sits down next must not find it
        return response

    def _answered(self, request: HttpRequest) -> HttpResponse:
        with gathering() as seen:
            response = self.get_response(request)
        if response.status_code >= 500:
            transaction.set_rollback(True)
        elif seen:
            trace_reads(seen=seen, what=_what(request), at=timezone.now())
        return response


class Logging:
    """Writes one line for each request: what was asked of which page, how it ended; keys only."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begun = time.perf_counter()
        response = self.get_response(request)
        if not request.path.startswith("/health/"):
            milliseconds = round(1000 * (time.perf_counter() - begun))
            log.info(
                "request",
                page=_what(request),
                method=request.method,
                status=response.status_code,
                ms=milliseconds,
            )
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Tell the kind and place of an error, never its message, which may hold data."""
        if isinstance(error, REFUSALS):
            return
        trail = error.__traceback__
        while trail and trail.tb_next:
            trail = trail.tb_next
        where = f"{trail.tb_frame.f_code.co_filename}:{trail.tb_lineno}" if trail else ""
        log.error("page_broke", page=_what(request), error=type(error).__name__, where=where)


def _receive(request: HttpRequest) -> None:
    """Take in what is sent before the transaction begins: a slow line must not hold it open."""
    if request.method == "POST":
        with suppress(UnreadablePostError):
            request.POST  # noqa: B018 - reading it is what receives it


def _what(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match and match.view_name else "unknown_address"


def _about(request: HttpRequest) -> UUID | None:
    """Whom the address asks about, known here or not."""
    match = request.resolver_match
    return match.kwargs.get("citizen_id") if match else None
