"""The waiting list for an earlier time: wishes, the times offered, and the answers."""

from django.db import models

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User


class EarlierWish(CitizenRecord):
    """That a citizen would rather meet earlier (venteliste til en tidligere tid)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="earlier_wishes")
    uid = models.UUIDField()  # the meeting's, whatever its version
    wished_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    wished_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)  # filled once

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["uid"],
                condition=models.Q(ended_at__isnull=True),
                name="meetings_earlier_wish_once",
            )
        ]

    def __str__(self) -> str:
        return f"wish for an earlier time of {self.uid}"


class EarlierOffer(CitizenRecord):
    """An earlier time offered to somebody on the list (tilbud om en tidligere tid)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="earlier_offers")
    wish = models.ForeignKey(EarlierWish, on_delete=models.PROTECT, related_name="offers")
    starts_at = models.DateTimeField()
    way = models.CharField(max_length=12, choices=Way)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    caseworker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.BooleanField(null=True)  # filled once: whether the citizen took it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wish", "starts_at", "caseworker"], name="meetings_earlier_offer_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "caseworker", "starts_at"], name="meetings_earlier_offered"
            )
        ]

    def __str__(self) -> str:
        return f"offer of {self.starts_at:%Y-%m-%d %H:%M}"
