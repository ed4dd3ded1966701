"""The citizens and what is known of them, and `Access`: who may see whom."""

from datetime import date, datetime

from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.choices import Form, Ground, Rhythm
from velvalgt.apps.staff.models import Tenant, Unit, User


def ends_after_start(table: str) -> models.CheckConstraint:
    """A period holds at least one day."""
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
        name=f"people_{table}_ends_after_start",
    )


def once_from_its_source(table: str) -> models.UniqueConstraint:
    """A fact from outside is known by its source and the key it has there."""
    return models.UniqueConstraint(
        fields=["tenant_id", "source", "external_key"],
        condition=~Q(external_key=""),
        name=f"people_{table}_once_from_source",
    )


class PeriodQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """The words for choosing facts with a half-open period."""

    def on(self, day: date) -> "PeriodQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), starts_on__lte=day)


class Citizen(CitizenRecord):
    """The person the effort is for (borger)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.OneToOneField(User, null=True, on_delete=models.PROTECT, related_name="citizen")
    name = models.CharField(max_length=200)
    born_on = models.DateField()
    cpr_sealed = models.BinaryField()
    cpr_index = models.BinaryField(max_length=32)
    a_kasse = models.CharField(max_length=40, blank=True)
    clock_weeks = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    clock_as_of = models.DateField(null=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    address_is_protected = models.BooleanField(default=False)
    source = models.CharField(max_length=40)
    external_key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant_id", "cpr_index"], name="people_citizen_cpr_once"
            ),
            once_from_its_source("citizen"),
            models.CheckConstraint(
                condition=Q(clock_weeks__isnull=True, clock_as_of__isnull=True)
                | Q(clock_weeks__gte=0, clock_as_of__isnull=False),
                name="people_citizen_clock_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"citizen {self.pk}"

    @property
    def first_name(self) -> str:
        """What a letter would greet them by."""
        return self.name.partition(" ")[0]

    def age(self, on: date) -> int:
        """Whole years on a day."""
        had_birthday = (on.month, on.day) >= (self.born_on.month, self.born_on.day)
        return on.year - self.born_on.year - (not had_birthday)


class CitizenFact(CitizenRecord):
    """Something known about a citizen, from a source outside or from here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="%(class)ss")
    source = models.CharField(max_length=40, blank=True)
    external_key = models.CharField(max_length=80, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True


class Residence(CitizenFact):
    """Where a citizen lives (bopæl); never shown where the address is protected."""

    municipality = models.CharField(max_length=3)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=10, blank=True)
    city = models.CharField(max_length=100, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            ends_after_start("residence"),
            once_from_its_source("residence"),
            models.UniqueConstraint(
                fields=["citizen"],
                condition=Q(ends_on__isnull=True),
                name="people_residence_one_now",
            ),
        ]

    def __str__(self) -> str:
        return f"residence {self.pk} in {self.municipality}"


class Spell(CitizenFact):
    """Unbroken time on one kind of public support (forløb på ydelse)."""

    benefit = models.CharField(max_length=24)
    target_group = models.CharField(max_length=4)
    municipality = models.CharField(max_length=3)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    degree = models.DecimalField(max_digits=4, decimal_places=3, default=1)

    class Meta:
        constraints = [
            ends_after_start("spell"),
            once_from_its_source("spell"),
            models.CheckConstraint(
                condition=Q(degree__gt=0, degree__lte=1), name="people_spell_degree_is_a_share"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "starts_on"], name="people_spell_of")
        ]

    def __str__(self) -> str:
        return f"{self.benefit} from {self.starts_on}"


class Work(CitizenFact):
    """A job held (arbejde): ordinary, subsidised or flex."""

    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    hours_week = models.DecimalField(max_digits=5, decimal_places=2)
    kind = models.CharField(max_length=12)

    class Meta:
        constraints = [
            ends_after_start("work"),
            once_from_its_source("work"),
            models.CheckConstraint(
                condition=Q(hours_week__gte=0, hours_week__lte=168), name="people_work_hours"
            ),
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "starts_on"], name="people_work_of")
        ]

    def __str__(self) -> str:
        return f"{self.kind} work from {self.starts_on}"


class Payment(CitizenFact):
    """A benefit paid for a period (udbetaling), gross; the day it is or was paid, where told."""

    benefit = models.CharField(max_length=24)
    starts_on = models.DateField()
    ends_on = models.DateField()
    gross_oere = models.BigIntegerField()
    paid_on = models.DateField(null=True)
    stopped_by = models.CharField(max_length=120, blank=True)  # in the source's words; "" runs

    class Meta:
        constraints = [ends_after_start("payment"), once_from_its_source("payment")]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-starts_on"], name="people_payment_of")
        ]

    def __str__(self) -> str:
        return f"{self.benefit} paid from {self.starts_on}"


class ContactWish(CitizenRecord):
    """How a citizen wants to be met (kontaktønske); the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="contact_wishes")
    form = models.CharField(max_length=12, choices=Form, blank=True)
    rhythm = models.CharField(max_length=12, choices=Rhythm, blank=True, db_default="")
    language = models.CharField(max_length=8, blank=True)
    wants_companion = models.BooleanField(default=False)
    source = models.CharField(max_length=40, blank=True)  # of a wish from a file; "" was said here
    recorded_at = models.DateTimeField()

    class Meta:
        get_latest_by = "recorded_at"

    def __str__(self) -> str:
        return f"contact wish {self.pk}"


class AccessQuerySet(models.QuerySet["Access"]):
    """The words for choosing grants."""

    def current(self, at: datetime) -> "AccessQuerySet":
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)


class Access(models.Model):
    """Who may see whom, for what purpose, when and on what ground (adgang). Row security reads it.

    Without a citizen the grant covers the whole tenant, which only oversight has.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    citizen = models.ForeignKey(Citizen, null=True, on_delete=models.PROTECT, related_name="access")
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=24, choices=Purpose)
    ground = models.CharField(max_length=12, choices=Ground)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=True) ^ Q(unit__isnull=True),
                name="people_access_user_or_unit",
            ),
            models.CheckConstraint(
                condition=Q(citizen__isnull=False) | Q(ground=Ground.OVERSIGHT),
                name="people_access_everyone_is_oversight",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("starts_at")),
                name="people_access_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["tenant", "citizen", "user", "unit", "purpose", "ground"],
                condition=Q(ends_at__isnull=True),
                nulls_distinct=False,
                name="people_access_once",
            ),
        ]
        indexes = [
            models.Index(fields=["tenant", "unit", "purpose"], name="people_access_of_unit"),
            models.Index(fields=["tenant", "user", "purpose"], name="people_access_of_user"),
        ]

    def __str__(self) -> str:
        return f"access for {self.purpose} on the ground of {self.ground}"


class FactVersion(models.Model):
    """A number that grows with each change of a citizen's facts, for what derives from them."""

    citizen = models.OneToOneField(Citizen, primary_key=True, on_delete=models.PROTECT)
    tenant_id = models.UUIDField()
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"facts of {self.citizen_id} at {self.number}"
