"""The questions to the log: who has looked, and is the chain unbroken."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q, Sum
from django.db.models.functions import TruncDate

from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.audit.models import Seal, Trace
from velvalgt.apps.audit.services import chained_hash


@dataclass(frozen=True, slots=True)
class Look:
    """One line of "who has looked": a unit on a day for a purpose."""

    on: date
    last_at: datetime
    unit_id: UUID | None
    purpose: Purpose
    times: int
    is_own: bool
    is_on_behalf: bool  # staff on the citizen's own pages, at the citizen's side


ON_BEHALF = Q(purpose=Purpose.CASE_WORK, what__startswith="citizen:")


def looks_at(
    citizen_id: UUID, *, own_user_id: UUID | None, since: date | None = None
) -> list[Look]:
    """Give who has looked at a citizen's case (hvem har set min sag), newest first.

    A line tells day, unit and purpose; the person who looked is known to the municipality alone.
    """
    is_own = Q(user_id=own_user_id) if own_user_id else Q(pk__in=[])
    traces = Trace.objects.of_citizen(citizen_id).looks().annotate(on=TruncDate("at"))
    rows = (
        (traces.filter(on__gte=since) if since else traces)
        .annotate(is_on_behalf=ExpressionWrapper(ON_BEHALF, output_field=BooleanField()))
        .values("on", "unit_id", "purpose", "is_on_behalf")
        .annotate(times=Count("id"), last_at=Max("at"), own=Count("id", filter=is_own))
        .order_by("-last_at", "unit_id")
    )
    return [
        Look(
            r["on"],
            r["last_at"],
            r["unit_id"],
            Purpose(r["purpose"]),
            r["times"],
            r["own"] == r["times"],
            r["is_on_behalf"],
        )
        for r in rows
    ]


@dataclass(frozen=True, slots=True)
class ChainState:
    """How the acting tenant's chain of seals stands."""

    seals: int
    traces: int
    unsealed: int
    last: Seal | None
    broken_at: int | None


def chain() -> ChainState:
    """Check every seal against its traces; `broken_at` is the first that does not hold."""
    before, broken_at, seals = None, None, list(Seal.objects.order_by("number"))
    for seal in seals:
        if broken_at is None and not _holds(seal, before):
            broken_at = seal.number
        before = seal
    counts = Trace.objects.aggregate(
        all=Count("id"), unsealed=Count("id", filter=Q(seal__isnull=True))
    )
    return ChainState(len(seals), counts["all"], counts["unsealed"], before, broken_at)


def _holds(seal: Seal, before: Seal | None) -> bool:
    follows = seal.number == (before.number + 1 if before else 1)
    return follows and chained_hash(seal.pk, before) == bytes(seal.hash)


@dataclass(frozen=True, slots=True)
class Sealed:
    """How far the acting tenant's log is sealed, told without reading the log itself."""

    seals: int
    traces: int
    newest: list[Seal]


def sealed(newest: int = 10) -> Sealed:
    """Give how many seals stand over how many traces (segl), and the newest of them."""
    sums = Seal.objects.aggregate(seals=Count("id"), traces=Sum("traces", default=0))
    return Sealed(sums["seals"], sums["traces"], list(Seal.objects.order_by("-number")[:newest]))
