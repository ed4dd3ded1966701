"""Calendars: the secret address of somebody's own, and those outside that tell of busy times."""

from django.db import models

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.meetings.choices import CalendarKind
from velvalgt.apps.staff.models import User


class Feed(models.Model):
    """A secret address at which somebody's calendar reads their meetings (kalenderabonnement).

    Only the address's hash is kept. It opens the meetings' times, and nothing else.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    secret_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["secret_hash"], name="meetings_feed_secret_once"),
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(revoked_at__isnull=True),
                name="meetings_feed_one_each",
            ),
        ]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class OutsideCalendar(models.Model):
    """A calendar outside that says when one of the staff is busy (ekstern kalender).

    Its address, user and password are sealed; of what is in it, only the times are kept.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=CalendarKind)
    access_sealed = models.BinaryField()
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(removed_at__isnull=True),
                name="meetings_outside_one_each",
            )
        ]

    def __str__(self) -> str:
        return f"outside calendar {self.pk}"


class CalendarReading(models.Model):
    """How the last reading of a calendar outside went (indlæsning)."""

    calendar = models.OneToOneField(
        OutsideCalendar, primary_key=True, on_delete=models.PROTECT, related_name="reading"
    )
    tenant_id = models.UUIDField()
    read_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=40, blank=True)  # a word of ours, never theirs
    collisions = models.PositiveSmallIntegerField(default=0)  # busy times over booked meetings

    def __str__(self) -> str:
        return f"reading of {self.calendar_id}"
