"""Invitations before summonses: what was asked of a citizen, step by step."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Document
from velvalgt.apps.meetings.choices import InvitationState, TextSet
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User


class Invitation(CitizenRecord):
    """That a citizen is asked to meet (invitation, indkaldelse); its steps say how far it is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="invitations")
    type = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    caseworker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    rule_id = models.CharField(max_length=60, blank=True)  # the duty it is to meet; "" for none
    ways = ArrayField(models.CharField(max_length=12))
    sent_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-sent_at"], name="meetings_invitation_of")
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk}"


class InvitationStep(CitizenRecord):
    """One step of an invitation (skridt i indkaldelsesforløbet): its words, deadline and ground."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(Invitation, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=12, choices=InvitationState)
    text_set = models.CharField(max_length=12, choices=TextSet, blank=True)
    deadline_on = models.DateField(null=True)
    law = models.CharField(max_length=200, blank=True)
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    taken_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "invitation", "-taken_at"], name="meetings_step_of"),
            models.Index(fields=["tenant_id", "state", "deadline_on"], name="meetings_step_due"),
        ]

    def __str__(self) -> str:
        return f"{self.state} of invitation {self.invitation_id}"
