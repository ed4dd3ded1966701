"""The receipt of what was done here: to keep, to print, to quote on the phone."""

from collections.abc import Mapping
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.cases.queries import receipt_of
from velvalgt.apps.people import queries as people
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, Standing, for_citizen

AREAS: Mapping[Deed, Area] = {
    Deed.REQUEST: Area.RIGHTS,
    Deed.CALL: Area.OVERVIEW,
    Deed.RETURN: Area.RIGHTS,
    Deed.MEETING: Area.MEETINGS,
    Deed.PREPARATION: Area.PREPARATION,
    Deed.CONTACT_WISH: Area.PREPARATION,
    Deed.PLAN: Area.PLAN,
    Deed.AGREEMENT: Area.PLAN,
    Deed.APPLICATION: Area.OFFERS,
    Deed.WITHDRAWAL: Area.OFFERS,
    Deed.WISH_LIST: Area.OFFERS,
    Deed.MESSAGE: Area.MESSAGES,
    Deed.DOCUMENT: Area.CASE,
    Deed.CHANNEL: Area.MESSAGES,
    Deed.CORRECTION: Area.DATA,
    Deed.CONSENT: Area.DATA,
    Deed.OBJECTION: Area.DATA,
    Deed.CV: Area.JOBS,
    Deed.JOB_LOG: Area.JOBS,
    Deed.POWER: Area.DATA,
}
"""Where each deed was done: a power that does not open the area does not show its receipt."""


def deeds_shown(standing: Standing) -> list[Deed]:
    """Give the deeds whose receipts somebody may see."""
    return [deed for deed, area in AREAS.items() if area in standing.sees]


@for_citizen(Area.OVERVIEW)
@require_GET
def receipt(request: CitizenRequest, receipt_id: UUID) -> HttpResponse:
    """One receipt, made for paper as much as for the screen."""
    found = receipt_of(request.citizen, receipt_id)
    if found is None or found.deed not in deeds_shown(request.standing):
        raise Http404
    is_call = found.deed == Deed.CALL
    phone = people.reachable_at(request.citizen).phone if is_call else ""
    context = {"receipt": found, "is_call": is_call, "phone": phone}
    return render(request, "citizen/receipt.html", context)
