"""The plan as it was written: each change a row, each yes or no a row; nothing is overwritten.

What the plan is now is read from the rows by `velvalgt.apps.cases.plans`.
"""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import Change, Owner, Side
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User

OF_A_STEP = (Change.STEP, Change.STEP_DONE, Change.STEP_DROPPED)


class PlanChange(CitizenRecord):
    """One change of a citizen's plan (ændring af planen): who wrote what, and whether it waits."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="plan_changes")
    goal = models.UUIDField()  # the goal's own key, the same through all its versions
    step = models.UUIDField(null=True)  # likewise the step's
    what = models.CharField(max_length=12, choices=Change)
    words = models.CharField(max_length=300, blank=True)
    why = models.TextField(max_length=1000, blank=True)
    due_on = models.DateField(null=True)
    owner = models.CharField(max_length=12, choices=Owner, blank=True)
    owner_name = models.CharField(max_length=120, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    needs_yes = models.BooleanField()  # of the other side, before it holds
    side = models.CharField(max_length=12, choices=Side)
    # Null would be nobody; it lets a reader who may not see the writer still read the plan.
    proposed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(what__in=OF_A_STEP, step__isnull=False)
                | (~Q(what__in=OF_A_STEP) & Q(step__isnull=True)),
                name="cases_planchange_step_has_its_key",
            ),
            models.CheckConstraint(
                condition=~Q(what__in=[Change.GOAL, Change.STEP]) | ~Q(words=""),
                name="cases_planchange_says_something",
            ),
            models.CheckConstraint(
                condition=~Q(what=Change.STEP) | (Q(due_on__isnull=False) & ~Q(owner="")),
                name="cases_planchange_step_has_day_and_owner",
            ),
            models.CheckConstraint(
                condition=~Q(owner=Owner.SOMEBODY) | ~Q(owner_name=""),
                name="cases_planchange_somebody_has_a_name",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "proposed_at"], name="cases_planchange_of")
        ]

    def __str__(self) -> str:
        return f"{self.what} of plan, {self.pk}"


class PlanReply(CitizenRecord):
    """The answer to a change that waited (svar på forslag); a no by its own side takes it back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="plan_replies")
    change = models.OneToOneField(PlanChange, on_delete=models.PROTECT, related_name="reply")
    is_yes = models.BooleanField()
    side = models.CharField(max_length=12, choices=Side)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'yes' if self.is_yes else 'no'} to change {self.change_id}"


class PlanVisit(CitizenRecord):
    """That somebody read a citizen's plan on a day (besøg), so that what is new since is marked."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="plan_visits")
    visitor = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    visited_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "visitor", "on"], name="cases_planvisit_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"visit on {self.on}"
