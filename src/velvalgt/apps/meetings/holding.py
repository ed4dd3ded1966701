"""Holds (optaget): taken in key order, with the database's own constraint as the guard."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import DeadlockDetected, ExclusionViolation, LockNotAvailable

from velvalgt.apps.audit.actor import current
from velvalgt.apps.meetings.choices import Holding
from velvalgt.apps.meetings.models import GroupMeeting, Hold, Meeting, OutsideCalendar

TRIES = 3
"""How often a hold is tried where two wait for each other; then the reader is told."""

LOCK = """
select pg_advisory_xact_lock(key) from (
  select distinct hashtextextended(resource, 8) as key from unnest(%s::text[]) resource
  order by 1 offset 0
) in_order
"""

T = TypeVar("T")


class Taken(Exception):
    """Somebody else was first."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time for which somebody or something is to be kept busy."""

    kind: Holding
    resource: UUID
    starts_at: datetime
    ends_at: datetime


def in_turn(write: Callable[[], T]) -> T:
    """Write something that takes holds; where two wait for each other, one tries again.

    Raises:
        Taken: the database's constraint says that somebody else was first.
    """
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return write()
        except IntegrityError as error:
            if isinstance(error.__cause__, ExclusionViolation):
                raise Taken from error
            raise
        except OperationalError as error:
            if not left or not isinstance(error.__cause__, (DeadlockDetected, LockNotAvailable)):
                raise
    raise AssertionError


def lock(resources: Sequence[UUID]) -> None:
    """Wait until nobody else takes holds on any of these, in key order, for this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [[str(each) for each in resources]])


def take(
    stretches: Sequence[Stretch],
    *,
    tenant_id: UUID,
    meeting: Meeting | None = None,
    group: GroupMeeting | None = None,
    calendar: OutsideCalendar | None = None,
) -> None:
    """Keep people and rooms busy for a meeting, a meeting for many, or a calendar outside."""
    lock([each.resource for each in stretches])
    Hold.objects.bulk_create(
        Hold(
            tenant_id=tenant_id,
            resource=each.resource,
            kind=each.kind,
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            meeting=meeting,
            group=group,
            calendar=calendar,
        )
        for each in stretches
    )


def held_by(meeting: Meeting) -> list[UUID]:
    """Give whom and what a meeting keeps busy now."""
    return list(Hold.objects.in_force().filter(meeting=meeting).values_list("resource", flat=True))


def release(meeting: Meeting, *, at: datetime) -> None:
    """Let go of everybody and everything that a meeting kept busy (frigive).

    Whoever waits for an earlier time is asked whether they want it. Whoever lets go of their own
    time, and has a calendar outside, has it read again: it may say that they are busy then.
    """
    held = Hold.objects.in_force().filter(meeting=meeting)
    user_id = current().user_id
    is_own = user_id is not None and held.filter(resource=user_id).exists()
    let_go(held, at=at)
    ask_for_earlier()
    if user_id is not None and is_own:
        _ask_for_reading(user_id)


def let_go(held: QuerySet[Hold], *, at: datetime) -> None:
    """Let go of some holds."""
    lock(list(held.values_list("resource", flat=True)))
    held.update(released_at=at)


def ask_for_earlier() -> None:
    """Ask that what is free now be offered to who waits; it happens when this is written."""
    with connection.cursor() as cursor:
        cursor.execute("select meetings_ask_for_earlier()")


def _ask_for_reading(user_id: UUID) -> None:
    standing = OutsideCalendar.objects.filter(user_id=user_id, removed_at__isnull=True)
    for calendar in standing:
        with connection.cursor() as cursor:
            cursor.execute("select meetings_ask_for_reading(%s)", [calendar.pk])


def is_busy(stretch: Stretch) -> bool:
    """Whether somebody or something is held at some time of a stretch."""
    held = Hold.objects.in_force().filter(resource=stretch.resource)
    return held.filter(starts_at__lt=stretch.ends_at, ends_at__gt=stretch.starts_at).exists()
