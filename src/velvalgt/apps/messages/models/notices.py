"""Notices: what the citizen's page says has happened."""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.messages.choices import Occasion
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """The words for choosing notices."""

    def of_citizen(self, citizen: Citizen) -> "NoticeQuerySet":
        return self.filter(citizen=citizen)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(reading__isnull=True)


class Notice(CitizenRecord):
    """A line on the citizen's page about something new (besked på siden)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="notices")
    occasion = models.CharField(max_length=16, choices=Occasion)
    title = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="messages_notice_says_something")
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-told_at"], name="messages_notice_of")
        ]

    def __str__(self) -> str:
        return f"notice {self.pk} of {self.occasion}"

    @property
    def is_new(self) -> bool:
        """Whether the citizen had not seen it when it was found."""
        return getattr(self, "reading", None) is None


class NoticeReading(CitizenRecord):
    """That the citizen has seen a notice, and when (set)."""

    notice = models.OneToOneField(
        Notice, primary_key=True, on_delete=models.PROTECT, related_name="reading"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"notice {self.notice_id} seen"
