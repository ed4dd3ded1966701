"""Who has which cases: what caseworkers are good at, who may not, and what a plan suggests."""

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.priorities.choices import SkillKind
from velvalgt.apps.priorities.models.runs import Run
from velvalgt.apps.priorities.models.suggestions import reasons
from velvalgt.apps.staff.models import Unit, User


class Skill(models.Model):
    """What a caseworker is good at (kompetence): a language, an industry, a target group."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=SkillKind)
    word = models.CharField(max_length=40)
    is_held = models.BooleanField(default=True)  # the newest row of a word holds
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.kind} {self.word}"


class Conflict(CitizenRecord):
    """That somebody may not have a citizen's case (inhabilitet), as with one's own family."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_held = models.BooleanField(default=True)  # the newest row of a pair holds
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "citizen"], name="priorities_conflict_of")]

    def __str__(self) -> str:
        return f"conflict {self.pk}"


class UnitChoice(CitizenRecord):
    """Which unit a citizen would rather have their case in (valg af enhed); the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    chosen_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["tenant_id", "citizen"], name="priorities_unitchoice_of")]

    def __str__(self) -> str:
        return f"choice of unit {self.unit_id}"


class Handover(CitizenRecord):
    """That a plan suggests another caseworker for a case (forslag om overdragelse).

    Attributes:
        terms: load, competence, continuity and the rest, at the present caseworker and the other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="handovers")
    held_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    reasons = reasons()
    terms = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "citizen"], name="priorities_handover_once"),
            models.UniqueConstraint(
                fields=["id", "citizen"], name="priorities_handover_of_citizen"
            ),
        ]

    def __str__(self) -> str:
        return f"handover {self.pk}"


class HandoverAnswer(CitizenRecord):
    """What was answered a suggested handover (svar på overdragelse), once."""

    handover = models.OneToOneField(
        Handover, primary_key=True, on_delete=models.PROTECT, related_name="answer"
    )
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    is_accepted = models.BooleanField()
    words = models.TextField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_accepted=True) | ~Q(words=""),
                name="priorities_handoveranswer_no_has_words",
            )
        ]

    def __str__(self) -> str:
        return f"answer to handover {self.handover_id}"
