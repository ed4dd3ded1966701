"""The staff's diary (kalender): who comes when, and of which meetings nobody has said a word."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from velvalgt.apps.meetings.choices import Result
from velvalgt.apps.meetings.models import Meeting, MeetingQuerySet, Outcome
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.people.models import Citizen
from velvalgt.core.calendar import midnight

LOOKED_BACK = timedelta(days=60)
"""How far back a meeting without a word is asked about; a month's leave is within it."""


@dataclass(frozen=True, slots=True)
class DiaryLine:
    """A meeting in the diary, and what was said of it."""

    meeting: Meeting
    outcome: Outcome | None
    has_begun: bool

    @property
    def name(self) -> str:
        """What sort of meeting it is."""
        return str(type_of(self.meeting.type).name)

    @property
    def waits(self) -> bool:
        """It has begun, and nobody has said what came of it."""
        return self.has_begun and self.outcome is None


@dataclass(frozen=True, slots=True)
class DiaryDay:
    """A day of the diary with its meetings, in order."""

    on: date
    lines: tuple[DiaryLine, ...]


def meetings_of_staff(user_id: UUID) -> MeetingQuerySet:
    """Give the meetings that somebody holds as agreed now, alone or as the second."""
    return Meeting.objects.standing().of_staff(user_id)


def meetings_led_by(user_id: UUID) -> MeetingQuerySet:
    """Give the meetings that somebody has to tell of; one index answers it."""
    return Meeting.objects.standing().filter(caseworker_id=user_id)


def meetings_of_unit(unit_id: UUID) -> MeetingQuerySet:
    """Give a unit's meetings as agreed now."""
    return Meeting.objects.standing().filter(unit_id=unit_id)


def without_a_word(meetings: MeetingQuerySet, at: datetime, most: int) -> list[DiaryLine]:
    """Give the meetings that have begun without a word of what came of them, oldest first."""
    begun = meetings.within(at - LOOKED_BACK, at).unanswered()
    return [DiaryLine(each, None, has_begun=True) for each in _named(begun)[:most]]


def later_today(meetings: MeetingQuerySet, at: datetime, most: int) -> list[DiaryLine]:
    """Give today's meetings that are still to come, the next one first."""
    tomorrow = midnight(timezone.localdate(at) + timedelta(days=1))
    coming = _named(meetings.within(at, tomorrow))[:most]
    return [DiaryLine(each, None, has_begun=False) for each in coming]


def diary(
    meetings: MeetingQuerySet, starts_on: date, ends_on: date, at: datetime
) -> list[DiaryDay]:
    """Give the days with meetings between two days, the last one not included."""
    found = _with_outcomes(meetings.within(midnight(starts_on), midnight(ends_on)))
    lines = _lines(_named(found), at)
    by_day = groupby(lines, lambda line: timezone.localdate(line.meeting.starts_at))
    return [DiaryDay(day, tuple(of_day)) for day, of_day in by_day]


def coming_diary(citizen: Citizen, at: datetime) -> list[DiaryLine]:
    """Give a citizen's meetings that have not begun, the next one first."""
    coming = Meeting.objects.standing().filter(citizen=citizen, starts_at__gt=at)
    return [DiaryLine(each, None, has_begun=False) for each in _named(coming)]


def past_diary(citizen: Citizen, at: datetime, most: int) -> list[DiaryLine]:
    """Give a citizen's meetings that have begun, newest first, with what came of them."""
    begun = Meeting.objects.standing().filter(citizen=citizen, starts_at__lte=at)
    found = _with_outcomes(begun).select_related("citizen", "caseworker", "second", "place", "room")
    return list(_lines(found.order_by("-starts_at", "-pk")[:most], at))


def last_agreed(citizen: Citizen) -> Outcome | None:
    """Give what was agreed at the last meeting of which words were written, or None."""
    written = Outcome.objects.standing().filter(citizen=citizen, result=Result.HELD)
    with_words = written.exclude(agreed="").select_related("meeting", "said_by")
    return with_words.order_by("-meeting__starts_at", "-pk").first()


def meetings_named(uid: UUID) -> MeetingQuerySet:
    """Give a meeting as it stands, by its lasting name; none where it was called off."""
    standing = Meeting.objects.standing().filter(uid=uid)
    return standing.select_related("citizen", "caseworker", "second", "place", "room")


def versions_of(citizen: Citizen, uid: UUID) -> list[Meeting]:
    """Give all that was ever agreed of a meeting, the newest first."""
    all_of_it = Meeting.objects.filter(citizen=citizen, uid=uid)
    named = all_of_it.select_related(
        "citizen", "caseworker", "second", "place", "room", "interpreter", "booked_by",
        "cancellation__cancelled_by",
    )  # fmt: skip
    return list(named.order_by("-sequence"))


def outcome_of(meeting: Meeting) -> Outcome | None:
    """Give what was said of a meeting; None where nobody has, or it was taken back."""
    said = meeting.outcomes.standing().exclude(result="")
    return said.select_related("entry", "said_by").first()


def _lines(meetings: Iterable[Meeting], at: datetime) -> Iterable[DiaryLine]:
    for each in meetings:
        said = each.standing_outcomes[0] if each.standing_outcomes else None  # type: ignore[attr-defined]
        yield DiaryLine(each, said if said and said.result else None, each.starts_at <= at)


def _with_outcomes(meetings: MeetingQuerySet) -> MeetingQuerySet:
    said = Prefetch("outcomes", Outcome.objects.standing(), to_attr="standing_outcomes")
    return meetings.prefetch_related(said)


def _named(meetings: MeetingQuerySet) -> MeetingQuerySet:
    named = meetings.select_related("citizen", "caseworker", "second", "place", "room")
    return named.order_by("starts_at", "pk")
