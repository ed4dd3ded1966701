"""What is known of the labour market here: about nobody, from files alone."""

from datetime import date

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.companies.choices import Category
from velvalgt.apps.staff.models import Tenant


class Balance(models.Model):
    """How the labour market stood for a job title on a day (arbejdsmarkedsbalance).

    It says how things are, not how they will be; a newer one takes its place, and the old stays.
    The area is the one that the municipality lies in: a file holds no other.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    occupation = models.CharField(max_length=40)  # the title's code, as the files have it
    title = models.CharField(max_length=200)
    area = models.CharField(max_length=60)
    category = models.CharField(max_length=12, choices=Category)
    as_of = models.DateField()
    source = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "occupation", "as_of"], name="companies_balance_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} in {self.area}: {self.category} as of {self.as_of}"


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """The words for choosing vacancies."""

    def open(self, on: date) -> "VacancyQuerySet":
        """Those that can be applied for on a day: still listed, and the last day has not passed."""
        in_time = Q(apply_by__isnull=True) | Q(apply_by__gte=on)
        return self.filter(in_time, gone_at__isnull=True)


class Vacancy(models.Model):
    """A job that an employer wants to fill (ledig stilling); gone when its source drops it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=40)
    external_key = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    occupation = models.CharField(max_length=40, blank=True)
    employer = models.CharField(max_length=200)
    postcode = models.CharField(max_length=10)
    city = models.CharField(max_length=100)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    hours_week = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    apply_by = models.DateField(null=True)
    url = models.URLField(max_length=400)
    imported_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    objects = VacancyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "source", "external_key"], name="companies_vacancy_once"
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="companies_vacancy_lies_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"), name="companies_vacancy_link_is_safe"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} at {self.employer}"
