"""Notifications: a word outside the page that there is news on it, and how each attempt ended."""

from datetime import time

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.messages.choices import Channel, Occasion, Outcome
from velvalgt.apps.messages.quiet import QuietHours
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class ChannelChoice(CitizenRecord):
    """How a citizen wants to be told (valg af kanal), and when not; the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="channel_choices")
    channel = models.CharField(max_length=12, choices=Channel)
    quiet_from = models.TimeField(null=True)
    quiet_until = models.TimeField(null=True)
    chosen_at = models.DateTimeField()
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_until__isnull=True)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="messages_choice_quiet_from_until",
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-chosen_at"], name="messages_choice_of")
        ]

    def __str__(self) -> str:
        return f"{self.channel} chosen"

    @property
    def quiet(self) -> QuietHours | None:
        """When nothing may be sent."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        begins: time = self.quiet_from
        ends: time = self.quiet_until
        return QuietHours(begins, ends)


class Notification(CitizenRecord):
    """That a citizen is to be told of news (underretning); how it went stands in its deliveries."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="notifications")
    occasion = models.CharField(max_length=16, choices=Occasion)
    asked_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-asked_at"], name="messages_told_of")
        ]

    def __str__(self) -> str:
        return f"notification {self.pk} of {self.occasion}"


class Delivery(CitizenRecord):
    """One attempt to tell a citizen (afsendelse): by which channel, when, how it ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    notification = models.ForeignKey(
        Notification, on_delete=models.PROTECT, related_name="deliveries"
    )
    channel = models.CharField(max_length=12, choices=Channel)
    outcome = models.CharField(max_length=12, choices=Outcome)
    reference = models.CharField(max_length=200, blank=True)
    tried_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["notification"],
                condition=~Q(outcome=Outcome.BUSY),
                name="messages_delivery_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.SENT) | ~Q(reference=""),
                name="messages_delivery_sent_has_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.outcome}"


class Rehearsal(CitizenRecord):
    """What a sandbox gateway would have sent (prøveafsendelse); nobody outside got it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12, choices=Channel)
    address = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    key = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "key"], name="messages_rehearsal_once")
        ]

    def __str__(self) -> str:
        return f"rehearsal {self.pk} by {self.channel}"
