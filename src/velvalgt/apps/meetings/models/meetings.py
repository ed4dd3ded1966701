"""Meetings, the holds that keep their people and rooms, and what came of them."""

from datetime import datetime
from uuid import UUID

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.meetings.choices import (
    IN_PERSON,
    Change,
    Helpful,
    Holding,
    MissedStep,
    OwnChoice,
    Result,
    TextSet,
    Way,
    WhyCancelled,
)
from velvalgt.apps.meetings.models.calendars import OutsideCalendar
from velvalgt.apps.meetings.models.crises import Crisis
from velvalgt.apps.meetings.models.groups import GroupMeeting
from velvalgt.apps.meetings.models.invitations import Invitation
from velvalgt.apps.meetings.models.resources import Interpreter, Place, Room
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User


class Period(Func):
    """The half-open range of time between two moments."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The words for choosing meetings."""

    def standing(self) -> "MeetingQuerySet":
        """What is agreed now: no later version, and not called off."""
        return self.filter(replacement__isnull=True, cancellation__isnull=True)

    def within(self, begins: datetime, ends: datetime) -> "MeetingQuerySet":
        """Beginning in a stretch of time, the first moment included."""
        return self.filter(starts_at__gte=begins, starts_at__lt=ends)

    def in_person_during(self, crisis: Crisis) -> "MeetingQuerySet":
        """Agreed in person, with a part in a crisis's window, where it holds."""
        here = self.filter(starts_at__lt=crisis.ends_at, ends_at__gt=crisis.starts_at)
        if crisis.unit_id:
            here = here.filter(unit_id=crisis.unit_id)
        return here.standing().filter(way__in=IN_PERSON)

    def of_staff(self, user_id: UUID) -> "MeetingQuerySet":
        """Held by somebody, alone or as the second."""
        return self.filter(Q(caseworker_id=user_id) | Q(second_id=user_id))

    def unanswered(self) -> "MeetingQuerySet":
        """Of which nobody has said what came of it."""
        said = Outcome.objects.standing().filter(meeting=OuterRef("pk")).exclude(result="")
        return self.filter(~Exists(said))


class Meeting(CitizenRecord):
    """A meeting with a citizen as it was agreed at one time (samtale, møde).

    A meeting that is moved or held in another way gets a new version, which replaces the old one
    and has the same `uid`; nothing of what was agreed is lost.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="meetings")
    uid = models.UUIDField(default=new_id)
    sequence = models.PositiveIntegerField(default=0)
    replaces = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="replacement"
    )
    change = models.CharField(max_length=12, choices=Change, default=Change.BOOKED)
    type = models.CharField(max_length=40)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    caseworker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey(Place, null=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, on_delete=models.PROTECT, related_name="+")
    interpreter = models.ForeignKey(
        Interpreter, null=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=8, blank=True)
    has_companion = models.BooleanField(default=False)
    text_set = models.CharField(max_length=12, choices=TextSet, default=TextSet.BOOKED)
    invitation = models.ForeignKey(
        Invitation, null=True, on_delete=models.PROTECT, related_name="meetings"
    )
    crisis = models.ForeignKey(Crisis, null=True, on_delete=models.PROTECT, related_name="meetings")
    is_citizens_wish = models.BooleanField(default=False)
    booked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["uid", "sequence"], name="meetings_meeting_version"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_meeting_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(second__isnull=True) | ~Q(second=F("caseworker")),
                name="meetings_meeting_two_are_two",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "starts_at"], name="meetings_meeting_of"),
            models.Index(
                fields=["tenant_id", "caseworker", "starts_at"], name="meetings_meeting_with"
            ),
            models.Index(fields=["tenant_id", "unit", "starts_at"], name="meetings_meeting_in"),
        ]

    def __str__(self) -> str:
        return f"meeting {self.uid}, version {self.sequence}"


class Cancellation(CitizenRecord):
    """That a meeting is called off (aflysning): by whom, when and why."""

    meeting = models.OneToOneField(
        Meeting, primary_key=True, on_delete=models.PROTECT, related_name="cancellation"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=WhyCancelled)
    cancelled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"cancellation of {self.meeting_id}"


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """The words for choosing outcomes."""

    def standing(self) -> "OutcomeQuerySet":
        """What holds of what was said: not corrected by a later word."""
        return self.filter(correction__isnull=True)


class Outcome(CitizenRecord):
    """What came of a meeting (udfald); a wrong one is corrected by the next.

    `agreed` is what the two agreed on, in words that the citizen reads on the plan.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="outcomes")
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="correction"
    )
    result = models.CharField(max_length=12, choices=Result, blank=True)  # "": taken back
    entry = models.OneToOneField(Entry, null=True, on_delete=models.PROTECT, related_name="outcome")
    agreed = models.TextField(max_length=1000, blank=True)
    said_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(corrects__isnull=True), name="meetings_outcome_once"
            ),
            models.CheckConstraint(
                condition=~Q(result="") | Q(corrects__isnull=False),
                name="meetings_outcome_taken_back_corrects",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.result or 'taken back'}: {self.meeting_id}"


