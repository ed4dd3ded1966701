"""How a citizen's self-steered agreement stands, when we say hello, and who needs us after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from velvalgt.apps.cases.choices import Kind, Side
from velvalgt.apps.cases.models import CaseQuerySet, Entry, SelfSteering
from velvalgt.apps.people.models import Citizen, Spell

CHECK_IN_WEEKS = (4, 8, 13)
"""When we say hello, in weeks from the start: our own practice, not the law's."""
LONGEST_WEEKS = CHECK_IN_WEEKS[-1]
"""An agreement ends with its last check-in at the latest; then the two talk about a new one."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """A day on which we say hello (hilsen), after so many weeks, or by the citizen's own choice."""

    on: date
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """An agreement as it stands on a day."""

    agreement: SelfSteering
    on: date

    @property
    def waits(self) -> bool:
        """It waits for the other side's yes."""
        return getattr(self.agreement, "reply", None) is None

    @property
    def has_expired(self) -> bool:
        """Its last day is past."""
        return self.agreement.ends_on <= self.on

    @property
    def is_running(self) -> bool:
        """Both have said yes, and its last day is not past."""
        return not self.waits and not self.has_expired

    def waits_for(self, side: Side) -> bool:
        """Whether a side has to answer it."""
        return self.waits and Side(self.agreement.side) != side

    @property
    def check_ins(self) -> list[CheckIn]:
        """All its check-ins."""
        return check_ins(self.agreement)

    @property
    def next_check_in(self) -> CheckIn | None:
        """The next time we say hello."""
        return next((each for each in self.check_ins if each.on >= self.on), None)


@dataclass(frozen=True, slots=True)
class CheckInDue:
    """A check-in that falls on a day, for whoever sends the words."""

    agreement: SelfSteering
    check_in: CheckIn


def check_ins(agreement: SelfSteering) -> list[CheckIn]:
    """Give the days on which we say hello: weeks 4, 8 and 13, and the citizen's own, in order."""
    ours = (CheckIn(agreement.starts_on + timedelta(weeks=w), w) for w in CHECK_IN_WEEKS)
    days = {each.on: each for each in ours if each.on <= agreement.ends_on}
    days.setdefault(agreement.check_in_on, CheckIn(agreement.check_in_on))
    return sorted(days.values(), key=lambda each: each.on)


def agreement_of(citizen: Citizen, on: date) -> Standing | None:
    """Give a citizen's newest self-steered agreement (selvstyringsaftale) that was not ended.

    One that got a no, was ended, or was not answered before its last day is not given.
    """
    kept = SelfSteering.objects.filter(citizen=citizen, end__isnull=True)
    answered = Q(reply__is_yes=True) | Q(reply__isnull=True, ends_on__gt=on)
    newest = kept.filter(answered).select_related("reply", "proposed_by")
    agreement = newest.order_by("-proposed_at", "-pk").first()
    return Standing(agreement, on) if agreement else None


def check_ins_due(on: date) -> Iterator[CheckInDue]:
    """Give the check-ins that fall on a day in the acting tenant, for the job that sends them."""
    running = SelfSteering.objects.agreed().filter(starts_on__lte=on, ends_on__gte=on)
    for agreement in running.select_related("citizen").order_by("pk"):
        for check_in in check_ins(agreement):
            if check_in.on == on:
                yield CheckInDue(agreement, check_in)


def expired_on_benefit(cases: CaseQuerySet, on: date) -> list[SelfSteering]:
    """Give the agreements that ended by their day while the citizen is still on benefit (alarm).

    The alarm is silent once a newer agreement was made, or an interview was held since.
    """
    of_same = {"citizen_id": OuterRef("citizen_id")}
    on_benefit = Spell.objects.on(on).filter(**of_same)
    newer = SelfSteering.objects.filter(**of_same, proposed_at__gt=OuterRef("proposed_at"))
    met = (
        Entry.objects.standing()
        .of_kind(Kind.INTERVIEW)
        .filter(**of_same, on__gte=OuterRef("ends_on"), on__lte=on)
    )
    expired = SelfSteering.objects.expired(on).filter(citizen_id__in=cases.values("citizen_id"))
    alarming = expired.filter(Exists(on_benefit), ~Exists(newer), ~Exists(met))
    return list(alarming.select_related("citizen").order_by("ends_on", "pk"))


def agreements_waiting(cases: CaseQuerySet, side: Side, on: date) -> list[SelfSteering]:
    """Give the proposed agreements that a side has to answer, oldest first."""
    waiting = SelfSteering.objects.filter(
        citizen_id__in=cases.values("citizen_id"), reply__isnull=True, end__isnull=True
    )
    return list(
        waiting.filter(side=side.other, ends_on__gt=on)
        .select_related("citizen")
        .order_by("proposed_at", "pk")
    )
