"""What a citizen applied for, what was answered, and what was withdrawn; all only added to."""

from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Document, Entry, Receipt
from velvalgt.apps.offers.choices import FINAL, Outcome
from velvalgt.apps.offers.models.catalogue import Offer, Start
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class ApplicationQuerySet(models.QuerySet["Application"]):
    """The words for choosing applications."""

    def undecided(self) -> "ApplicationQuerySet":
        """Neither granted, refused nor withdrawn."""
        decided = Answer.objects.filter(application=OuterRef("pk"), outcome__in=FINAL)
        return self.filter(~Exists(decided), withdrawal__isnull=True)

    def told(self) -> "ApplicationQuerySet":
        """With what a line about each needs, in one question."""
        answers = Answer.objects.filter(application=OuterRef("pk")).order_by("-answered_at", "-pk")
        additions = Addition.objects.filter(application=OuterRef("pk")).order_by("-added_at", "-pk")
        return self.select_related(
            "offer", "start", "withdrawal"
        ).annotate(  # type: ignore[no-redef]
            outcome=Subquery(answers.values("outcome")[:1]),
            answered_at=Subquery(answers.values("answered_at")[:1]),
            added_at=Subquery(additions.values("added_at")[:1]),
        )


class Application(CitizenRecord):
    """That a citizen wants an offer (ansøgning): at a start, or whenever there is a place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="applications")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+")
    start = models.ForeignKey(Start, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(max_length=4000)
    applied_at = models.DateTimeField()
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="+")

    objects = ApplicationQuerySet.as_manager()

    # What `told` adds to a row.
    outcome: str | None
    answered_at: datetime | None
    added_at: datetime | None
    place: int | None  # where it was asked along, by `PlaceInLine`

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "citizen"], name="offers_application_of_citizen"),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "citizen", "-applied_at"], name="offers_application_of"
            ),
            models.Index(
                fields=["tenant_id", "start", "applied_at"], name="offers_application_in_line"
            ),
        ]

    def __str__(self) -> str:
        return f"application {self.pk}"

    @property
    def applied_on(self) -> date:
        return timezone.localdate(self.applied_at)


class Addition(CitizenRecord):
    """What a citizen wrote besides to an application (supplerende oplysninger)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="additions")
    words = models.TextField(max_length=4000)
    added_at = models.DateTimeField()
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="offers_addition_says_something")
        ]
        indexes = [models.Index(fields=["application", "-added_at"], name="offers_addition_last")]

    def __str__(self) -> str:
        return f"addition to application {self.application_id}"

    @property
    def added_on(self) -> date:
        return timezone.localdate(self.added_at)


class Answer(CitizenRecord):
    """What the municipality answered (svar, afgørelse); a yes and a no stand for good.

    Attributes:
        reasons: why; of a question, what is asked.
        law: the paragraph it rests on.
        document: the letter of a yes or no, as it was sent; it tells how one complains.
        entry: the line of the journal, where an offer in the law's sense was given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=12, choices=Outcome)
    reasons = models.TextField(max_length=4000, blank=True)
    law = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(Entry, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(outcome__in=["granted", "refused"]),
                name="offers_answer_decided_once",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(reasons="") & ~Q(law=""),
                name="offers_answer_no_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(outcome="more_needed") | Q(document__isnull=False),
                name="offers_answer_decision_has_letter",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="more_needed") | ~Q(reasons=""),
                name="offers_answer_question_has_words",
            ),
        ]
        indexes = [models.Index(fields=["application", "-answered_at"], name="offers_answer_last")]

    def __str__(self) -> str:
        return f"{self.outcome} to application {self.application_id}"

    @property
    def answered_on(self) -> date:
        return timezone.localdate(self.answered_at)

    @property
    def is_final(self) -> bool:
        """Whether there is nothing more to decide."""
        return self.outcome in FINAL


class ApplicationWithdrawal(CitizenRecord):
    """That a citizen took an application back (trukket tilbage); a seat becomes free."""

    application = models.OneToOneField(
        Application, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    receipt = models.OneToOneField(Receipt, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of application {self.application_id}"
