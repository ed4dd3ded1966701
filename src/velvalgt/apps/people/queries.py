"""The questions about people."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.services import trace
from velvalgt.apps.people.choices import AtJobnet, CvKind
from velvalgt.apps.people.models import (
    Citizen,
    ContactWish,
    CvEntry,
    JobLogEntry,
    JobnetState,
    OwnWordsQuerySet,
    PeriodQuerySet,
    Residence,
)
from velvalgt.apps.people.money import Money, money_of
from velvalgt.apps.staff.models import User

__all__ = [
    "Money",
    "at_jobnet",
    "contact_wish_of",
    "cv_of",
    "has_case_as_citizen",
    "job_log_of",
    "money_of",
    "residence_of",
    "search",
    "spells_of",
]

MOST_FOUND = 20


def has_case_as_citizen(user: User) -> bool:
    """Whether the user is a citizen here, and not staff alone."""
    return Citizen.objects.filter(user=user).exists()


def spells_of(citizen: Citizen) -> PeriodQuerySet:
    """Give a citizen's spells on benefit (forløb på ydelse), newest first."""
    spells: PeriodQuerySet = citizen.spells.order_by("-starts_on", "-pk")
    return spells


def residence_of(citizen: Citizen, on: date) -> Residence | None:
    """Give where a citizen lives (bopæl), unless the address is protected."""
    if citizen.address_is_protected:
        return None
    return Residence.objects.on(on).filter(citizen=citizen).order_by("-starts_on", "-pk").first()


def contact_wish_of(citizen: Citizen) -> ContactWish | None:
    """Give how a citizen wants to be met (kontaktønske); the newest holds."""
    return citizen.contact_wishes.order_by("-recorded_at", "-pk").first()


def cv_of(citizen: Citizen) -> list[CvEntry]:
    """Give the lines of a citizen's CV that hold, kind by kind, the newest years first."""
    kinds = list(CvKind)
    return sorted(
        CvEntry.objects.standing().filter(citizen=citizen).order_by("-said_at", "-pk"),
        key=lambda line: (kinds.index(CvKind(line.kind)), -_last_year(line)),
    )


def _last_year(line: CvEntry) -> int:
    """The year a line ends; one that runs on ends last, one without years first."""
    return line.to_year or (9999 if line.from_year else 0)


def job_log_of(citizen: Citizen) -> OwnWordsQuerySet[JobLogEntry]:
    """Give the lines of a citizen's job log that hold, the last written first."""
    return JobLogEntry.objects.standing().filter(citizen=citizen).order_by("-said_at", "-pk")


def at_jobnet(citizen: Citizen) -> dict[str, JobnetState]:
    """Give how a citizen's CV and job log stand at Jobnet, by `AtJobnet`; the newest word counts.

    What no source has told of is not there.
    """
    told = JobnetState.objects.filter(citizen=citizen, about__in=AtJobnet.values)
    return {each.about: each for each in told.order_by("as_of", "pk")}


def search(asked: str, *, at: datetime) -> Sequence[Citizen]:
    """Find citizens by name (søge borger) among those one may see, the likeliest first.

    The search stands in the log, without the words that were searched for.
    """
    words = " ".join(asked.replace("\x00", " ").split())
    found = _likest(words) if len(words) > 1 else []
    trace(action=Action.SEARCH, what="citizens_by_name", at=at, count=len(found))
    citizens = Citizen.objects.in_bulk(found)
    return [citizens[key] for key in found if key in citizens]


def _likest(words: str) -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("select citizen_id from people_search(%s, %s)", [words, MOST_FOUND])
        return [row[0] for row in cursor.fetchall()]
