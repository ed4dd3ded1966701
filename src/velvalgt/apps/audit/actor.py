"""The actor of a request or job (aktør): without one, the database shows nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections, transaction

from velvalgt.apps.audit.choices import Purpose

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, on which tenant's behalf and for which purpose; `user_id` is None for a job.

    `citizen_id` is whose signed link it is, where nobody has signed in.
    """

    tenant_id: UUID
    purpose: Purpose
    user_id: UUID | None = None
    unit_id: UUID | None = None
    citizen_id: UUID | None = None


class NobodyActs(RuntimeError):
    """Something that must have an actor was asked for without one."""


_current: ContextVar[Actor | None] = ContextVar("actor", default=None)


def current() -> Actor:
    """Give the actor in force.

    Raises:
        NobodyActs: outside `acting`.
    """
    actor = _current.get()
    if actor is None:
        raise NobodyActs("no actor: wrap the work in acting(tenant, user, purpose)")
    return actor


@contextmanager
def acting(
    tenant: UUID,
    user: UUID | str,
    purpose: Purpose,
    *,
    unit: UUID | None = None,
    citizen: UUID | None = None,
) -> Iterator[Actor]:
    """Act for a tenant in one transaction; row-level security reads what is set here.

    Args:
        tenant: the tenant's key.
        user: the user's key, or "system" for a job or a signed link.
        purpose: why; grants of access are for a purpose.
        unit: the unit the user works in at the moment.
        citizen: whose signed link it is.
    """
    actor = Actor(tenant, purpose, None if user == SYSTEM else UUID(str(user)), unit, citizen)
    before = _current.get()
    with transaction.atomic():
        tell_database(actor)
        token = _current.set(actor)
        try:
            yield actor
        finally:
            _current.reset(token)
        if not connection.needs_rollback:
            tell_database(before)


def tell_database(actor: Actor | None, using: str = DEFAULT_DB_ALIAS) -> None:
    """Tell a connection's running transaction who acts; row-level security reads it there."""
    values = ("", "", "", "", "") if actor is None else _settings(actor)
    with connections[using].cursor() as cursor:
        cursor.execute(
            "select set_config('velvalgt.tenant', %s, true), set_config('velvalgt.user', %s, true),"
            " set_config('velvalgt.unit', %s, true), set_config('velvalgt.citizen', %s, true),"
            " set_config('velvalgt.purpose', %s, true)",
            values,
        )


def _settings(actor: Actor) -> tuple[str, ...]:
    keys = (actor.tenant_id, actor.user_id, actor.unit_id, actor.citizen_id)
    return *("" if key is None else str(key) for key in keys), actor.purpose.value
