"""The questions about the labour market."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from velvalgt.apps.companies.choices import Category
from velvalgt.apps.companies.models import Balance
from velvalgt.apps.companies.nearby import Hit, Place, Search, places, search, vacancies_of

__all__ = [
    "Demand",
    "Hit",
    "Place",
    "Search",
    "demand_for",
    "demands_for",
    "places",
    "search",
    "vacancies_of",
]


@dataclass(frozen=True, slots=True)
class Demand:
    """How much a job title is asked for here (efterspørgsel), as of a day and by whose word."""

    occupation: str
    title: str
    category: Category
    area: str
    as_of: date
    source: str


def demand_for(occupation: str, *, on: date) -> Demand | None:
    """Give the newest balance of a title that is not after a day; None where none is known."""
    return demands_for([occupation], on=on).get(occupation)


def demands_for(occupations: Collection[str], *, on: date) -> dict[str, Demand]:
    """Give the newest balance of each title that is not after a day; a title may have none.

    The tenant's files hold its own area alone, so there is one answer a title.
    """
    known = Balance.objects.filter(occupation__in=occupations, as_of__lte=on)
    newest = known.order_by("occupation", "-as_of", "-pk").distinct("occupation")
    return {
        each.occupation: Demand(
            each.occupation,
            each.title,
            Category(each.category),
            each.area,
            each.as_of,
            each.source,
        )
        for each in newest
    }
