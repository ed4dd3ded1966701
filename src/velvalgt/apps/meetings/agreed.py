"""What is agreed with a citizen, and what can be agreed on: the questions of most pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q

from velvalgt.apps.cases.choices import Kind
from velvalgt.apps.cases.models import Entry
from velvalgt.apps.duties.queries import DutyLine
from velvalgt.apps.meetings.finding import FreeTimes, free_times
from velvalgt.apps.meetings.gathering import Wanted
from velvalgt.apps.meetings.models import Interpreter, Meeting, MeetingQuerySet
from velvalgt.apps.meetings.parties import colleagues_of
from velvalgt.apps.meetings.types import MeetingType, types_for
from velvalgt.apps.people.models import Citizen


def types_for_citizen(
    citizen: Citizen, told: Sequence[Entry], lines: Sequence[DutyLine], *, booked_by: str
) -> list[MeetingType]:
    """Give the types of meetings that may be booked with a citizen now.

    Args:
        citizen: with whom.
        told: what stands in the journal, as `cases.queries.standing_of` gives it.
        lines: the citizen's duties.
        booked_by: citizen or caseworker.
    """
    is_new = not any(entry.kind == Kind.INTERVIEW for entry in told)
    groups = {line.duty.target_group for line in lines}
    return types_for(booked_by=booked_by, groups=groups, is_new=is_new)


def coming_meetings(citizen: Citizen, at: datetime) -> MeetingQuerySet:
    """Give a citizen's meetings that are agreed and not over, the next one first."""
    mine = Meeting.objects.standing().filter(citizen=citizen, ends_at__gt=at)
    named = mine.select_related("caseworker", "unit", "place", "room", "interpreter")
    return named.order_by("starts_at", "pk")


def meeting_of(citizen: Citizen, uid: UUID) -> Meeting | None:
    """Find a citizen's meeting as it stands now; None where it was called off or is another's."""
    mine = Meeting.objects.standing().filter(citizen=citizen, uid=uid)
    return mine.select_related(
        "citizen", "caseworker", "second", "unit", "place", "room", "interpreter"
    ).first()


def latest_of(citizen: Citizen, uid: UUID) -> Meeting | None:
    """Find a citizen's meeting as it was last agreed, even if called off; never another's."""
    mine = Meeting.objects.filter(citizen=citizen, uid=uid, replacement__isnull=True)
    return mine.select_related(
        "citizen", "caseworker", "second", "unit", "place", "cancellation"
    ).first()


def past_meetings(citizen: Citizen, at: datetime) -> MeetingQuerySet:
    """Give a citizen's meetings that are over or were called off, the latest first."""
    mine = Meeting.objects.filter(citizen=citizen, replacement__isnull=True)
    past = mine.filter(Q(ends_at__lte=at) | Q(cancellation__isnull=False))
    return past.select_related("caseworker", "cancellation").order_by("-starts_at", "pk")


def interpreted_languages() -> list[str]:
    """Give the languages that an interpreter can be booked for, by their codes."""
    known = Interpreter.objects.filter(closed_on__isnull=True).values_list("languages", flat=True)
    return sorted({code for languages in known for code in languages})


def times_on_offer(
    citizen: Citizen,
    wanted: Wanted,
    at: datetime,
    *,
    is_staff: bool = False,
    besides: Meeting | None = None,
) -> FreeTimes:
    """Give the times that somebody can choose among now, within the type's notice."""
    notice = 0 if is_staff else wanted.type.shortest_notice_hours
    if besides is not None:
        wanted = replace(wanted, also=colleagues_of(besides))
    return free_times(
        citizen=citizen,
        wanted=wanted,
        begins=at + timedelta(hours=notice),
        ends=at + timedelta(days=wanted.type.longest_notice_days),
        besides=besides.pk if besides else None,
    )
