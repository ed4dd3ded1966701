"""What the law asks, as it stands: duties, ledgers, leave-outs."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties.choices import LeaveOutReason, Status
from velvalgt.apps.people.models import Citizen


class DutyQuerySet(models.QuerySet["Duty"]):
    """The words for choosing duties."""

    def of_citizen(self, citizen_id: UUID) -> "DutyQuerySet":
        return self.filter(citizen_id=citizen_id)

    def pressing(self, on: date, until: date) -> "DutyQuerySet":
        """Overdue, or due between two days, first and last included."""
        soon = Q(status=Status.UPCOMING, due__gte=on, due__lte=until)
        return self.filter(Q(status=Status.OVERDUE) | soon)


class Duty(CitizenRecord):
    """One thing the law asks for one citizen (proceskrav, ret og pligt), as it stands now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="duties")
    rule_id = models.CharField(max_length=60)
    since = models.DateField()
    municipality = models.CharField(max_length=3)
    target_group = models.CharField(max_length=4)
    status = models.CharField(max_length=16, choices=Status)
    due = models.DateField(null=True)
    required = models.PositiveSmallIntegerField()
    done = models.PositiveSmallIntegerField()
    actor = models.CharField(max_length=12)
    forms = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    law_source = models.CharField(max_length=200)

    objects = DutyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["citizen", "rule_id", "since"], name="duties_duty_once")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "status", "due"], name="duties_duty_pressing"),
            models.Index(fields=["tenant_id", "rule_id"], name="duties_duty_of_rule"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} since {self.since}: {self.status}"


class Reckoning(CitizenRecord):
    """How far a citizen's duties are reckoned: from which facts, under which law, for which day."""

    citizen = models.OneToOneField(Citizen, primary_key=True, on_delete=models.PROTECT)
    facts = models.BigIntegerField()
    law_version = models.CharField(max_length=64)
    reckoned_for = models.DateField()

    def __str__(self) -> str:
        return f"duties reckoned for {self.reckoned_for}"


class Ledger(models.Model):
    """A duty over a population, met over a cohort's months (75 pct.-krav), as it stands now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    ledger = models.CharField(max_length=60)
    owner = models.CharField(max_length=40, blank=True)
    cohort = models.CharField(max_length=7)
    population = models.PositiveIntegerField()
    covered = models.PositiveIntegerField()
    share = models.FloatField()
    min_share = models.FloatField()
    room = models.IntegerField()
    owed = models.IntegerField()
    forecast = models.FloatField()
    reckoned_for = models.DateField()
    law_version = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "ledger", "owner", "cohort"], name="duties_ledger_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.cohort}"


class LeaveOut(CitizenRecord):
    """A caseworker's assessment that a citizen finds work alone (fritagelse fra samtale)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="leave_outs")
    entry = models.OneToOneField(Entry, on_delete=models.PROTECT, related_name="leave_out")
    reason = models.CharField(max_length=20, choices=LeaveOutReason)
    words = models.TextField(max_length=1000)
    heard_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="duties_leave_out_has_own_words")
        ]

    def __str__(self) -> str:
        return f"leave-out {self.pk}"
