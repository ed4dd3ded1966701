"""How far the municipality goes: by a ground that a person recorded, else without profiling."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from velvalgt.apps.duties.queries import oversees_everyone
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.in_turn import in_turn
from velvalgt.apps.priorities.models import BasisEnd, ProfilingBasis
from velvalgt.apps.staff.models import User

LONGEST = timedelta(days=366)
"""How long a ground may hold before somebody must look at it again; Velvalgt's own choice."""


class DoesNotHold(Exception):
    """A ground that cannot be as it is written; `about` names the field that is wrong."""

    about = "legal_ground"


class NotWritten(DoesNotHold):
    """The paragraph or the impact assessment is missing."""


class EndsTooSoon(DoesNotHold):
    """It would end before it begins, or has ended already."""

    about = "last_day"


class HoldsTooLong(DoesNotHold):
    """It would hold for more than `LONGEST`."""

    about = "last_day"


class NotAssessedYet(DoesNotHold):
    """The impact assessment is said to be finished on a day that has not come."""

    about = "assessed_on"


class HoldsAlready(DoesNotHold):
    """Another ground holds on some of these days."""

    about = "starts_on"


class NotYoursToRecord(Exception):
    """The one who acts does not check the law for the whole municipality."""


class NoReason(Exception):
    """A ground is ended for a reason."""


@dataclass(frozen=True, slots=True)
class BasisDraft:
    """A ground as somebody writes it; it holds on its last day, too."""

    legal_ground: str
    assessment: str
    assessed_on: date
    starts_on: date
    last_day: date
    url: str = ""

    @property
    def ends_on(self) -> date:
        """The day from which it holds no more."""
        return self.last_day + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BasisLine:
    """A ground and how it stands on a day."""

    basis: ProfilingBasis
    on: date

    @property
    def end(self) -> BasisEnd | None:
        """That it was ended before its time, or None."""
        return getattr(self.basis, "end", None)

    @property
    def is_over(self) -> bool:
        return self.end is not None or self.basis.ends_on <= self.on

    @property
    def holds(self) -> bool:
        return not self.is_over and self.basis.starts_on <= self.on

    @property
    def last_day(self) -> date:
        """The last day on which it holds, where nobody ends it."""
        return self.basis.ends_on - timedelta(days=1)


def basis_on(day: date) -> BasisLine | None:
    """Give the ground for profiling that holds on a day (hjemmel til profilering), or None."""
    held = ProfilingBasis.objects.on(day).select_related("recorded_by")
    found = held.order_by("-recorded_at", "-pk").first()
    return BasisLine(found, day) if found else None


def mode_on(day: date) -> Mode:
    """Give how far the municipality goes on a day (tilstand); plain where no ground holds."""
    return Mode.JUDGEMENT if ProfilingBasis.objects.on(day).exists() else Mode.PLAIN


def bases(on: date) -> list[BasisLine]:
    """Give every ground that was recorded, the newest first."""
    found = ProfilingBasis.objects.select_related("recorded_by", "end", "end__ended_by")
    return [BasisLine(each, on) for each in found.order_by("-starts_on", "-recorded_at", "-pk")]


@transaction.atomic
def record_basis(*, draft: BasisDraft, on: date, by: User, at: datetime) -> ProfilingBasis:
    """Record on what ground people are weighed by expected gain (hjemmel til profilering).

    Raises:
        NotYoursToRecord: the one who acts does not oversee everyone.
        DoesNotHold: by its subclasses, what is missing or cannot be.
    """
    if not oversees_everyone():
        raise NotYoursToRecord(
            _("Only those who check the law for the whole municipality record it.")
        )
    _check(draft, on)
    in_turn(by.tenant_id, "profiling")
    others = ProfilingBasis.objects.filter(end__isnull=True, starts_on__lt=draft.ends_on)
    if others.filter(ends_on__gt=draft.starts_on).exists():
        raise HoldsAlready(_("Another ground holds on some of these days. End that one first."))
    return ProfilingBasis.objects.create(
        tenant_id=by.tenant_id,
        legal_ground=draft.legal_ground.strip(),
        assessment=draft.assessment.strip(),
        assessed_on=draft.assessed_on,
        url=draft.url,
        starts_on=draft.starts_on,
        ends_on=draft.ends_on,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def end_basis(*, basis: ProfilingBasis, reason: str, by: User, at: datetime) -> BasisEnd:
    """End a ground before its time (tilbagekaldelse): from now on there is no profiling.

    Where somebody ended it a moment before, that end stands.

    Raises:
        NotYoursToRecord: the one who acts does not oversee everyone.
        NoReason: none was written.
    """
    if not oversees_everyone():
        raise NotYoursToRecord(_("Only those who check the law for the whole municipality end it."))
    if not reason.strip():
        raise NoReason(_("Write why."))
    in_turn(by.tenant_id, "profiling")
    end, _new = BasisEnd.objects.get_or_create(
        basis=basis,
        defaults={
            "tenant_id": basis.tenant_id,
            "reason": reason.strip(),
            "ended_by": by,
            "ended_at": at,
        },
    )
    return end


def _check(draft: BasisDraft, on: date) -> None:
    if not (draft.legal_ground.strip() and draft.assessment.strip()):
        raise NotWritten(_("Write the paragraph and act, and the impact assessment."))
    if draft.assessed_on > on:
        raise NotAssessedYet(_("The impact assessment must be finished first."))
    if draft.ends_on <= max(draft.starts_on, on):
        raise EndsTooSoon(_("Choose a last day that is not over, and not before the first."))
    if draft.ends_on - draft.starts_on > LONGEST:
        raise HoldsTooLong(_("A ground holds a year at most. Then somebody looks at it again."))
