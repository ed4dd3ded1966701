"""Keeping what meetings need besides people's hours: places, rooms, interpreters."""

from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models, transaction

from velvalgt.apps.meetings.models import Interpreter, Place, Relation, Room
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

M = TypeVar("M", bound=models.Model)


def keep_place(*, tenant: Tenant, code: str, name: str, address: str) -> Place:
    """Keep an address where meetings are held (lokation), by its code; a closed one opens again."""
    return _kept(Place, tenant.pk, code, {"name": name, "address": address})


def keep_room(
    *, place: Place, code: str, name: str, seats: int, has_alarm: bool, has_video: bool
) -> Room:
    """Keep a room of a place (lokale), by its code; a closed one opens again."""
    told = {
        "place": place,
        "name": name,
        "seats": seats,
        "has_alarm": has_alarm,
        "has_video": has_video,
    }
    return _kept(Room, place.tenant_id, code, told)


def keep_interpreter(
    *, tenant: Tenant, code: str, name: str, languages: tuple[str, ...]
) -> Interpreter:
    """Keep somebody who interprets by profession (tolk), by their code.

    A child or a relative of a citizen is never an interpreter; one who turns out to be close to a
    citizen is told of with `tell_relation`, and is never offered to them.
    """
    return _kept(Interpreter, tenant.pk, code, {"name": name, "languages": list(languages)})


def _kept(model: type[M], tenant_id: UUID, code: str, told: dict[str, Any]) -> M:
    """Write a row by its code; one that is so already is left alone, and leaves no trace."""
    told = {**told, "closed_on": None}
    manager = model._default_manager  # noqa: SLF001 - Django's documented way
    found = manager.filter(tenant_id=tenant_id, code=code).first()
    if found is None:
        return manager.create(tenant_id=tenant_id, code=code, **told)
    if any(getattr(found, name) != value for name, value in told.items()):
        for name, value in told.items():
            setattr(found, name, value)
        found.save(update_fields=[*told])
    return found


def close_resource(*, resource: Place | Room | Interpreter, on: date) -> None:
    """Take a place, a room or an interpreter out of use (lukke); what is booked there stands."""
    if resource.closed_on is None:
        resource.closed_on = on
        resource.save(update_fields=["closed_on"])


@transaction.atomic
def tell_relation(
    *, citizen: Citizen, interpreter: Interpreter, by: User | None, at: datetime
) -> Relation:
    """Tell that an interpreter is close to a citizen (inhabilitet), such as family or a friend.

    From then on the interpreter is never offered to this citizen. Anybody may say so, and nobody
    has to say why.
    """
    relation, _made = Relation.objects.get_or_create(
        citizen=citizen,
        interpreter=interpreter,
        defaults={"tenant_id": citizen.tenant_id, "told_by": by, "told_at": at},
    )
    return relation
