"""The citizen's own wish list, a row for each version of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.models import Citizen


class WishList(CitizenRecord):
    """What a citizen would like, in their own order (ønskeliste); the newest version holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="wish_lists")
    offers = ArrayField(models.UUIDField(), default=list)  # keys of offers, the dearest first
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-changed_at"], name="offers_wishlist_of")
        ]

    def __str__(self) -> str:
        return f"wish list {self.pk}"
