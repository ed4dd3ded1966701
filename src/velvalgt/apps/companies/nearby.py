"""Finding vacancies (finde stillinger) by words and by how far away they are; nothing is kept."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Avg, Min, Q

from velvalgt.apps.companies.distance import Point, straight_km
from velvalgt.apps.companies.models import Vacancy, VacancyQuerySet


@dataclass(frozen=True, slots=True)
class Place:
    """A postcode that vacancies lie in, and where: a place to start from."""

    postcode: str
    city: str
    point: Point


@dataclass(frozen=True, slots=True)
class Hit:
    """A vacancy that was found, and how far away it is, where that is known."""

    vacancy_id: UUID
    km: float | None = None


@dataclass(frozen=True, slots=True)
class Search:
    """What was found, the nearest first, and how many more are nowhere on the map."""

    hits: list[Hit]
    without_place: int = 0


def places(on: date) -> list[Place]:
    """Give the places of the vacancies that are open on a day, by postcode.

    A postcode's place is the middle of its vacancies: there is no list of postcodes here.
    """
    known = Vacancy.objects.open(on).filter(latitude__isnull=False).values("postcode")
    middles = known.annotate(
        town=Min("city"), latitude_=Avg("latitude"), longitude_=Avg("longitude")
    )
    return [
        Place(each["postcode"], each["town"], Point(each["latitude_"], each["longitude_"]))
        for each in middles.order_by("postcode")
    ]


def search(
    *, on: date, words: str = "", start: Point | None = None, within_km: int | None = None
) -> Search:
    """Find the vacancies that are open on a day.

    Args:
        on: the day.
        words: each must stand in title, employer or town.
        start: from where the way is measured; without it the first to close comes first.
        within_km: how far away at most, as the crow flies; needs `start`.
    """
    rows = list(
        _saying(Vacancy.objects.open(on), words)
        .order_by("apply_by", "title", "pk")
        .values_list("pk", "latitude", "longitude")
    )
    if start is None:
        return Search([Hit(pk) for pk, _, _ in rows])
    placed = [
        Hit(pk, straight_km(start, Point(latitude, longitude)))
        for pk, latitude, longitude in rows
        if latitude is not None and longitude is not None
    ]
    near = [hit for hit in placed if within_km is None or (hit.km or 0) <= within_km]
    return Search(sorted(near, key=lambda hit: hit.km or 0), len(rows) - len(placed))


def vacancies_of(hits: list[Hit]) -> list[tuple[Vacancy, float | None]]:
    """Give the vacancies of some hits with how far away they are, in the hits' order."""
    found = Vacancy.objects.in_bulk([hit.vacancy_id for hit in hits])
    return [(found[hit.vacancy_id], hit.km) for hit in hits if hit.vacancy_id in found]


def _saying(vacancies: VacancyQuerySet, words: str) -> VacancyQuerySet:
    for word in words.replace("\x00", " ").split():
        vacancies = vacancies.filter(
            Q(title__icontains=word) | Q(employer__icontains=word) | Q(city__icontains=word)
        )
    return vacancies
