"""What a citizen says of the facts about them: new contact details, and what is wrong."""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.choices import ContactField, Fact, Outcome
from velvalgt.apps.people.models.citizens import Citizen
from velvalgt.apps.staff.models import User


class ContactDetail(CitizenRecord):
    """A phone number or e-mail address given here (kontaktoplysninger); the newest of each holds.

    It stands beside what a source says, so that the next file does not take it away.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="contact_details")
    field = models.CharField(max_length=8, choices=ContactField)
    value = models.CharField(max_length=254, blank=True)  # empty: they have none any more
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-given_at"], name="people_contact_of")
        ]

    def __str__(self) -> str:
        return f"{self.field} given {self.given_at:%Y-%m-%d}"


class Correction(CitizenRecord):
    """A request to correct a fact (anmodning om berigtigelse), in the citizen's words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="corrections")
    fact = models.CharField(max_length=12, choices=Fact)
    about = models.UUIDField(null=True)  # the record, where there are several of the kind
    stood = models.CharField(max_length=300)
    should_be = models.CharField(max_length=1000)
    why = models.CharField(max_length=1000, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(should_be=""), name="people_correction_says_what")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-asked_at"], name="people_correction_of")
        ]

    def __str__(self) -> str:
        return f"correction {self.pk} of {self.fact}"

    @property
    def key(self) -> str:
        """The fact that it is about, as `Known.key` names it."""
        return f"{self.fact}-{self.about}" if self.about else self.fact

    @property
    def answer(self) -> "CorrectionAnswer | None":
        """The newest answer, or None while it waits; ask for `answers` in the same breath."""
        return max(self.answers.all(), key=lambda each: (each.answered_at, each.pk), default=None)


class CorrectionAnswer(CitizenRecord):
    """What came of a request to correct a fact (svar på berigtigelse); the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    correction = models.ForeignKey(Correction, on_delete=models.PROTECT, related_name="answers")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=Outcome)
    words = models.CharField(max_length=1000, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REFUSED, words=""),
                name="people_correction_refused_with_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.outcome}: correction {self.correction_id}"
