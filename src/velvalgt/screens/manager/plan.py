"""The plan: how it stands, where it is short, what more would give, and how it is answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from velvalgt.apps.priorities import queries, services
from velvalgt.apps.staff.choices import Role
from velvalgt.apps.staff.requests import StaffRequest, for_role

WEEKS_BACK = 12
"""How many weeks of answers are counted: as many as of meetings."""


@require_http_methods(["GET", "POST"])
@for_role(Role.MANAGER)
def plan(request: StaffRequest) -> HttpResponse:
    """The plan that holds; a POST asks for a new one, and htmx asks how far it is."""
    if request.method == "POST":
        services.ask_for_plan(on=request.today)
        return redirect(f"{reverse('manager:plan')}?asked={int(request.at.timestamp())}")
    overview = queries.plan_overview(request.today, request.at, _asked_at(request))
    context: dict[str, Any] = {"overview": overview, "run": overview.run}
    if request.htmx:
        if overview.standing.is_under_way:
            return render(request, "manager/plan.html#state", context)
        return HttpResponseClientRefresh()
    since = request.today - timedelta(weeks=WEEKS_BACK)
    context |= {"answers": queries.acceptance_by_unit(since), "since": since}
    return render(request, "manager/plan.html", context)


def _asked_at(request: StaffRequest) -> datetime | None:
    """When the one who looks asked for a plan: in the address, so that a reload knows it, too."""
    asked = request.GET.get("asked", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= len("9999999999")):
        return None
    return datetime.fromtimestamp(int(asked), UTC)