class AfterMissed(CitizenRecord):
    """One step of what is done after somebody did not come (opfølgning på udeblivelse)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="after_missed")
    step = models.CharField(max_length=12, choices=MissedStep)
    words = models.TextField(max_length=1000, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "step"],
                condition=Q(step__in=[MissedStep.GUIDED, MissedStep.HANDED_OVER]),
                name="meetings_after_missed_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} after {self.meeting_id}"


class VideoLink(CitizenRecord):
    """The address of a meeting's video room (videorum); the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    uid = models.UUIDField()
    address = models.URLField(max_length=500)
    given_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "uid", "-given_at"], name="meetings_video_of")]

    def __str__(self) -> str:
        return f"video room of {self.uid}"


class ContactAnswer(CitizenRecord):
    """What a citizen thought of a contact (tilbagemelding): did it help, was it their own choice.

    Both may be skipped.
    """

    meeting = models.OneToOneField(
        Meeting, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=12)
    helpful = models.CharField(max_length=8, choices=Helpful, blank=True)
    own_choice = models.CharField(max_length=8, choices=OwnChoice, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(helpful="") | ~Q(own_choice=""), name="meetings_answer_says_something"
            )
        ]

    def __str__(self) -> str:
        return f"answer to {self.meeting_id}"


class HoldQuerySet(models.QuerySet["Hold"]):
    """The words for choosing holds."""

    def in_force(self) -> "HoldQuerySet":
        return self.filter(released_at__isnull=True)


class Hold(models.Model):
    """That a person, room or interpreter is busy for a stretch of time (optaget).

    `resource` is the key of a user, a citizen, a room or an interpreter. No two holds in force on
    the same resource overlap: the database says so, whoever asks.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    resource = models.UUIDField()
    kind = models.CharField(max_length=12, choices=Holding)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    meeting = models.ForeignKey(Meeting, null=True, on_delete=models.PROTECT, related_name="holds")
    group = models.ForeignKey(
        GroupMeeting, null=True, on_delete=models.PROTECT, related_name="holds"
    )
    calendar = models.ForeignKey(
        OutsideCalendar, null=True, on_delete=models.PROTECT, related_name="holds"
    )
    released_at = models.DateTimeField(null=True)  # filled once

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="meetings_hold_one_at_a_time",
                expressions=[
                    ("resource", RangeOperators.EQUAL),
                    (Period("starts_at", "ends_at"), RangeOperators.OVERLAPS),
                ],
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meetings_hold_ends_after_start"
            ),
            models.CheckConstraint(
                condition=(
                    Q(meeting__isnull=False, group__isnull=True, calendar__isnull=True)
                    | Q(meeting__isnull=True, group__isnull=False, calendar__isnull=True)
                    | Q(meeting__isnull=True, group__isnull=True, calendar__isnull=False)
                ),
                name="meetings_hold_for_one_thing",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "resource", "starts_at"],
                condition=Q(released_at__isnull=True),
                name="meetings_hold_busy",
            )
        ]

    def __str__(self) -> str:
        return f"hold of {self.kind} {self.resource}"
