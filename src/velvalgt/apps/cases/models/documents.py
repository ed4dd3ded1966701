"""Documents: what they are, what is in them, and whether they were found clean."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import VERDICTS_THAT_STAND, Compartment, DocumentKind, Verdict
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class DocumentQuerySet(models.QuerySet["Document"]):
    """The words for choosing documents."""

    def with_verdict(self) -> "DocumentQuerySet":
        """Read each with the newest word on whether it holds a virus."""
        scans = Scan.objects.filter(document=OuterRef("pk")).order_by("-scanned_at", "-pk")
        return self.annotate(newest_verdict=Subquery(scans.values("verdict")[:1]))

    def unscanned(self) -> "DocumentQuerySet":
        """Those of which no scanner has spoken and that we did not write ourselves."""
        judged = Scan.objects.filter(document=OuterRef("pk"), verdict__in=VERDICTS_THAT_STAND)
        return self.filter(~Exists(judged))


class Document(CitizenRecord):
    """A file in the case (dokument): a letter, an upload, an attachment; its content lies apart."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=16, choices=DocumentKind)
    compartment = models.CharField(
        max_length=12, choices=Compartment, default=Compartment.EMPLOYMENT
    )
    title = models.CharField(max_length=200, blank=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.BinaryField(max_length=32)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="cases_document_holds_something"),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-added_at"], name="cases_document_of")
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def heading(self) -> str:
        """What a list calls it: what it is, or else the file's name."""
        return self.title or self.name

    @property
    def added_on(self) -> date:
        """The day it came, in Copenhagen."""
        return timezone.localdate(self.added_at)

    @property
    def verdict(self) -> str | None:
        """The newest word on it, where it was read `with_verdict`."""
        found: str | None = vars(self)["newest_verdict"]
        return found


class Content(CitizenRecord):
    """The bytes of a document, sealed; read only when somebody opens it."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.PROTECT, related_name="content"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return f"content of document {self.document_id}"


class Scan(CitizenRecord):
    """What the virus scanner said of a document (virusscanning); without one it is quarantined."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="scans")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=12, choices=Verdict)
    engine = models.CharField(max_length=120, blank=True)
    scanned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"scan of document {self.document_id}: {self.verdict}"
