"""What has come in from files: one record a file."""

from django.db import models

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.exchange.choices import FileKind
from velvalgt.apps.staff.models import Tenant, User


class ImportRun(models.Model):
    """One file received (indlæsning): what it held, what came of it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=FileKind)
    source = models.CharField(max_length=40)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(max_length=12)  # how the text was found to be written
    accepted = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    reasons = models.JSONField(default=dict)  # reason code -> rows
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["tenant", "-started_at"], name="exchange_run_newest")]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.accepted} in, {self.rejected} out"
