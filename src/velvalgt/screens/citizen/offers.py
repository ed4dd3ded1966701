"""The catalogue: what may fit me and why, a search, one offer, and my own wish list."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from velvalgt.apps.offers import queries, services
from velvalgt.apps.offers.choices import Need, OfferKind
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.offers.queries import OfferLine
from velvalgt.apps.people.choices import Area
from velvalgt.apps.people.requests import CitizenRequest, for_citizen

ANY = ("", _("All"))
STARTS = ((4, _("Within 4 weeks")), (13, _("Within 3 months")))
UP, DOWN = -1, 1


class SearchForm(forms.Form):
    """What somebody looks for in the catalogue."""

    words = forms.CharField(label=_("Words"), required=False, max_length=100)
    need = forms.ChoiceField(label=_("I want to"), required=False, choices=[ANY, *Need.choices])
    kind = forms.ChoiceField(
        label=_("What it is"), required=False, choices=[ANY, *OfferKind.choices]
    )
    weeks = forms.TypedChoiceField(
        label=_("Starts"), required=False, choices=[ANY, *STARTS], coerce=int, empty_value=None
    )
    has_seat = forms.BooleanField(label=_("With free seats only"), required=False)
    after = forms.UUIDField(required=False, widget=forms.HiddenInput)


class MoveForm(forms.Form):
    """Which way a wish moves on the list."""

    places = forms.TypedChoiceField(choices=[(UP, "up"), (DOWN, "down")], coerce=int)


@for_citizen(Area.OFFERS)
@require_GET
def offers(request: CitizenRequest) -> HttpResponse:
    """The few that may fit, with the reasons; below them the catalogue, a page at a time."""
    form = SearchForm(request.GET or None)
    said = form.cleaned_data if form.is_valid() else {}
    after = said.pop("after", None)
    asked = queries.Asked(**said)
    needs = [Need(asked.need)] if asked.need else []
    chosen = (
        queries.well_chosen(request.citizen, on=request.today, needs=needs)
        if after is None and not asked.is_a_search
        else []
    )
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "form": form,
        "is_first_look": not asked.is_anything and after is None,
        "chosen": chosen,
        "page": queries.catalogue(asked, on=request.today, after=after),
        "query": query.urlencode(),
        "on": request.today,
    }
    return render(request, "citizen/offers.html", context, status=422 if form.errors else 200)


@for_citizen(Area.OFFERS)
@require_GET
def offer(request: CitizenRequest, offer_id: UUID) -> HttpResponse:
    """One offer: whom it suits, when, what it leads to, what is known of it."""
    line = found(request, offer_id)
    context: dict[str, Any] = {
        "line": line,
        "offer": line.offer,
        "studies": queries.studies_for(request.citizen, line.offer, on=request.today),
        "standing": queries.standing_application(request.citizen, line.offer, request.today),
        "is_wished": offer_id in queries.wishes_of(request.citizen),
    }
    return render(request, "citizen/offer.html", context)


@for_citizen(Area.OFFERS)
@require_GET
def wishes(request: CitizenRequest) -> HttpResponse:
    """The wish list, in the citizen's own order."""
    wished = queries.wish_list(request.citizen)
    return render(request, "citizen/wishes.html", {"wished": wished, "up": UP, "down": DOWN})


@for_citizen(Area.OFFERS)
@require_POST
def wish(request: CitizenRequest, offer_id: UUID) -> HttpResponse:
    """A POST puts the offer on the wish list."""
    line = found(request, offer_id)
    services.wish(citizen=request.citizen, offer=line.offer, by=request.user, at=request.at)
    return redirect("citizen:wishes")


@for_citizen(Area.OFFERS)
@require_POST
def wish_place(request: CitizenRequest, offer_id: UUID) -> HttpResponse:
    """A POST moves a wish one place up or down."""
    form = MoveForm(request.POST)
    if form.is_valid():
        services.move_wish(
            citizen=request.citizen,
            offer=wished(request, offer_id),
            places=form.cleaned_data["places"],
            by=request.user,
            at=request.at,
        )
    return redirect("citizen:wishes")


@for_citizen(Area.OFFERS)
@require_POST
def wish_removal(request: CitizenRequest, offer_id: UUID) -> HttpResponse:
    """A POST takes an offer off the wish list."""
    services.take_off_wish_list(
        citizen=request.citizen, offer=wished(request, offer_id), by=request.user, at=request.at
    )
    return redirect("citizen:wishes")


def found(request: CitizenRequest, offer_id: UUID) -> OfferLine:
    """Find an offer of the catalogue.

    Raises:
        Http404: it is not there.
    """
    line = queries.line_of(offer_id, request.today)
    if line is None:
        raise Http404
    return line


def wished(request: CitizenRequest, offer_id: UUID) -> Offer:
    """Find an offer on the citizen's wish list, in the catalogue or not.

    Raises:
        Http404: it is not on the list.
    """
    for each in queries.wish_list(request.citizen):
        if each.pk == offer_id:
            return each
    raise Http404


urls = [
    path("offers/", offers, name="offers"),
    path("offers/<uuid:offer_id>/", offer, name="offer"),
    path("wishes/", wishes, name="wishes"),
    path("wishes/<uuid:offer_id>/", wish, name="wish"),
    path("wishes/<uuid:offer_id>/place/", wish_place, name="wish_place"),
    path("wishes/<uuid:offer_id>/removal/", wish_removal, name="wish_removal"),
]
