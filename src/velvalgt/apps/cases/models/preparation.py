"""What a citizen says of themself before and at the first talk, in their own words."""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import NeedLevel, Side
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class Answer(CitizenRecord):
    """What was answered to a question of the preparation (svar); the newest holds.

    A question that was skipped has a row, too: it is not asked again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    words = models.TextField(max_length=2000, blank=True)
    choice = models.CharField(max_length=40, blank=True)
    is_skipped = models.BooleanField(default=False)
    side = models.CharField(max_length=12, choices=Side)
    # Null would be nobody; it lets a reader who may not see the writer still read the answer.
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    has_wish: bool  # where it was asked along: the citizen has said here how to be met

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_skipped=True, words="", choice="")
                | (Q(is_skipped=False) & ~Q(words="", choice="")),
                name="cases_answer_says_something_or_is_skipped",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "answered_at"], name="cases_answer_of")
        ]

    def __str__(self) -> str:
        return f"answer to {self.question}"


class NeedAssessment(CitizenRecord):
    """How a caseworker sees a citizen's need (behovsvurdering); the newest holds.

    A person's own judgement after the need profile was talked through: no number is made of the
    answers, and the citizen reads it with the same words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="need_assessments")
    level = models.CharField(max_length=12, choices=NeedLevel)
    words = models.TextField(max_length=1000)
    assessed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""), name="cases_needassessment_has_own_words"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "citizen", "-assessed_at"], name="cases_needassessment_of"
            )
        ]

    def __str__(self) -> str:
        return f"need {self.level}"
