"""Rights and duties on one page: what the law asks and why, and how to be met more or less."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from velvalgt.apps.duties import queries as duties
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.queries import contact_wish_of
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.page import waiting_first


@for_citizen(Area.RIGHTS)
@require_GET
def rights(request: CitizenRequest) -> HttpResponse:
    """What the law asks, the rights beside it, and how to get more or less contact."""
    today = request.today
    lines = duties.duties_of(request.citizen, today)
    context = {
        "asked": waiting_first(lines),
        "rights": duties.rights_of(request.citizen, today),
        "left_out": duties.leave_out_of(request.citizen, today),
        "wish": contact_wish_of(request.citizen),
    }
    return render(request, "citizen/rights_page.html", context)
