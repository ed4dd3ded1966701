"""What the law asks, as it stands: duties, ledgers, leave-outs."""

from datetime import date
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties.choices import Effect, LeaveOutReason, Status
from velvalgt.apps.duties.dispensations import LISTS, Draft
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User


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


def names() -> "ArrayField[list[str], list[str]]":
    """A list of ids or words, in the order in which they were written."""
    return ArrayField(models.CharField(max_length=60), default=list, blank=True)


TAKEN_BACK = Q(withdrawal__isnull=False) & (
    Q(confirmation__isnull=True) | Q(withdrawal__confirmation__isnull=False)
)


class DispensationQuerySet(models.QuerySet["Dispensation"]):
    """The words for choosing dispensations."""

    def in_effect(self) -> "DispensationQuerySet":
        """Confirmed by a second person, and not withdrawn."""
        return self.standing().filter(confirmation__isnull=False)

    def withdrawn(self) -> "DispensationQuerySet":
        """Taken back: by one person before it held, by two once it did."""
        return self.filter(TAKEN_BACK)

    def standing(self) -> "DispensationQuerySet":
        """Not withdrawn, whether a second person has confirmed it or not."""
        return self.exclude(TAKEN_BACK)

    def like(self, draft: Draft) -> "DispensationQuerySet":
        """Those of the same order that say the same of the same days and places."""
        lists = {name: list(getattr(draft, name)) for name in LISTS}
        same = {f"{name}__contains": given for name, given in lists.items()}
        no_more = {f"{name}__contained_by": given for name, given in lists.items()}
        return self.filter(
            instrument__iexact=draft.instrument,
            effect=draft.effect,
            first_day=draft.first_day,
            last_day=draft.last_day,
            **same,
            **no_more,
        )


class Dispensation(models.Model):
    """A dispensation as the State gave it (dispensation): never granted here, only written down.

    It changes nothing before a `Confirmation`, and nothing after a `DispensationWithdrawal`.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant_id = models.UUIDField()
    instrument = models.CharField(max_length=120)
    paragraph = models.CharField(max_length=80)
    url = models.URLField(max_length=300, blank=True)
    effect = models.CharField(max_length=20, choices=Effect)
    rules = names()
    forms = names()
    clocks = names()
    regions = names()
    municipalities = names()
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    words_da = models.TextField(max_length=500)
    words_en = models.TextField(max_length=500)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = DispensationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=F("first_day")),
                name="duties_dispensation_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(first_day__gte=date(1900, 1, 1))
                & (Q(last_day__isnull=True) | Q(last_day__lte=date(2199, 12, 31))),
                name="duties_dispensation_in_time",
            ),
            models.CheckConstraint(
                condition=~Q(instrument="") & ~Q(paragraph="") & ~Q(words_da="") & ~Q(words_en=""),
                name="duties_dispensation_is_written",
            ),
            models.CheckConstraint(
                condition=(
                    Q(effect=Effect.DUTY_SUSPENDED, forms=[], clocks=[]) & ~Q(rules=[])
                    | Q(effect=Effect.FORM_RELAXED, clocks=[]) & ~Q(rules=[]) & ~Q(forms=[])
                    | Q(effect=Effect.CLOCK_EXCLUDED, rules=[], forms=[]) & ~Q(clocks=[])
                ),
                name="duties_dispensation_one_effect",
            ),
        ]

    def __str__(self) -> str:
        return f"dispensation {self.pk}: {self.effect}"

    @property
    def key(self) -> str:
        """The id that it has in the book, and that a paused duty gives as its reason."""
        return f"recorded_{self.pk.hex}"

    @property
    def draft(self) -> Draft:
        """What is written in it."""
        return Draft(
            effect=Effect(self.effect),
            first_day=self.first_day,
            last_day=self.last_day,
            rules=tuple(self.rules),
            forms=tuple(self.forms),
            clocks=tuple(self.clocks),
            regions=tuple(self.regions),
            municipalities=tuple(self.municipalities),
            instrument=self.instrument,
            paragraph=self.paragraph,
            url=self.url,
            words_da=self.words_da,
            words_en=self.words_en,
        )


class Confirmation(models.Model):
    """A second person has read the order and vouches for a dispensation (godkendelse).

    `recorded_by` is held equal to the dispensation's by a key over both, so that the database
    itself can refuse the one who recorded it.
    """

    dispensation = models.OneToOneField(
        Dispensation, primary_key=True, on_delete=models.PROTECT, related_name="confirmation"
    )
    tenant_id = models.UUIDField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("recorded_by")),
                name="duties_confirmation_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"confirmation of {self.dispensation_id}"


class DispensationWithdrawal(models.Model):
    """A dispensation that should not have been recorded (tilbagekaldelse): by whom and why.

    It takes one back that nobody has confirmed; one that holds, only with a
    `WithdrawalConfirmation`.
    """

    dispensation = models.OneToOneField(
        Dispensation, primary_key=True, on_delete=models.PROTECT, related_name="withdrawal"
    )
    tenant_id = models.UUIDField()
    reason = models.TextField(max_length=500)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="duties_withdrawal_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"withdrawal of {self.dispensation_id}"


class WithdrawalConfirmation(models.Model):
    """A second person agrees that what two have vouched for is taken back (godkendelse).

    `withdrawn_by` is held equal to the withdrawal's, as in a `Confirmation`.
    """

    withdrawal = models.OneToOneField(
        DispensationWithdrawal,
        primary_key=True,
        on_delete=models.PROTECT,
        related_name="confirmation",
    )
    tenant_id = models.UUIDField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("withdrawn_by")),
                name="duties_withdrawal_confirmed_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"confirmation of {self.withdrawal_id}'s withdrawal"
