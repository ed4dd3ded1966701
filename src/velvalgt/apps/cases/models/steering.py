"""The self-steered agreement: proposed by one side, agreed to by the other, ended by either."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class SelfSteeringQuerySet(models.QuerySet["SelfSteering"]):
    """The words for choosing agreements."""

    def agreed(self) -> "SelfSteeringQuerySet":
        """Both sides have said yes, and neither has ended it."""
        return self.filter(reply__is_yes=True, end__isnull=True)

    def running(self, on: date) -> "SelfSteeringQuerySet":
        return self.agreed().filter(starts_on__lte=on, ends_on__gt=on)

    def expired(self, on: date) -> "SelfSteeringQuerySet":
        return self.agreed().filter(ends_on__lte=on)


class SelfSteering(CitizenRecord):
    """An agreement that a citizen steers their own job search (selvstyringsaftale)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="self_steerings")
    goal = models.CharField(max_length=300)
    words = models.TextField(max_length=2000)
    check_in_on = models.DateField()  # the day the citizen chose to look at it
    starts_on = models.DateField()
    ends_on = models.DateField()
    side = models.CharField(max_length=12, choices=Side)
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    objects = SelfSteeringQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="cases_selfsteering_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(check_in_on__gte=F("starts_on"), check_in_on__lte=F("ends_on")),
                name="cases_selfsteering_check_in_within",
            ),
            models.CheckConstraint(
                condition=~Q(goal="") & ~Q(words=""), name="cases_selfsteering_has_words"
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "citizen", "-proposed_at"], name="cases_selfsteering_of"
            )
        ]

    def __str__(self) -> str:
        return f"self-steered from {self.starts_on} until {self.ends_on}"


class SelfSteeringReply(CitizenRecord):
    """The other side's yes or no to the agreement; a no by its own side takes it back."""

    agreement = models.OneToOneField(
        SelfSteering, primary_key=True, on_delete=models.PROTECT, related_name="reply"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    is_yes = models.BooleanField()
    side = models.CharField(max_length=12, choices=Side)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'yes' if self.is_yes else 'no'} to agreement {self.agreement_id}"


class SelfSteeringEnd(CitizenRecord):
    """That one side ended the agreement before its day; the citizen needs one click."""

    agreement = models.OneToOneField(
        SelfSteering, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=12, choices=Side)
    ended_on = models.DateField()
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of agreement {self.agreement_id} on {self.ended_on}"
