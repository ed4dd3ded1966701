"""Requests of somebody who is signed in, and the guard that a page is for a role."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from velvalgt.apps.audit.actor import current
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.models import User

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request by somebody with a role in a unit, at a moment, on their tenant's working day.

    `at` is when it was made; `moment` is the same hour of the tenant's working day, by which
    meetings are booked. The two differ in a demo that stands still.
    """

    user: User
    htmx: HtmxDetails
    at: datetime
    moment: datetime
    today: date


def stamp(request: HttpRequest, user: User) -> None:
    """Read the clock once for a request: the moment, and the day that the law is read on."""
    at = timezone.now()
    request.at = at  # type: ignore[attr-defined]
    request.moment = user.tenant.working_moment(at)  # type: ignore[attr-defined]
    request.today = user.tenant.working_day(timezone.localdate(at))  # type: ignore[attr-defined]


def for_role(
    role: Role,
) -> Callable[
    [Callable[Concatenate[StaffRequest, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Keep a page to a role: a stranger is sent to sign in, another role finds nothing.

    Somebody with two roles finds the pages of the one they signed in for: the purpose in the log
    is that role's.
    """

    def guard(
        view: Callable[Concatenate[StaffRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect("site:welcome")
            stamp(request, request.user)
            memberships = request.user.memberships.current(request.at)  # type: ignore[attr-defined]
            has_role = memberships.filter(role=role, unit=current().unit_id).exists()
            if current().purpose != role.purpose or not has_role:
                raise Http404
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        guarded.role = role  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return guard
