"""The case and the journal."""

from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.choices import Actor, Deed, Kind
from velvalgt.apps.people.choices import Form
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Unit, User


class CaseQuerySet(models.QuerySet["Case"]):
    """The words for choosing cases."""

    def open(self) -> "CaseQuerySet":
        return self.filter(closed_on__isnull=True)

    def of_caseworker(self, user_id: UUID) -> "CaseQuerySet":
        return self.filter(caseworker_id=user_id)


class Case(CitizenRecord):
    """A citizen's case (sag): which unit has it, and who in the unit."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="cases")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    caseworker = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["citizen"], condition=Q(closed_on__isnull=True), name="cases_case_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="cases_case_closes_after_opening",
            ),
        ]
        indexes = [
            models.Index(
                fields=["tenant_id", "caseworker"],
                condition=Q(closed_on__isnull=True),
                name="cases_case_of_caseworker",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class EntryQuerySet(models.QuerySet["Entry"]):
    """The words for choosing entries."""

    def standing(self) -> "EntryQuerySet":
        """What holds: not corrected by a later entry, and not itself a withdrawal."""
        return self.filter(correction__isnull=True, is_withdrawal=False)

    def of_kind(self, *kinds: Kind) -> "EntryQuerySet":
        return self.filter(kind__in=kinds)

    def since(self, day: date) -> "EntryQuerySet":
        return self.filter(on__gte=day)


class Entry(CitizenRecord):
    """What happened to whom, when, by whom (journalindførelse); corrected by a new entry."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=16, choices=Kind)
    on = models.DateField()
    until = models.DateField(null=True)
    actor = models.CharField(max_length=12, choices=Actor)
    form = models.CharField(max_length=12, choices=Form, blank=True)
    detail = models.CharField(max_length=60, blank=True)
    corrects = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="correction"
    )
    is_withdrawal = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40, blank=True)
    external_key = models.CharField(max_length=80, blank=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "source", "external_key"],
                condition=~Q(external_key="") & Q(corrects__isnull=True),
                name="cases_entry_once_from_source",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("on")),
                name="cases_entry_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawal=False) | Q(corrects__isnull=False),
                name="cases_entry_withdrawal_corrects",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "on"], name="cases_entry_of"),
            models.Index(fields=["tenant_id", "-recorded_at"], name="cases_entry_recorded"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"

    @property
    def happened(self) -> str:
        """What happened, in words; who asks to be called does not ask for an interview."""
        is_call = self.kind == Kind.REQUEST and self.detail == "call"
        return str(Deed.CALL.label if is_call else self.get_kind_display())
