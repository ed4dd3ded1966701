"""The crisis switch: for a time no meeting is held in person."""

from datetime import datetime
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.meetings.choices import CrisisReason, Way
from velvalgt.apps.staff.models import Unit, User


class CrisisQuerySet(models.QuerySet["Crisis"]):
    """The words for choosing crises."""

    def running(self) -> "CrisisQuerySet":
        """Those that nobody has ended; their window may lie ahead or behind."""
        return self.filter(end__isnull=True)

    def not_over(self, at: datetime) -> "CrisisQuerySet":
        """Those whose window is not behind."""
        return self.filter(ends_at__gt=at)

    def over(self, begins: datetime, ends: datetime) -> "CrisisQuerySet":
        """Those that a stretch of time has any part in."""
        return self.filter(starts_at__lt=ends, ends_at__gt=begins)

    def of_unit(self, unit_id: UUID) -> "CrisisQuerySet":
        """Those of a unit or of the whole house."""
        return self.filter(Q(unit__isnull=True) | Q(unit_id=unit_id))


class Crisis(models.Model):
    """That meetings in person are held from afar for a time (krisetilstand)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)
    why = models.CharField(max_length=300)
    switched_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    switched_at = models.DateTimeField()

    objects = CrisisQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_crisis_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(way__in=[Way.PHONE, Way.VIDEO]), name="meetings_crisis_from_afar"
            ),
        ]

    def __str__(self) -> str:
        return f"crisis {self.pk}"

    @property
    def reason(self) -> str:
        """Why, in words for everybody."""
        return str(CrisisReason(self.why).label)


class CrisisEnd(models.Model):
    """That meetings are held in person again (krisen er forbi)."""

    crisis = models.OneToOneField(
        Crisis, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    tenant_id = models.UUIDField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of crisis {self.crisis_id}"
