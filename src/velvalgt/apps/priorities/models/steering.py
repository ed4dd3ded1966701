"""What the council and the manager decide: whose weeks count how much, and what there is."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.staff.models import User


class DatedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """The words for choosing what has been decided from a day on."""

    def on(self, day: date) -> Any:
        """The newest that has begun on a day, or None."""
        begun = self.filter(starts_on__lte=day)
        return begun.order_by("-starts_on", "-recorded_at", "-pk").first()


class NeedWeights(models.Model):
    """How much a gained week counts for whom (behovsvægte): the council's, dated and public.

    Attributes:
        weights: a weight for each need level, by its word.
        decided_on: the day of the council's decision, and `decision` where it stands.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    weights = models.JSONField()
    starts_on = models.DateField()
    decided_on = models.DateField()
    decision = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision=""), name="priorities_needweights_say_where_decided"
            )
        ]

    def __str__(self) -> str:
        return f"need weights from {self.starts_on}"


class CapacityPlan(models.Model):
    """What there is in a period to come (kapacitet): the manager's own figures, dated.

    Seats of courses come from the catalogue's starts; what is said here goes before them.

    Attributes:
        weeks: the length of the period that is planned.
        unit_hours: hours a week that a unit's caseworkers have for talks, by the unit's key.
        effort_hours: hours of a caseworker that an effort takes for one citizen in the whole
            period, by the effort's word; what is not here takes none.
        seats: places in the period of offers without starts, by the offer's key.
        budget_oere: what there is for offers with a price; None where it is not planned.
        floors: what must be met: a need level or target group, efforts, and at least how many.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    starts_on = models.DateField()
    weeks = models.PositiveSmallIntegerField()
    unit_hours = models.JSONField(default=dict)
    effort_hours = models.JSONField(default=dict)
    seats = models.JSONField(default=dict)
    budget_oere = models.BigIntegerField(null=True)
    floors = models.JSONField(default=list)
    words = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(weeks__gte=1, weeks__lte=52), name="priorities_capacityplan_weeks"
            ),
            models.CheckConstraint(
                condition=Q(budget_oere__isnull=True) | Q(budget_oere__gte=0),
                name="priorities_capacityplan_budget",
            ),
        ]

    def __str__(self) -> str:
        return f"capacity from {self.starts_on}"


class Forecast(models.Model):
    """What a plan would be with other figures (prognose): asked by a manager, reckoned by a job.

    Attributes:
        draft: the figures that are tried, as `CapacityPlan` and `NeedWeights` hold them.
        result: what came of it, beside what the plan of today gives; None until it is reckoned.
        failed: why it could not be reckoned, in words.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    draft = models.JSONField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    result = models.JSONField(null=True)
    failed = models.TextField(blank=True)
    reckoned_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"forecast {self.pk}"
