"""Who may stand in for a citizen: the power, the user who holds it, and its end."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.choices import PowerKind
from velvalgt.apps.people.models.citizens import Citizen
from velvalgt.apps.staff.models import User
from velvalgt.core.calendar import COPENHAGEN

GIVEN_BY_THE_CITIZEN = (PowerKind.COMPANION, PowerKind.PARTY_REPRESENTATIVE)


class PowerQuerySet(models.QuerySet["Power"]):
    """The words for choosing powers."""

    def standing(self, at: datetime) -> "PowerQuerySet":
        """What holds at a moment: given, not ended, its last day not past."""
        today = at.astimezone(COPENHAGEN).date()
        has_time_left = Q(ends_on__isnull=True) | Q(ends_on__gt=today)
        return self.filter(has_time_left, end__isnull=True, given_at__lte=at)


class Power(CitizenRecord):
    """That somebody may stand in for a citizen (fuldmagt, repræsentation), how far and how long.

    What each kind opens stands in `powers.yaml`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="powers")
    kind = models.CharField(max_length=24, choices=PowerKind)
    name = models.CharField(max_length=200)
    ends_on = models.DateField(null=True)  # the first day on which it does not hold
    proof = models.CharField(max_length=300, blank=True)
    proof_seen_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = PowerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=GIVEN_BY_THE_CITIZEN)
                | ~Q(proof="") & Q(proof_seen_on__isnull=False),
                name="people_power_proof_was_seen",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PowerKind.CUSTODY) | Q(ends_on__isnull=False),
                name="people_power_custody_ends",
            ),
        ]
        indexes = [models.Index(fields=["tenant_id", "citizen"], name="people_power_of")]

    def __str__(self) -> str:
        return f"power {self.pk}: {self.kind}"


class PowerHolder(CitizenRecord):
    """The user who holds a power (fuldmagtshaver); from then on they can sign in for it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    power = models.OneToOneField(Power, on_delete=models.PROTECT, related_name="holder")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="powers_held")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"holder of power {self.power_id}"


class PowerEnd(CitizenRecord):
    """That a power holds no longer (ophør af fuldmagt), from that moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    power = models.OneToOneField(Power, on_delete=models.PROTECT, related_name="end")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"end of power {self.power_id}"


class PowerCode(CitizenRecord):
    """The code by which somebody takes up a power at their own sign-in (fuldmagtskode).

    Only its hash is kept; the code itself is shown once, to be handed over.
    """

    power = models.OneToOneField(
        Power, primary_key=True, on_delete=models.PROTECT, related_name="code"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    code_hash = models.BinaryField(max_length=32)
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code_hash"], name="people_powercode_once"),
        ]

    def __str__(self) -> str:
        return f"code of power {self.power_id}"
