"""Finding in the catalogue: words, kind, need, start and free seats; a page at a time by key."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language

from velvalgt.apps.companies.queries import Demand, demands_for
from velvalgt.apps.offers.models import Offer, OfferQuerySet, Start
from velvalgt.apps.offers.seats import Seats, seats_of

OFFERS_A_PAGE = 6


@dataclass(frozen=True, slots=True)
class StartLine:
    """A start one can apply for, with its seats."""

    start: Start
    seats: Seats


@dataclass(frozen=True, slots=True)
class OfferLine:
    """An offer as it stands in the catalogue: its starts, its seats, what it leads to."""

    offer: Offer
    starts: tuple[StartLine, ...]
    demand: Demand | None
    is_outdated: bool

    @property
    def next(self) -> StartLine | None:
        """The next start."""
        return self.starts[0] if self.starts else None


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for in the catalogue; what is left empty asks nothing."""

    words: str = ""
    kind: str = ""
    need: str = ""
    weeks: int | None = None  # it begins within so many weeks
    has_seat: bool = False

    @property
    def is_anything(self) -> bool:
        """Whether something is asked at all."""
        return self != Asked()

    @property
    def is_a_search(self) -> bool:
        """Whether more is asked than what one needs."""
        return replace(self, need="") != Asked()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the catalogue, and the key after which the next one begins."""

    lines: tuple[OfferLine, ...]
    after: UUID | None


def catalogue(asked: Asked, *, on: date, after: UUID | None = None) -> Page:
    """Give a page of the catalogue (katalog) by title, after the offer with a key."""
    title = "title_en" if (get_language() or "da").startswith("en") else "title_da"
    offers = _found(asked, on).order_by(title, "pk")
    last = Offer.objects.filter(pk=after).values_list(title, flat=True).first() if after else None
    if last is not None:
        later = Q(**{f"{title}__gt": last}) | Q(**{title: last, "pk__gt": after})
        offers = offers.filter(later)
    shown = list(offers.select_related("unit")[: OFFERS_A_PAGE + 1])
    has_more = len(shown) > OFFERS_A_PAGE
    shown = shown[:OFFERS_A_PAGE]
    return Page(tuple(lines_of(shown, on)), shown[-1].pk if has_more else None)


def lines_of(offers: Sequence[Offer], on: date) -> list[OfferLine]:
    """Give offers with their starts, seats and demand; three questions, however many they are."""
    starts = list(Start.objects.open(on).filter(offer__in=offers))
    seats = seats_of([start.pk for start in starts])
    demands = demands_for({each.leads_to for each in offers if each.leads_to}, on=on)
    return [
        OfferLine(
            offer=offer,
            starts=tuple(
                StartLine(start, seats[start.pk]) for start in starts if start.offer_id == offer.pk
            ),
            demand=demands.get(offer.leads_to),
            is_outdated=offer.expires_on <= on,
        )
        for offer in offers
    ]


def line_of(offer_id: UUID, on: date) -> OfferLine | None:
    """Find one offer of the catalogue."""
    offer = Offer.objects.shown(on).select_related("unit").filter(pk=offer_id).first()
    return lines_of([offer], on)[0] if offer else None


def _found(asked: Asked, on: date) -> OfferQuerySet:
    offers = Offer.objects.shown(on)
    for word in asked.words.replace("\x00", " ").split():
        offers = offers.filter(_says(word))
    if asked.kind:
        offers = offers.filter(kind=asked.kind)
    if asked.need:
        offers = offers.filter(needs__contains=[asked.need])
    if asked.weeks is not None or asked.has_seat:
        offers = _with_start(offers, asked, on)
    return offers


def _says(word: str) -> Q:
    columns = ("title_da", "title_en", "words_da", "words_en", "suits_da", "suits_en")
    says = Q()
    for column in columns:
        says |= Q(**{f"{column}__icontains": word})
    return says


def _with_start(offers: OfferQuerySet, asked: Asked, on: date) -> OfferQuerySet:
    """Keep what can begin in time; what has no fixed day can begin any day, with a seat for all."""
    starts = Start.objects.open(on)
    fitting: Iterable[Start] = starts
    if asked.weeks is not None:
        fitting = starts.filter(starts_on__lte=on + timedelta(weeks=asked.weeks))
    if asked.has_seat:
        fitting = list(fitting)
        seats = seats_of([start.pk for start in fitting])
        fitting = [start for start in fitting if seats[start.pk].left > 0]
    keys = {start.offer_id for start in fitting}
    return offers.filter(Q(pk__in=keys) | Q(starts__isnull=True))
