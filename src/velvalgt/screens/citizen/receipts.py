"""The receipt of what was done here: to keep, to print, to quote on the phone."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from velvalgt.apps.cases.queries import receipt_of
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen


@for_citizen(Area.OVERVIEW)
@require_GET
def receipt(request: CitizenRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt, made for paper as much as for the screen."""
    found = receipt_of(request.citizen, receipt_id)
    if found is None:
        raise Http404
    return render(request, "citizen/receipt.html", {"receipt": found})
