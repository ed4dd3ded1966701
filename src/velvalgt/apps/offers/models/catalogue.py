"""The catalogue: what may be done with or for a citizen, and when it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.offers.choices import Need, OfferKind
from velvalgt.apps.staff.models import Tenant, Unit


@dataclass(frozen=True, slots=True)
class Texts:
    """The same text in Danish and in English."""

    da: str
    en: str


class OfferQuerySet(models.QuerySet["Offer"]):
    """The words for choosing offers."""

    def rights(self) -> "OfferQuerySet":
        return self.exclude(right_source="")

    def shown(self, on: date) -> "OfferQuerySet":
        """What is in the catalogue on a day: nothing outdated, but never a right hidden."""
        in_catalogue = Q(retired_on__isnull=True) | Q(retired_on__gt=on)
        return self.filter(in_catalogue, Q(expires_on__gt=on) | ~Q(right_source=""))

    def for_group(self, groups: Sequence[str]) -> "OfferQuerySet":
        """What is meant for one of the target groups, or for everybody."""
        return self.filter(Q(groups__overlap=list(groups)) | Q(groups=[]))


class Offer(models.Model):
    """Something that may be done with or for a citizen (indsats); some the law calls offers.

    Attributes:
        key: its name in the file that it is published from.
        needs: what it may help with.
        groups: the target groups it is meant for; none means everybody.
        leads_to: the occupation it leads to, by the code of the labour-market balance.
        price_oere: what one place costs the municipality; None where it is not known.
        green_on: the day on which it was counted to the green transition, by `green_source`.
        right_source: where the law makes it a right; "" where it is none.
        law_word: the type of offer in the law's sense (LAB ch. 11-14); "" where it is none.
        law: the paragraph that an answer rests on; "" where the caseworker must find it.
        expires_on: from this day it is hidden until somebody has checked it again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=60)
    kind = models.CharField(max_length=16, choices=OfferKind)
    title_da = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    words_da = models.TextField()
    words_en = models.TextField()
    suits_da = models.TextField()
    suits_en = models.TextField()
    needs = ArrayField(models.CharField(max_length=16, choices=Need), default=list)
    groups = ArrayField(models.CharField(max_length=4), default=list)
    leads_to = models.CharField(max_length=40, blank=True)
    price_oere = models.BigIntegerField(null=True)
    price_source = models.CharField(max_length=120, blank=True)
    green_on = models.DateField(null=True)
    green_source = models.CharField(max_length=200, blank=True)
    right_source = models.CharField(max_length=200, blank=True)
    law_word = models.CharField(max_length=40, blank=True)
    law = models.CharField(max_length=120, blank=True)
    checked_on = models.DateField()
    expires_on = models.DateField()
    retired_on = models.DateField(null=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant", "key"], name="offers_offer_once"),
            models.UniqueConstraint(fields=["tenant", "id"], name="offers_offer_of_tenant"),
            models.CheckConstraint(
                condition=Q(price_oere__isnull=True) | Q(price_oere__gte=0) & ~Q(price_source=""),
                name="offers_offer_price_has_source",
            ),
            models.CheckConstraint(
                condition=Q(green_on__isnull=True, green_source="")
                | Q(green_on__isnull=False) & ~Q(green_source=""),
                name="offers_offer_green_has_source",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("checked_on")),
                name="offers_offer_expires_after_check",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.key}"

    @property
    def title(self) -> Texts:
        return Texts(self.title_da, self.title_en)

    @property
    def words(self) -> Texts:
        return Texts(self.words_da, self.words_en)

    @property
    def suits(self) -> Texts:
        return Texts(self.suits_da, self.suits_en)

    @property
    def is_right(self) -> bool:
        return bool(self.right_source)

    @property
    def need_labels(self) -> list[str]:
        """What it may help with, in the reader's language."""
        return [str(Need(need).label) for need in self.needs]

    @property
    def price_dkk(self) -> Decimal | None:
        """What one place costs the municipality, in kroner."""
        return None if self.price_oere is None else Decimal(self.price_oere) / 100


class StartQuerySet(models.QuerySet["Start"]):
    """The words for choosing starts."""

    def to_come(self, on: date) -> "StartQuerySet":
        """What has not begun, the first one first."""
        return self.filter(starts_on__gte=on).order_by("starts_on", "pk")

    def open(self, on: date) -> "StartQuerySet":
        """What one can still apply for."""
        return self.to_come(on).filter(apply_by__gte=on)


class Start(models.Model):
    """A day on which an offer begins (hold, startdato): seats, and the last day to apply."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    tenant = models.ForeignKey(Tenant, on_delete=models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="starts")
    starts_on = models.DateField()
    apply_by = models.DateField()
    seats = models.PositiveIntegerField()
    place = models.CharField(max_length=120, blank=True)

    objects = StartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "starts_on"], name="offers_start_once"),
            models.UniqueConstraint(fields=["id", "offer"], name="offers_start_of_offer"),
            models.CheckConstraint(condition=Q(seats__gt=0), name="offers_start_has_seats"),
            models.CheckConstraint(
                condition=Q(apply_by__lte=F("starts_on")), name="offers_start_apply_before"
            ),
        ]
        indexes = [models.Index(fields=["tenant", "starts_on"], name="offers_start_by_day")]

    def __str__(self) -> str:
        return f"start {self.pk} on {self.starts_on}"
