"""Meetings for many: networks, information meetings, courses; who takes part and who came."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.models.resources import Place, Room
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User


class GroupMeetingQuerySet(models.QuerySet["GroupMeeting"]):
    """The words for choosing meetings for many."""

    def coming(self, at: datetime) -> "GroupMeetingQuerySet":
        """Not called off and not begun."""
        return self.filter(cancelled_at__isnull=True, starts_at__gt=at)


class GroupMeeting(models.Model):
    """A meeting for many (fællesmøde); it is never counted as an individual interview."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    type = models.CharField(max_length=40)
    title_da = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    words_da = models.TextField(max_length=1000, blank=True)
    words_en = models.TextField(max_length=1000, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    video = models.URLField(max_length=500, blank=True)
    seats = models.PositiveSmallIntegerField()
    enrol_until = models.DateTimeField()
    arranged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True)  # filled once

    objects = GroupMeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_group_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(enrol_until__lte=F("starts_at")), name="meetings_group_enrol_before"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1), name="meetings_group_seats"),
        ]
        indexes = [models.Index(fields=["tenant_id", "starts_at"], name="meetings_group_coming")]

    def __str__(self) -> str:
        return f"group meeting {self.pk}"


class Enrolment(CitizenRecord):
    """That a citizen takes part in a meeting for many, or waits for a seat (tilmelding)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="enrolments")
    group = models.ForeignKey(GroupMeeting, on_delete=models.PROTECT, related_name="enrolments")
    enrolled_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    enrolled_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "group"],
                condition=Q(ended_at__isnull=True),
                name="meetings_enrolment_once",
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "group", "enrolled_at"], name="meetings_enrolment_in")
        ]

    def __str__(self) -> str:
        return f"enrolment {self.pk}"


class GroupAttendance(CitizenRecord):
    """Whether somebody who was enrolled came (fremmøde)."""

    enrolment = models.OneToOneField(
        Enrolment, primary_key=True, on_delete=models.PROTECT, related_name="attendance"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    came = models.BooleanField()
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attendance of {self.enrolment_id}"
