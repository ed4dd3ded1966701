"""Requests of a citizen about their own case."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django_htmx.middleware import HtmxDetails

from velvalgt.apps.audit.actor import current
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User
from velvalgt.apps.staff.requests import stamp

P = ParamSpec("P")


class CitizenRequest(HttpRequest):
    """A request by a citizen about their own case."""

    user: User
    htmx: HtmxDetails
    at: datetime
    today: date
    citizen: Citizen


def for_citizen(
    view: Callable[Concatenate[CitizenRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Keep a page to the citizen it is about; anybody else finds nothing."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect("site:welcome")
        if current().purpose != Role.CITIZEN.purpose:
            raise Http404
        stamp(request, request.user)
        request.citizen = get_object_or_404(  # type: ignore[attr-defined]
            Citizen.objects.select_related("user"), user=request.user
        )
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    guarded.role = Role.CITIZEN  # type: ignore[attr-defined]
    return guarded  # type: ignore[return-value]
