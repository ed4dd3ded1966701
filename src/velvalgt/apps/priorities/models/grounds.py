"""On what ground people are weighed by expected gain: recorded by a person, for a period."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.staff.models import User


class BasisQuerySet(models.QuerySet["ProfilingBasis"]):
    """The words for choosing grounds."""

    def on(self, day: date) -> "BasisQuerySet":
        """What holds on a day: begun, not past its last day, not ended before."""
        return self.filter(starts_on__lte=day, ends_on__gt=day, end__isnull=True)


class ProfilingBasis(models.Model):
    """The ground on which a municipality plans by expected gain (hjemmel til profilering).

    Without one that holds there is none: the plan goes by law, wishes and marks alone.

    Attributes:
        legal_ground: the paragraph and act, as the one who recorded it reads them.
        assessment: the impact assessment (konsekvensanalyse): its title or number.
        assessed_on: the day it was finished.
        ends_on: the day from which it holds no more; it ends by itself.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    legal_ground = models.CharField(max_length=300)
    assessment = models.CharField(max_length=300)
    assessed_on = models.DateField()
    url = models.URLField(max_length=300, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = BasisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="priorities_basis_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(legal_ground="") & ~Q(assessment=""),
                name="priorities_basis_is_written",
            ),
        ]

    def __str__(self) -> str:
        return f"ground for profiling from {self.starts_on} to {self.ends_on}"


class BasisEnd(models.Model):
    """That a ground was ended before its time (tilbagekaldelse): by whom and why."""

    basis = models.OneToOneField(
        ProfilingBasis, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    tenant_id = models.UUIDField()
    reason = models.TextField(max_length=500)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="priorities_basisend_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"end of ground {self.basis_id}"
