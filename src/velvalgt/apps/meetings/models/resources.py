"""What can be booked besides people: places, rooms, interpreters; and when each is to be had."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.meetings.choices import Opening
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User


class Place(models.Model):
    """An address where meetings are held (lokation)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "code"], name="meetings_place_once")
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room in a place (lokale); one with an alarm where staff may need help."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    code = models.CharField(max_length=40)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=120)
    seats = models.PositiveSmallIntegerField(default=4)
    has_alarm = models.BooleanField(default=False)
    has_video = models.BooleanField(default=False)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "code"], name="meetings_room_once"),
            models.CheckConstraint(condition=Q(seats__gte=2), name="meetings_room_seats"),
        ]

    def __str__(self) -> str:
        return self.name


class Interpreter(models.Model):
    """Somebody who interprets by profession (tolk), and the languages they know."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    languages = ArrayField(models.CharField(max_length=8))
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "code"], name="meetings_interpreter_once")
        ]

    def __str__(self) -> str:
        return f"interpreter {self.code}"


class Relation(CitizenRecord):
    """That an interpreter is close to a citizen (inhabilitet), and so never interprets for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    interpreter = models.ForeignKey(Interpreter, on_delete=models.PROTECT, related_name="+")
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "interpreter"], name="meetings_relation_once"
            )
        ]

    def __str__(self) -> str:
        return f"relation {self.pk}"


class WeeklyHours(models.Model):
    """When somebody or something is to be had, week by week (træffetid); ended by its last day.

    `resource` is the key of a user or an interpreter; a room has no hours of its own, for the
    staff who use it have. The recurrence is an RRULE (RFC 5545) of whole days; the hours
    are those on the wall, so that summer time changes nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    resource = models.UUIDField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    recurrence = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)  # the first day without them; filled once
    opens = models.TimeField()
    closes = models.TimeField()
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    ways = ArrayField(models.CharField(max_length=12))  # words of choices.Way
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="meetings_hours_close_after_opening"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="meetings_hours_end_after_start",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "resource"], name="meetings_hours_of")]

    def __str__(self) -> str:
        return f"hours {self.opens}-{self.closes} {self.recurrence}"


class SpecialHours(models.Model):
    """A stretch of time unlike the week (undtagelse): away, or open though the week is not.

    Why somebody is away is nobody's business here.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    resource = models.UUIDField()
    opening = models.CharField(max_length=8, choices=Opening)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    ways = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    written_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_special_ends_after_start"
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "resource", "ends_at"], name="meetings_special_of")
        ]

    def __str__(self) -> str:
        return f"{self.opening} {self.starts_at:%Y-%m-%d %H:%M}"


class SafetyNote(CitizenRecord):
    """What meetings with a citizen need for the safety of staff (sikkerhedsnotat), for a time.

    Booking follows it and shows neither the note nor why. The reason is sealed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="safety_notes")
    needs_two = models.BooleanField()
    needs_alarm = models.BooleanField()
    why_sealed = models.BinaryField()
    review_on = models.DateField()
    ends_on = models.DateField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(needs_two=True) | Q(needs_alarm=True), name="meetings_safety_asks"
            ),
            models.CheckConstraint(
                condition=Q(review_on__lte=F("ends_on")), name="meetings_safety_reviewed_first"
            ),
        ]

    def __str__(self) -> str:
        return f"safety note {self.pk}"


class SafetyNoteEnd(CitizenRecord):
    """That a safety note holds no more: a review found it so, or wrote it anew (revurdering)."""

    note = models.OneToOneField(
        SafetyNote, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"end of safety note {self.note_id}"
