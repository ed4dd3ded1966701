"""The log's own records: traces of what was done, and the seals that chain them."""

from uuid import UUID

from django.db import models
from uuid_utils.compat import uuid7

from velvalgt.apps.audit.choices import Action, Purpose


def new_id() -> UUID:
    """Give a UUIDv7, the same in addresses, interfaces and frames."""
    return uuid7()


class TraceQuerySet(models.QuerySet["Trace"]):
    """The words for choosing traces."""

    def of_citizen(self, citizen_id: UUID) -> "TraceQuerySet":
        return self.filter(citizen_id=citizen_id)

    def looks(self) -> "TraceQuerySet":
        return self.filter(action__in=[Action.READ, Action.SEARCH])

    def unsealed(self) -> "TraceQuerySet":
        return self.filter(seal__isnull=True)


class Seal(models.Model):
    """A link of the chain (segl): a hash over its traces and the seal before."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    traces = models.PositiveIntegerField()
    hash = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "number"], name="audit_seal_one_chain"),
        ]

    def __str__(self) -> str:
        return f"seal {self.number} over {self.traces} traces"


class Trace(models.Model):
    """One line of the log (logning): who did what about whom and why; keys only, no names."""

    id = models.BigAutoField(primary_key=True)
    tenant_id = models.UUIDField()
    at = models.DateTimeField()
    user_id = models.UUIDField(null=True)
    unit_id = models.UUIDField(null=True)
    purpose = models.CharField(max_length=24, choices=Purpose)
    action = models.CharField(max_length=12, choices=Action)
    citizen_id = models.UUIDField(null=True)
    what = models.CharField(max_length=80)
    count = models.PositiveIntegerField(default=1)
    seal = models.ForeignKey(Seal, null=True, on_delete=models.PROTECT, related_name="sealed")

    objects = TraceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["tenant_id", "citizen_id", "-id"], name="audit_trace_of_citizen"),
            models.Index(
                fields=["tenant_id", "id"],
                condition=models.Q(seal__isnull=True),
                name="audit_trace_unsealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.what} at {self.at:%Y-%m-%d %H:%M}"
