"""The citizen's first page and what can be done from it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.cases import services as journal
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.duties import services as law
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.page import FirstPage, contact_of, first_page
from velvalgt.web.partials import render_part


@for_citizen(Area.OVERVIEW)
@require_GET
def home(request: CitizenRequest) -> HttpResponse:
    """The citizen's first page: the next step on top, the rest below."""
    return render(request, "citizen/home.html", _told(first_page(request)))


@for_citizen(Area.RIGHTS)
@require_POST
def requests(request: CitizenRequest) -> HttpResponse:
    """The citizen's requests for an interview; a POST makes one, unless one is open."""
    journal.request_interview(
        citizen=request.citizen, today=request.today, by=request.user, at=request.at
    )
    if request.htmx:
        told = cases.standing_of(request.citizen)
        return render_part(
            request, "citizen/home.html", "contact", {"contact": contact_of(request, told)}
        )
    return redirect("citizen:home")


@for_citizen(Area.OVERVIEW)
@require_POST
def calls(request: CitizenRequest) -> HttpResponse:
    """The citizen's wish to be called; a POST makes one, and leads to its receipt."""
    receipt = journal.request_call(
        citizen=request.citizen, today=request.today, by=request.user, at=request.at
    )
    return redirect("citizen:receipt", receipt.pk)


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


def _told(page: FirstPage) -> dict[str, object]:
    return {"page": page, "contact": page.contact}
