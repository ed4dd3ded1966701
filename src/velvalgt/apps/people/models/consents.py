"""What a citizen has said yes to, and taken back; and the CV items that a company may see."""

from datetime import date

from django.db import models
from django.db.models import Q

from velvalgt.apps.audit.models import new_id
from velvalgt.apps.audit.reading import CitizenRecord
from velvalgt.apps.people.choices import Choice
from velvalgt.apps.people.models.citizens import Citizen
from velvalgt.apps.staff.models import User


class ConsentQuerySet(models.QuerySet["Consent"]):
    """The words for choosing consents."""

    def standing(self) -> "ConsentQuerySet":
        """What holds: given, and not taken back."""
        return self.filter(withdrawal__isnull=True)


class Consent(CitizenRecord):
    """A citizen's yes to one thing (samtykke); a no is that there is none."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="consents")
    choice = models.CharField(max_length=16, choices=Choice)
    party = models.CharField(max_length=200, blank=True)  # from whom, or to whom
    what = models.CharField(max_length=500, blank=True)  # which information
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(choice__in=[Choice.OBTAIN, Choice.SHARE]) | ~Q(party="") & ~Q(what=""),
                name="people_consent_in_the_case_is_specific",
            )
        ]
        indexes = [
            models.Index(fields=["tenant_id", "citizen", "-given_at"], name="people_consent_of")
        ]

    def __str__(self) -> str:
        return f"consent {self.pk} to {self.choice}"


class ConsentWithdrawal(CitizenRecord):
    """That a consent was taken back (tilbagetrække samtykke); it holds from that moment."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    consent = models.OneToOneField(Consent, on_delete=models.PROTECT, related_name="withdrawal")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"withdrawal of consent {self.consent_id}"


class CvShareQuerySet(models.QuerySet["CvShare"]):
    """The words for choosing what is shared with companies."""

    def standing(self, on: date) -> "CvShareQuerySet":
        return self.filter(end__isnull=True, until__gt=on)


class CvShare(CitizenRecord):
    """What a company may see of a citizen's CV (dele cv), and until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="cv_shares")
    company = models.CharField(max_length=200)
    until = models.DateField()
    shared_at = models.DateTimeField()
    shared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CvShareQuerySet.as_manager()

    def __str__(self) -> str:
        return f"CV share {self.pk}"


class CvShareItem(CitizenRecord):
    """One item of a CV as it stood when it was shared; nothing else leaves."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    share = models.ForeignKey(CvShare, on_delete=models.PROTECT, related_name="items")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=100)
    text = models.TextField(max_length=2000)

    def __str__(self) -> str:
        return f"item of CV share {self.share_id}"


class CvShareEnd(CitizenRecord):
    """That a CV is no longer shared (stoppe deling)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    share = models.OneToOneField(CvShare, on_delete=models.PROTECT, related_name="end")
    citizen = models.ForeignKey(Citizen, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"end of CV share {self.share_id}"
