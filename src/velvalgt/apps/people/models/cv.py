"""The citizen's own words for work: the CV and the job log, and how the two stand at Jobnet."""

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.choices import AtJobnet, CvKind, JobLogHow, JobLogState
from velvalgt.apps.people.models.citizens import Citizen, once_from_its_source
from velvalgt.apps.staff.models import User

T = TypeVar("T", bound="OwnWords")


class OwnWordsQuerySet(models.QuerySet[T]):
    """The words for choosing what a citizen has written."""

    def standing(self) -> Self:
        """What holds: not replaced by a later row, and not itself a withdrawal."""
        return self.filter(replaced_by__isnull=True, is_withdrawal=False)


class OwnWords(CitizenRecord):
    """Something a citizen wrote; a change is a new row that replaces it, a withdrawal, too."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    is_withdrawal = models.BooleanField(default=False)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    @property
    def facts(self) -> dict[str, Any]:
        """What was written, without who and when."""
        return {name: getattr(self, name) for name in self.FACTS}

    FACTS: tuple[str, ...] = ()


class CvEntry(OwnWords):
    """A line of the citizen's CV (cv): a job, a course, a language."""

    FACTS = ("kind", "title", "place", "from_year", "to_year", "words")

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="cv_entries")
    kind = models.CharField(max_length=12, choices=CvKind)
    title = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True)
    to_year = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(max_length=2000, blank=True)

    objects = OwnWordsQuerySet["CvEntry"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_year__isnull=True)
                | Q(from_year__isnull=True)
                | Q(to_year__gte=F("from_year")),
                name="people_cventry_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(replaces__isnull=False),
                name="people_cventry_withdrawal_replaces",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "citizen"], name="people_cventry_of")]

    def __str__(self) -> str:
        return f"line {self.pk} of a CV"


class JobLogEntry(OwnWords):
    """A job the citizen wants or has applied for, and how it stands (joblog)."""

    FACTS = ("title", "company", "applied_on", "how", "state", "url")

    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="job_log")
    title = models.CharField(max_length=200)
    company = models.CharField(max_length=200)
    applied_on = models.DateField(null=True)
    how = models.CharField(max_length=12, choices=JobLogHow, blank=True)
    state = models.CharField(max_length=12, choices=JobLogState)
    url = models.URLField(max_length=400, blank=True)

    objects = OwnWordsQuerySet["JobLogEntry"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=JobLogState.WANTED) | Q(applied_on__isnull=False),
                name="people_joblogentry_applied_some_day",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(replaces__isnull=False),
                name="people_joblogentry_withdrawal_replaces",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "citizen"], name="people_joblogentry_of")]

    def __str__(self) -> str:
        return f"line {self.pk} of a job log"


class JobnetState(CitizenRecord):
    """How a citizen's CV or job log stands at Jobnet, as a source tells it (status på Jobnet).

    Jobnet is the State's own: nothing is sent there from here. `updated_on` is the day on which it
    was last changed there; null where there is none.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="jobnet_states")
    source = models.CharField(max_length=40)
    external_key = models.CharField(max_length=80)
    about = models.CharField(max_length=12, choices=AtJobnet)
    updated_on = models.DateField(null=True)
    as_of = models.DateField()

    class Meta:
        constraints = [
            once_from_its_source("jobnetstate"),
            models.CheckConstraint(
                condition=Q(updated_on__isnull=True) | Q(updated_on__lte=F("as_of")),
                name="people_jobnetstate_known_on_its_day",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-as_of"], name="people_jobnetstate_of")
        ]

    def __str__(self) -> str:
        return f"{self.about} at Jobnet as of {self.as_of}"
