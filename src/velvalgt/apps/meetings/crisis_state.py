"""How a crisis stands (krisetilstand): what it would touch, how far it has come, what is left."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from velvalgt.apps.duties.queries import quota_rules, rights
from velvalgt.apps.meetings.choices import IN_PERSON, Way
from velvalgt.apps.meetings.models import Crisis, GroupMeeting, Meeting, WeeklyHours
from velvalgt.apps.meetings.permitting import ways_by_forms
from velvalgt.apps.meetings.types import type_of
from velvalgt.apps.people.choices import Form
from velvalgt.apps.staff.models import Tenant, Unit


@dataclass(frozen=True, slots=True)
class Touched:
    """What a crisis does to the meetings in person that are booked now, those for many included."""

    meetings: int
    people: int  # not those who are to come to a meeting for many
    stay: int  # of the meetings: by law, as the type has no other way, or as it is for many

    @property
    def turn(self) -> int:
        """The meetings that are held from afar instead."""
        return self.meetings - self.stay


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a crisis has come: meetings turned, waiting to be, staying, and back in person."""

    switched: int
    waiting: int
    stay: int
    back: int
    afar: int


def touched(unit: Unit | None, starts_at: datetime, ends_at: datetime, way: Way) -> Touched:
    """Count what a crisis would touch: the meetings in person of a window."""
    meetings = people = stay = 0
    unit_id = unit.pk if unit else None
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from meetings_in_person(%s, %s, %s, %s, %s)",
            [starts_at, ends_at, unit_id, rights(), quota_rules()],
        )
        for key, forms, count, heads in cursor:
            if key is None:
                meetings, people = count, heads
            elif way not in ways_by_forms(type_of(key), [Form(f) for f in forms.split(",") if f]):
                stay += count
    for_many = _in_person_for_many(unit, starts_at, ends_at)
    return Touched(meetings + for_many, people, stay + for_many)


def _in_person_for_many(unit: Unit | None, starts_at: datetime, ends_at: datetime) -> int:
    """Count the meetings for many in person: a person decides whether they are called off."""
    standing = GroupMeeting.objects.filter(cancelled_at=None, way__in=IN_PERSON)
    there = standing.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return (there.filter(unit=unit) if unit else there).count()


def progress(crisis: Crisis, at: datetime) -> Progress:
    """Say how far a crisis has come, in numbers."""
    with connection.cursor() as cursor:
        cursor.execute("select * from meetings_crisis_counts(%s)", [crisis.pk])
        switched, back, afar = cursor.fetchone()
    begins = max(crisis.starts_at, at)
    left = Touched(0, 0, 0)
    if not hasattr(crisis, "end") and begins < crisis.ends_at:
        left = touched(crisis.unit, begins, crisis.ends_at, Way(crisis.way))
    return Progress(switched, left.turn, left.stay, back, afar)


def running_crises(at: datetime) -> list[Crisis]:
    """Give the crises that hold now or will, the newest first."""
    running = Crisis.objects.running().not_over(at).select_related("unit", "switched_by", "end")
    return list(running.order_by("-switched_at", "-pk"))


def ended_crises(at: datetime, since: datetime) -> list[Crisis]:
    """Give the crises that somebody ended lately and whose window is not behind."""
    ended = Crisis.objects.not_over(at).filter(end__ended_at__gte=since)
    found = ended.select_related("unit", "switched_by", "end", "end__ended_by")
    return list(found.order_by("-end__ended_at", "-pk"))


def crisis_of(tenant: Tenant, crisis_id: UUID) -> Crisis | None:
    """Find a crisis; None where there is no such one."""
    known = Crisis.objects.filter(tenant_id=tenant.pk, pk=crisis_id)
    return known.select_related("unit", "switched_by", "end").first()


def units_that_meet() -> list[Unit]:
    """Give the units whose staff can be met, by name."""
    meeting = WeeklyHours.objects.filter(unit__isnull=False).values("unit")
    return list(Unit.objects.filter(pk__in=meeting).order_by("name", "pk"))


def meetings_left_in_person(unit_id: UUID | None, at: datetime) -> list[Meeting]:
    """Give a unit's meetings in person in the crises that run, for a person to decide."""
    found: dict[UUID, Meeting] = {}
    if unit_id is None:
        return []
    for crisis in Crisis.objects.running().not_over(at).of_unit(unit_id).order_by("pk"):
        left = Meeting.objects.in_person_during(crisis).filter(unit_id=unit_id, starts_at__gt=at)
        named = left.select_related("citizen", "caseworker").order_by("starts_at", "pk")
        found |= {each.pk: each for each in named}
    return list(found.values())
