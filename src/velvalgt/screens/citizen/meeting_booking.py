"""Booking a meeting: what about, then how, then when."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from velvalgt.apps.cases import queries as cases
from velvalgt.apps.duties import queries as duties
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.meeting_picker import citizens_hand, pick
from velvalgt.screens.citizen.meeting_wish import Bookable


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "POST"])
def booking(request: CitizenRequest) -> HttpResponse:
    """The citizen's booking, a page at a time; a POST books the time in the address."""
    citizen, today = request.citizen, request.today
    case = cases.open_case_of(citizen)
    lines = duties.duties_of(citizen, today)
    types = queries.types_for_citizen(
        citizen, cases.standing_of(citizen), lines, booked_by="citizen"
    )
    status = 422 if request.method == "POST" else 200
    if case is None or not types:
        refusal = services.NotYours() if case else services.NobodyThere()
        context: dict[str, object] = {"refusal": str(refusal), "case": case}
        return render(request, "citizen/meeting_none.html", context, status=status)
    asked = request.GET.get("type") if len(types) > 1 else types[0].key
    chosen = next((each for each in types if each.key == asked), None)
    if chosen is None:
        return render(request, "citizen/meeting_types.html", {"types": types}, status=status)
    permitted = queries.permitted_ways(chosen, lines)
    bookable = Bookable(chosen, permitted, case.unit, case.caseworker)
    return pick(
        request,
        bookable,
        lambda wanted, starts_at: services.book(
            citizen=citizen,
            wanted=wanted,
            starts_at=starts_at,
            permitted=permitted,
            hand=citizens_hand(request),
        ),
    )


urls = [path("meetings/booking/", booking, name="booking")]
