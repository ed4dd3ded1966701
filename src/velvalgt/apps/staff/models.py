"""Who works here: tenants, units, users and what role each has in which unit for how many hours."""

from datetime import date, datetime

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.staff.choices import Role, TenantKind


class Tenant(models.Model):
    """A municipality or an a-kasse: the one who answers for its citizens' data (dataansvarlig)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=TenantKind)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    frozen_on = models.DateField(
        null=True
    )  # the day a demo stands still on; null: the calendar's day

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="staff_tenant_once")]

    def __str__(self) -> str:
        return self.name

    def working_day(self, today: date) -> date:
        """The day the law is read on: today, or the demo's own Monday."""
        return self.frozen_on or today

    def working_moment(self, at: datetime) -> datetime:
        """The moment by which meetings are booked: now, or the same hour of the demo's Monday."""
        if self.frozen_on is None:
            return at
        local = timezone.localtime(at)
        return datetime.combine(self.frozen_on, local.time(), local.tzinfo)


class Unit(models.Model):
    """A part of the organisation that has cases or a task (enhed)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="units")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "code"], name="staff_unit_once")]

    def __str__(self) -> str:
        return self.name


class User(AbstractBaseUser):
    """Somebody who can sign in (bruger); has no password here, an `Identity` vouches for them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="users")
    name = models.CharField(max_length=200)
    initials = models.CharField(max_length=12, blank=True)
    is_active = models.BooleanField(default=True)
    password = None  # type: ignore[assignment]
    last_login = None

    objects = BaseUserManager["User"]()

    USERNAME_FIELD = "id"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "initials"],
                condition=~Q(initials=""),
                name="staff_user_initials_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """How a user is known by the one who vouches for them at sign-in (identitet)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="staff_identity_once")
        ]

    def __str__(self) -> str:
        return f"identity {self.pk} by {self.issuer}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """The words for choosing memberships."""

    def current(self, at: datetime) -> "MembershipQuerySet":
        return self.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=at), starts_at__lte=at)


class Membership(models.Model):
    """A person's role in a unit (ansættelse, rolle) with the weekly hours it holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    hours_week = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ends_at__isnull=True),
                name="staff_membership_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="staff_membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(hours_week__isnull=True) | Q(hours_week__gt=0, hours_week__lte=48),
                name="staff_membership_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} as {self.role} in {self.unit}"
