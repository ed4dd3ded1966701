"""Meetings of several about one citizen: who takes part, what is on the agenda, which papers."""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Document
from velvalgt.apps.meetings.choices import Attendance
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class Party(CitizenRecord):
    """Somebody who takes part in a meeting of several (mødedeltager), from here or outside."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField()  # the meeting's, whatever its version
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=120, blank=True)
    attends = models.CharField(max_length=8, choices=Attendance)
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uid", "user"],
                condition=Q(left_at__isnull=True, user__isnull=False),
                name="meetings_party_once",
            )
        ]
        indexes = [models.Index(fields=["tenant_id", "uid"], name="meetings_party_in")]

    def __str__(self) -> str:
        return f"party {self.pk}"


class AgendaItem(CitizenRecord):
    """One thing to talk about (punkt på dagsordenen)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField()
    words = models.CharField(max_length=300)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    dropped_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "uid"], name="meetings_agenda_of")]

    def __str__(self) -> str:
        return f"agenda item {self.pk}"


class Paper(CitizenRecord):
    """A document of the case that a meeting of several is about (bilag til mødet)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uid", "document"], name="meetings_paper_once")
        ]

    def __str__(self) -> str:
        return f"paper {self.pk}"
