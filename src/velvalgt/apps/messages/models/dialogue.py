"""The dialogue between a citizen and the municipality, and how soon an answer is promised."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.cases.models import Document, Receipt
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, Unit, User

LONGEST = 5000
"""Signs in a message; what is longer is a document."""


class MessageQuerySet(models.QuerySet["Message"]):
    """The words for choosing messages."""

    def of_citizen(self, citizen: Citizen) -> "MessageQuerySet":
        return self.filter(citizen=citizen)

    def by(self, side: Side) -> "MessageQuerySet":
        return self.filter(side=side)

    def unread(self) -> "MessageQuerySet":
        """Those that the other side has not opened."""
        return self.filter(reading__isnull=True)

    def unanswered(self) -> "MessageQuerySet":
        """The citizens' messages that no later word of ours follows, and that need one."""
        later = Message.objects.filter(
            citizen=OuterRef("citizen"), side=Side.MUNICIPALITY, sent_at__gte=OuterRef("sent_at")
        )
        return self.by(Side.CITIZEN).filter(~Exists(later), no_answer__isnull=True)


class Message(CitizenRecord):
    """One message of a citizen's dialogue (besked); never changed, newest last."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="messages")
    side = models.CharField(max_length=12, choices=Side)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    body = models.TextField(max_length=LONGEST)
    sent_at = models.DateTimeField()
    answer_by = models.DateField(null=True)  # the day promised when it came; never moved
    receipt = models.OneToOneField(Receipt, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(body=""), name="messages_message_says_something"),
            models.CheckConstraint(
                condition=Q(side=Side.CITIZEN, receipt__isnull=False)
                | Q(side=Side.MUNICIPALITY, receipt__isnull=True, answer_by__isnull=True),
                name="messages_message_of_its_side",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "sent_at", "id"], name="messages_thread"),
            models.Index(
                fields=["tenant_id", "citizen", "sent_at"],
                condition=Q(side=Side.MUNICIPALITY),
                name="messages_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"message {self.pk} by {self.side}"

    @property
    def is_citizens(self) -> bool:
        """Whether it is the citizen's word."""
        return self.side == Side.CITIZEN

    @property
    def is_new(self) -> bool:
        """Whether the other side had not opened it when it was found."""
        return getattr(self, "reading", None) is None

    def is_late(self, today: date) -> bool:
        """Whether the day that was promised has passed; an answer may have come."""
        return self.answer_by is not None and self.answer_by < today


class Attachment(CitizenRecord):
    """A document that goes with a message (bilag)."""

    document = models.OneToOneField(
        Document, primary_key=True, on_delete=models.PROTECT, related_name="attachment"
    )
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="attachments")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"document {self.document_id} of message {self.message_id}"


class Reading(CitizenRecord):
    """That the other side has opened a message, who first and when (læst)."""

    message = models.OneToOneField(
        Message, primary_key=True, on_delete=models.PROTECT, related_name="reading"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    reader = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.message_id} read"


class NoAnswer(CitizenRecord):
    """A caseworker's word that a message, such as a thank-you, needs no answer (intet svar)."""

    message = models.OneToOneField(
        Message, primary_key=True, on_delete=models.PROTECT, related_name="no_answer"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    said_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"message {self.message_id} needs no answer"


class AnswerPromise(models.Model):
    """How many working days the municipality takes to answer (svarfrist), from a day on.

    Without a unit it holds for the whole municipality; a unit's own goes before.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    working_days = models.PositiveSmallIntegerField()
    from_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "unit", "from_on"],
                nulls_distinct=False,
                name="messages_promise_once_a_day",
            ),
            models.CheckConstraint(
                condition=Q(working_days__gte=1, working_days__lte=60),
                name="messages_promise_within_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"an answer within {self.working_days} working days from {self.from_on}"
