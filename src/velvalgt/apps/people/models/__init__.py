"""What the station of people remembers: a file for each idea."""

from velvalgt.apps.people.models.citizens import (
    Access,
    AccessQuerySet,
    Citizen,
    CitizenFact,
    ContactWish,
    FactVersion,
    Payment,
    PeriodQuerySet,
    Residence,
    Spell,
    Work,
    ends_after_start,
    once_from_its_source,
)
from velvalgt.apps.people.models.cv import CvEntry, JobLogEntry, JobnetState, OwnWordsQuerySet

__all__ = [
    "Access",
    "AccessQuerySet",
    "Citizen",
    "CitizenFact",
    "ContactWish",
    "CvEntry",
    "FactVersion",
    "JobLogEntry",
    "JobnetState",
    "OwnWordsQuerySet",
    "Payment",
    "PeriodQuerySet",
    "Residence",
    "Spell",
    "Work",
    "ends_after_start",
    "once_from_its_source",
]
