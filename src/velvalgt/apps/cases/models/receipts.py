"""The receipt of something that a citizen did here, or that staff did for them."""

from uuid import UUID

from django.db import models

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import Deed
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class Receipt(CitizenRecord):
    """That something reached us, when and by whose hand (kvittering); never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="receipts")
    deed = models.CharField(max_length=24, choices=Deed)
    title = models.CharField(max_length=200, blank=True)
    given_at = models.DateTimeField()
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_on_behalf = models.BooleanField(default=False)  # staff or a representative did it

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-given_at"], name="cases_receipt_of")
        ]

    def __str__(self) -> str:
        return f"receipt {self.number}"

    @property
    def number(self) -> str:
        """What one says on the phone: eight signs of the key's random end."""
        key = UUID(str(self.pk)).hex[-8:].upper()
        return f"{key[:4]}-{key[4:]}"
