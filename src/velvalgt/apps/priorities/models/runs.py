"""The plans that were made: from what, by which law and studies, with what proof."""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.priorities.choices import Ended, Mode
from velvalgt.apps.staff.models import User


class Attempt(models.Model):
    """That a plan was begun, and how it ended (planlægning); without an end it runs or was killed.

    Attributes:
        on: the day that was planned for.
        asked_by: who asked for it; None for the night's own.
        words: why it could not be made, for the reader.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    on = models.DateField()
    asked_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=12, choices=Ended, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended="")
                | (Q(ended_at__isnull=False) & ~Q(ended="")),
                name="priorities_attempt_ends_somehow",
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "-started_at"], name="priorities_attempt_last")
        ]

    def __str__(self) -> str:
        return f"attempt to plan for {self.on}"


class Run(models.Model):
    """A plan for everyone at once (kørsel), with what it was made from and how good it is.

    Attributes:
        inputs: a hash for each frame it was made from; they lie in a file of the run's own.
        law_version, evidence_version: which law and which table of studies it went by.
        software: the versions of what reckoned it.
        timings: seconds for each part.
        citizens: how many were in it, and `weighed` how many were weighed by gain.
        value, gain, bound, gap: as the core's `Allocation` has them; None in plain mode.
        capacities: for each what there is, what the law takes first, what is used, and what one
            more is expected to give, with its interval.
        frontier: total weeks against weeks for those at risk, under other need weights.
        groups: citizens, hours the law asks and hours planned, by target group and need level.
        less: who gets less because of the need weights, by need level.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    attempt = models.OneToOneField(Attempt, on_delete=models.PROTECT, related_name="run")
    on = models.DateField()
    mode = models.CharField(max_length=12, choices=Mode)
    seed = models.BigIntegerField()
    inputs = models.JSONField()
    law_version = models.CharField(max_length=64)
    evidence_version = models.CharField(max_length=64, blank=True)
    software = models.JSONField()
    timings = models.JSONField()
    weights = models.JSONField(default=dict)
    citizens = models.PositiveIntegerField()
    weighed = models.PositiveIntegerField()
    value = models.FloatField(null=True)
    gain = models.FloatField(null=True)
    bound = models.FloatField(null=True)
    gap = models.FloatField(null=True)
    capacities = models.JSONField(default=list)
    frontier = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    less = models.JSONField(default=list)
    finished_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "-finished_at"], name="priorities_run_last")]

    def __str__(self) -> str:
        return f"plan for {self.on}"


class CurrentRun(models.Model):
    """Which plan holds now (gældende plan); it changes in the transaction that made the plan."""

    tenant_id = models.UUIDField(primary_key=True)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"plan {self.run_id} holds"
