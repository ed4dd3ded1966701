"""An earlier time for a meeting: get on the list, get off it, answer what is offered."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.models import EarlierOffer, Meeting
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen
from velvalgt.screens.citizen.meeting_picker import agreed_page, citizens_hand


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: CitizenRequest, uid: UUID) -> HttpResponse:
    """How it stands with an earlier time for a meeting; a POST gets on the list or off it."""
    meeting = _meeting(request, uid)
    state = queries.earlier_of(meeting, request.moment)
    if request.method != "POST":
        return render(request, "citizen/meeting_earlier_page.html", {"earlier": state})
    by, at = request.user, request.moment
    try:
        if request.POST.get("how") != "stop":
            services.wish_earlier(meeting=meeting, by=by, at=at)
        elif state.wish is not None:
            services.stop_waiting(wish=state.wish, by=by, at=at)
    except services.CannotBook as refusal:
        context = {"earlier": state, "refusal": str(refusal)}
        return render(request, "citizen/meeting_earlier_page.html", context, status=422)
    return redirect("citizen:meeting", uid)


@for_citizen(Area.MEETINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def earlier_offer(request: CitizenRequest, offer: UUID) -> HttpResponse:
    """An earlier time that is offered; a POST says yes or no to it."""
    found = queries.earlier_offer_of(request.citizen, offer)
    if found is None:
        raise Http404
    meeting = _meeting(request, found.wish.uid)
    if request.method != "POST":
        return _offer_page(request, found, meeting)
    try:
        if request.POST.get("how") == "yes":
            _accept(request, found, meeting)
            return redirect(agreed_page(meeting))
        services.decline_earlier(offer=found, by=request.user, at=request.moment)
    except services.TimeTaken:
        return _offer_page(request, found, meeting, status=409)
    except services.CannotBook as refusal:
        return _offer_page(request, found, meeting, status=422, refusal=str(refusal))
    return redirect("citizen:meeting", meeting.uid)


def _accept(request: CitizenRequest, offer: EarlierOffer, meeting: Meeting) -> None:
    duties = duties_of(request.citizen, request.today)
    services.accept_earlier(
        offer=offer,
        permitted=queries.permitted_ways(queries.type_of(meeting.type), duties),
        hand=citizens_hand(request),
    )


def _offer_page(
    request: CitizenRequest,
    offer: EarlierOffer,
    meeting: Meeting,
    status: int = 200,
    refusal: str = "",
) -> HttpResponse:
    """The offer with yes and no, where it can be had; else what has become of it."""
    state = queries.earlier_of(meeting, request.moment)
    context = {"earlier": state, "offer": offer, "is_open": state.offer == offer}
    context |= {"refusal": refusal, "is_taken": queries.is_taken(offer, meeting, request.moment)}
    return render(request, "citizen/meeting_earlier_offer.html", context, status=status)


def _meeting(request: CitizenRequest, uid: UUID) -> Meeting:
    found = queries.meeting_of(request.citizen, uid)
    if found is None:
        raise Http404
    return found


urls = [
    path("meetings/<uuid:uid>/earlier/", earlier, name="earlier"),
    path("meetings/earlier/<uuid:offer>/", earlier_offer, name="earlier_offer"),
]
