"""The questions about people."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from velvalgt.apps.audit.choices import Action, Purpose
from velvalgt.apps.audit.services import trace
from velvalgt.apps.people.choices import AtJobnet, Choice, CvKind
from velvalgt.apps.people.consents import CvItem, Item
from velvalgt.apps.people.grounds import Grounds, grounds
from velvalgt.apps.people.knowledge import Known, known_of
from velvalgt.apps.people.models import (
    Access,
    Citizen,
    Consent,
    ContactWish,
    Correction,
    CvEntry,
    CvShare,
    JobLogEntry,
    JobnetState,
    OwnWordsQuerySet,
    PeriodQuerySet,
    Power,
    Residence,
)
from velvalgt.apps.people.money import Money, money_of
from velvalgt.apps.people.powers import PowerRule, areas_acted_in, areas_seen, power_rules
from velvalgt.apps.people.reaching import Reach, reachable_at
from velvalgt.apps.staff.models import User

__all__ = [
    "CvItem",
    "Grounds",
    "Item",
    "Known",
    "Money",
    "PowerRule",
    "Reach",
    "areas_acted_in",
    "areas_seen",
    "at_jobnet",
    "consents_of",
    "contact_wish_of",
    "corrections_of",
    "cv_of",
    "cv_shares_of",
    "grounds",
    "has_case_as_citizen",
    "has_own_case",
    "holds_powers",
    "job_log_of",
    "known_of",
    "money_of",
    "open_corrections",
    "power_rules",
    "powers_of",
    "reachable_at",
    "represented_by",
    "residence_of",
    "search",
    "spells_of",
    "standing_consents",
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


def corrections_of(citizen: Citizen) -> list[Correction]:
    """Give what a citizen has asked to have corrected, newest first, with its answers."""
    asked = citizen.corrections.select_related("asked_by").prefetch_related("answers")
    return list(asked.order_by("-asked_at", "-pk"))


def open_corrections(citizens: QuerySet[Any]) -> list[Correction]:
    """Give the requests to correct a fact that nobody has answered, of some citizens, oldest first.

    Args:
        citizens: a query that gives their keys.
    """
    waiting = Correction.objects.filter(citizen_id__in=citizens, answers__isnull=True)
    return list(waiting.select_related("citizen").order_by("asked_at", "pk"))


def consents_of(citizen: Citizen) -> list[Consent]:
    """Give every yes a citizen has given, newest first, with who gave it and its withdrawal."""
    given = citizen.consents.select_related("given_by", "withdrawal")
    return list(given.order_by("-given_at", "-pk"))


def standing_consents(citizen: Citizen) -> set[Choice]:
    """Give what a citizen says yes to now (samtykke)."""
    standing = Consent.objects.standing().filter(citizen=citizen)
    return {Choice(choice) for choice in standing.values_list("choice", flat=True)}


def cv_shares_of(citizen: Citizen) -> list[CvShare]:
    """Give what a citizen has let companies see of their CV, newest first, with the items."""
    shares = citizen.cv_shares.select_related("end").prefetch_related("items")
    return list(shares.order_by("-shared_at", "-pk"))


def powers_of(citizen: Citizen) -> list[Power]:
    """Give who may stand in for a citizen, and who could, newest first."""
    powers = citizen.powers.select_related("given_by", "holder__user", "end")
    return list(powers.order_by("-given_at", "-pk"))


def holds_powers(user: User, at: datetime) -> bool:
    """Whether somebody may act for a citizen at the moment."""
    grants = Access.objects.current(at).filter(user=user, purpose=Purpose.REPRESENTATION)
    return grants.exists()


def has_own_case(user: User, at: datetime) -> bool:
    """Whether somebody who acts for others has a case of their own, too."""
    grants = Access.objects.current(at).filter(user=user, purpose=Purpose.OWN_CASE)
    return grants.exists()


def represented_by(user: User, at: datetime) -> dict[Citizen, list[Power]]:
    """Give whom a user stands in for, by name, and by which powers."""
    held = Power.objects.standing(at).filter(holder__user=user).select_related("citizen__user")
    by_citizen: dict[Citizen, list[Power]] = {}
    for power in held.order_by("citizen__name", "citizen", "kind", "pk"):
        by_citizen.setdefault(power.citizen, []).append(power)
    return by_citizen


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
