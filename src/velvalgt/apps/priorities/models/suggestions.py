"""What is suggested for whom, what was answered, and what a citizen has said no to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.offers.models import Offer
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.choices import Because, Reply
from velvalgt.apps.priorities.models.runs import CurrentRun, Run
from velvalgt.apps.staff.models import User


def reasons() -> "ArrayField[list[str], list[str]]":
    """Codes of reasons, the weightiest first; the words are the page's."""
    return ArrayField(models.CharField(max_length=60), default=list)


class SuggestionQuerySet(models.QuerySet["Suggestion"]):
    """The words for choosing suggestions."""

    def current(self) -> "SuggestionQuerySet":
        """Those of the plan that holds now."""
        return self.filter(run__in=CurrentRun.objects.values("run"))

    def unanswered(self) -> "SuggestionQuerySet":
        return self.filter(~Exists(SuggestionAnswer.objects.filter(suggestion=OuterRef("pk"))))


class Suggestion(CitizenRecord):
    """What a plan suggests for a citizen (forslag): never a decision, answered by a person.

    Attributes:
        effort: the effort's word in the table of studies; `offer` where it is one of the
            catalogue.
        gain_weeks: expected extra weeks in work, with the interval from `low` to `high`.
        hours: what it takes of a caseworker in the period; cost_oere: its price.
        others: the two next best, each with effort, offer, gain_weeks, low and high.
        is_new: it differs from what the plan before suggested.
        grade: how strong the method of the study behind it is.
        facts: the number of the citizen's facts that it went by; a higher one is a new fact.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="suggestions")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="suggestions")
    on = models.DateField()
    effort = models.CharField(max_length=40)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")
    gain_weeks = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    hours = models.FloatField()
    cost_oere = models.BigIntegerField(null=True)
    others = models.JSONField(default=list)
    reasons = reasons()
    is_new = models.BooleanField()
    grade = models.CharField(max_length=20, blank=True)
    facts = models.BigIntegerField()

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "citizen"], name="priorities_suggestion_once"),
            models.UniqueConstraint(
                fields=["id", "citizen"], name="priorities_suggestion_of_citizen"
            ),
            models.CheckConstraint(
                condition=Q(low__lte=models.F("gain_weeks"), high__gte=models.F("gain_weeks")),
                name="priorities_suggestion_interval",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-on"], name="priorities_suggestion_of")
        ]

    def __str__(self) -> str:
        return f"suggestion {self.pk}"


class SuggestionAnswer(CitizenRecord):
    """What a caseworker answered a suggestion (svar på forslag); the newest holds.

    Attributes:
        effort, offer: what was chosen; "" where it waits.
        until: the day on which it comes back, where it waits.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="answers")
    reply = models.CharField(max_length=12, choices=Reply)
    effort = models.CharField(max_length=40, blank=True)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")
    because = models.CharField(max_length=24, choices=Because)
    words = models.TextField(max_length=1000, blank=True)
    until = models.DateField(null=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reply=Reply.POSTPONED, effort="", until__isnull=False)
                | (~Q(reply=Reply.POSTPONED) & ~Q(effort="") & Q(until__isnull=True)),
                name="priorities_answer_chooses_or_waits",
            )
        ]
        indexes = [
            models.Index(fields=["suggestion", "-answered_at"], name="priorities_answer_last"),
            models.Index(
                fields=["tenant_id", "citizen", "-answered_at"], name="priorities_answer_of"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reply} to suggestion {self.suggestion_id}"


class OwnNoQuerySet(models.QuerySet["OwnNo"]):
    """The words for choosing what citizens have said no to."""

    def standing(self) -> "OwnNoQuerySet":
        """Not taken back."""
        return self.filter(end__isnull=True)


class OwnNo(CitizenRecord):
    """That a citizen does not want an effort (borgerens eget nej): it is not suggested again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="own_nos")
    effort = models.CharField(max_length=40)
    offer = models.ForeignKey(Offer, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=1000, blank=True)
    side = models.CharField(max_length=12, choices=Side)
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = OwnNoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "citizen"], name="priorities_ownno_of_citizen"),
            models.CheckConstraint(
                condition=~Q(effort="self_service"), name="priorities_ownno_is_to_an_effort"
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "citizen"], name="priorities_ownno_of")]

    def __str__(self) -> str:
        return f"no to {self.effort}"


class OwnNoEnd(CitizenRecord):
    """That a citizen's no was taken back (fortrudt nej)."""

    own_no = models.OneToOneField(
        OwnNo, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of no {self.own_no_id}"


class WorkLine(CitizenRecord):
    """Whose turn it is in a plan (arbejdsrækkefølge): by law, wish, mark and waiting; no gain."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveIntegerField()
    reasons = reasons()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "citizen"], name="priorities_workline_once")
        ]
        indexes = [models.Index(fields=["run", "place"], name="priorities_workline_by_place")]

    def __str__(self) -> str:
        return f"place {self.place} in plan {self.run_id}"
