"""The citizen's pages: the one next step, what the law asks, my rights, who has looked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.audit.queries import looks_at
from velvalgt.apps.cases import services as journal
from velvalgt.apps.cases.queries import open_request
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties import services as law
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.apps.staff.queries import units_by_id
from velvalgt.screens.citizen.page import asked_besides
from velvalgt.web.partials import render_part


@for_citizen(Area.OVERVIEW)
@require_GET
def home(request: CitizenRequest) -> HttpResponse:
    """The citizen's first page: the next step on top, the rest below."""
    return render(request, "citizen/home.html", _home(request) | _contact(request))


@for_citizen(Area.RIGHTS)
@require_POST
def requests(request: CitizenRequest) -> HttpResponse:
    """The citizen's requests for an interview; a POST makes one, unless one is open."""
    journal.request_interview(
        citizen=request.citizen, today=request.today, by=request.user, at=request.at
    )
    if request.htmx:
        return render_part(request, "citizen/home.html", "contact", _contact(request))
    return redirect("citizen:home")


@for_citizen(Area.RIGHTS)
@require_POST
def return_to_interviews(request: CitizenRequest) -> HttpResponse:
    """The way back in: a POST ends the citizen's leave-out at once, without a reason."""
    today = request.today
    left_out = duties.leave_out_of(request.citizen, today)
    if left_out is not None:
        law.end_leave_out(
            citizen=request.citizen,
            entry=left_out.entry,
            on=today,
            by=request.user,
            at=request.at,
        )
    return redirect("citizen:home")


@for_citizen(Area.DATA)
@require_GET
def looks(request: CitizenRequest) -> HttpResponse:
    """Who has looked at the citizen's case: when, which unit, for what."""
    units = units_by_id()
    lines = [
        (look, units.get(look.unit_id) if look.unit_id else None)
        for look in looks_at(request.citizen.pk, own_user_id=request.user.pk)
    ]
    return render(request, "citizen/looks.html", {"lines": lines})


def _home(request: CitizenRequest) -> dict[str, Any]:
    today = request.today
    lines = duties.duties_of(request.citizen, today)
    left_out = duties.leave_out_of(request.citizen, today)
    step = None if left_out else duties.next_step(lines)
    return {
        "left_out": left_out,
        "step": step,
        "asked": asked_besides(lines, step),
        "rights": duties.rights_of(request.citizen, today),
    }


def _contact(request: CitizenRequest) -> dict[str, Any]:
    cases = request.citizen.cases.open().select_related("unit", "caseworker")
    return {"case": cases.first(), "open_request": open_request(request.citizen)}
