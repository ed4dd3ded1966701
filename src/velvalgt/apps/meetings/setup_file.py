"""Where and when people can be met, as a file: places with rooms, interpreters, the staff's hours.

The same file twice changes nothing; a bad entry is told of and left out, the good ones are kept.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

import yaml
from django.db import transaction
from django.db.models import Q
from pydantic import ValidationError

from velvalgt.apps.meetings.arranging import CannotArrange, Week, end_hours, give_hours
from velvalgt.apps.meetings.hours import recurrence_of
from velvalgt.apps.meetings.models import Interpreter, Place, Room, WeeklyHours
from velvalgt.apps.meetings.resources import (
    close_resource,
    keep_interpreter,
    keep_place,
    keep_room,
)
from velvalgt.apps.meetings.setup_entries import (
    HoursEntry,
    InterpreterEntry,
    PlaceEntry,
    StaffEntry,
)
from velvalgt.apps.meetings.types import faults_in_words
from velvalgt.apps.staff.models import Tenant, Unit, User


class NoSetup(Exception):
    """The file is no set-up at all; nothing of it was kept."""


class Unknown(Exception):
    """An entry names something that is not here; the message says what to do."""


@dataclass(slots=True)
class Kept:
    """What came of a file: how much of each was kept, what was closed, what was left out."""

    places: int = 0
    rooms: int = 0
    interpreters: int = 0
    hours: int = 0
    closed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    keys: set[UUID] = field(default_factory=set)


def keep_setup(*, tenant: Tenant, text: str, closes: bool, on: date, at: datetime) -> Kept:
    """Keep what a file says of places, interpreters and hours (opsætning).

    Args:
        tenant: whose.
        text: YAML with `places`, `interpreters` and `staff`.
        closes: whether what is in use here and no longer in the file is closed today. With a
            fault in the file nothing is closed: a slip must not shut a door.
        on: today.
        at: now.

    Raises:
        NoSetup: it is not YAML, or has none of the three lists.
    """
    content = _read(text)
    kept = Kept()
    setup = _Setup(tenant, at, kept)
    for name, keep in (
        ("places", setup.place),
        ("interpreters", setup.interpreter),
        ("staff", setup.staff),
    ):
        for number, entry in enumerate(content.get(name) or [], start=1):
            _one(kept, f"{name} {_name(entry, number)}", keep, entry)
    if closes and not kept.faults:
        kept.closed = list(_closed(kept.keys, on, at))
    return kept


def _read(text: str) -> Mapping[str, Any]:
    try:
        content = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise NoSetup(f"The file is not YAML: {error}") from None
    known = {"places", "interpreters", "staff"}
    if not isinstance(content, dict) or not set(content) <= known or not content:
        raise NoSetup("The file is to have the lists `places`, `interpreters` and `staff`.")
    if not all(isinstance(told, list) for told in content.values() if told is not None):
        raise NoSetup("`places`, `interpreters` and `staff` are to be lists.")
    return content


def _name(entry: object, number: int) -> str:
    told = entry if isinstance(entry, dict) else {}
    return str(told.get("code") or told.get("initials") or number)


def _one(kept: Kept, name: str, keep: Callable[[object], None], entry: object) -> None:
    """Keep one entry whole, or nothing of it."""
    try:
        with transaction.atomic():
            keep(entry)
    except ValidationError as error:
        kept.faults += [f"{name}: {fault}" for fault in faults_in_words(error)]
    except (CannotArrange, Unknown) as error:
        kept.faults.append(f"{name}: {error}")


class _Setup:
    """Keeps the entries of one file, and counts."""

    def __init__(self, tenant: Tenant, at: datetime, kept: Kept) -> None:
        self.tenant, self.at, self.kept = tenant, at, kept

    def place(self, told: object) -> None:
        entry = PlaceEntry.model_validate(told)
        place = keep_place(
            tenant=self.tenant, code=entry.code, name=entry.name, address=entry.address
        )
        rooms = [keep_room(place=place, **each.model_dump()) for each in entry.rooms]
        self.kept.places += 1
        self.kept.rooms += len(rooms)
        self.kept.keys |= {place.pk, *(room.pk for room in rooms)}

    def interpreter(self, told: object) -> None:
        entry = InterpreterEntry.model_validate(told)
        interpreter = keep_interpreter(
            tenant=self.tenant, code=entry.code, name=entry.name, languages=entry.languages
        )
        self._hours(interpreter.pk, None, entry.hours)
        self.kept.interpreters += 1
        self.kept.keys.add(interpreter.pk)

    def staff(self, told: object) -> None:
        entry = StaffEntry.model_validate(told)
        user = User.objects.filter(initials=entry.initials).first()
        if user is None:
            raise Unknown(f"nobody here has the initials {entry.initials}; mend them.")
        unit = Unit.objects.filter(code=entry.unit).first()
        if unit is None:
            raise Unknown(f"there is no unit {entry.unit}; write the code of a unit.")
        self._hours(user.pk, unit, entry.hours)

    def _hours(self, resource: UUID, unit: Unit | None, told: list[HoursEntry]) -> None:
        weeks = [self._week(each, is_staff=unit is not None) for each in told]
        written = [
            give_hours(
                tenant_id=self.tenant.pk,
                resource=resource,
                unit=unit,
                week=week,
                by=None,
                at=self.at,
            )
            for week in weeks
            if not _was_ended(resource, week)
        ]
        self.kept.hours += len(written)
        self.kept.keys |= {hours.pk for hours in written}

    def _week(self, entry: HoursEntry, *, is_staff: bool) -> Week:
        place = Place.objects.filter(code=entry.place, closed_on__isnull=True).first()
        if entry.place and place is None:
            raise Unknown(f"there is no place {entry.place}; write it under `places` first.")
        return Week(
            recurrence=recurrence_of(sorted(set(entry.days)), entry.every),
            opens=entry.opens,
            closes=entry.closes,
            starts_on=entry.starts_on,
            place=place,
            ways=entry.ways if is_staff else (),
        )


def _was_ended(resource: UUID, week: Week) -> bool:
    """Whether somebody ended these very hours here: the file does not give them once more."""
    same = WeeklyHours.objects.filter(
        resource=resource,
        recurrence=week.recurrence,
        starts_on=week.starts_on,
        opens=week.opens,
        closes=week.closes,
    )
    return same.exists() and not same.filter(ends_on__isnull=True).exists()


def _closed(keys: set[UUID], on: date, at: datetime) -> Iterator[str]:
    """Close what the file does not hold; of hours only those that a file once gave."""
    for model in (Place, Room, Interpreter):
        for each in model.objects.filter(closed_on__isnull=True).exclude(pk__in=keys):
            close_resource(resource=each, on=on)
            yield f"{model.__name__.lower()} {each.code}"
    given = WeeklyHours.objects.filter(Q(ends_on__isnull=True), written_by__isnull=True)
    for hours in given.exclude(pk__in=keys):
        end_hours(hours=hours, ends_on=max(on, hours.starts_on), at=at)
        yield f"hours {hours.opens:%H:%M}-{hours.closes:%H:%M}"
