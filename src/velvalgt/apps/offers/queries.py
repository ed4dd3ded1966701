"""The questions about the catalogue, the wish list and the applications."""

from datetime import date

from velvalgt.apps.offers.applying import standing_application
from velvalgt.apps.offers.choosing import Chosen, groups_of, well_chosen
from velvalgt.apps.offers.finding import (
    Asked,
    OfferLine,
    Page,
    StartLine,
    catalogue,
    line_of,
    lines_of,
)
from velvalgt.apps.offers.following import (
    ApplicationLine,
    ApplicationStory,
    application_story,
    application_to_answer,
    applications_of,
    open_applications,
    waiting_applications,
)
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.offers.seats import Seats, places_of, seats_of
from velvalgt.apps.offers.speaking import title_of
from velvalgt.apps.offers.wishing import wishes_of
from velvalgt.apps.people.models import Citizen
from velvalgt.core.effect import Study, studies_of

__all__ = [
    "ApplicationLine",
    "ApplicationStory",
    "Asked",
    "Chosen",
    "OfferLine",
    "Page",
    "Seats",
    "StartLine",
    "application_story",
    "application_to_answer",
    "applications_of",
    "catalogue",
    "line_of",
    "lines_of",
    "open_applications",
    "places_of",
    "seats_of",
    "standing_application",
    "studies_for",
    "title_of",
    "waiting_applications",
    "well_chosen",
    "wish_list",
    "wishes_of",
]


def studies_for(citizen: Citizen, offer: Offer, *, on: date) -> tuple[Study, ...]:
    """Give what studies say of an effort (studier), those about the citizen's own group first."""
    return studies_of(offer.kind, groups_of(citizen, on))


def wish_list(citizen: Citizen) -> list[Offer]:
    """Give what a citizen would like, in their own order; what has been taken off is left out."""
    wishes = wishes_of(citizen)
    found = Offer.objects.filter(retired_on__isnull=True).in_bulk(wishes)
    return [found[key] for key in wishes if key in found]
