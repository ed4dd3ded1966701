"""The first page, and the session as a thing that is opened and closed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from velvalgt.site.signin import entry
from velvalgt.site.signin.adapter import NotVouched, adapter


def welcome(request: HttpRequest) -> HttpResponse:
    """The first page: whoever is signed in goes home, anybody else is welcomed by the adapter."""
    entered = entry.actor_in_session(request.session)
    if entered is not None and request.user.is_authenticated and "start" not in request.GET:
        return redirect(f"{entered.role}:home")
    return adapter().welcome(request)


@require_POST
def session(request: HttpRequest) -> HttpResponse:
    """Open a session for whoever is vouched for, closing the one before; or close it."""
    if entry.actor_in_session(request.session) is not None:
        entry.leave(request, at=timezone.now())
    if "close" in request.POST:
        return redirect("site:welcome")
    try:
        role = entry.enter(request, adapter().vouch(request), at=timezone.now())
    except (NotVouched, entry.UnknownPerson):
        return redirect("site:welcome")
    return redirect(f"{role}:home")
