"""The verbs of the log: write what was read and refused, and seal it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from velvalgt.apps.audit.actor import Actor, current, tell_database
from velvalgt.apps.audit.choices import Action
from velvalgt.apps.audit.models import Seal, Trace, new_id

REFUSALS = "refusals"


def trace(
    *, action: Action, what: str, at: datetime, citizen_id: UUID | None = None, count: int = 1
) -> None:
    """Write one line in the log, in the transaction of what it tells of."""
    Trace.objects.create(**_fields(current(), action, what, at), citizen_id=citizen_id, count=count)


def trace_reads(*, seen: Mapping[UUID, int], what: str, at: datetime) -> None:
    """Write a line for each citizen whose records were read, before the answer goes out."""
    fields = _fields(current(), Action.READ, what, at)
    Trace.objects.bulk_create(
        Trace(**fields, citizen_id=citizen_id, count=count) for citizen_id, count in seen.items()
    )


def trace_refusal(*, actor: Actor, what: str, at: datetime, citizen_id: UUID | None = None) -> None:
    """Write that something was refused, and about whom it was asked.

    It goes by a connection of its own, to outlive a rollback.
    """
    with transaction.atomic(using=REFUSALS):
        tell_database(actor, REFUSALS)
        fields = _fields(actor, Action.REFUSAL, what, at)
        Trace.objects.using(REFUSALS).create(**fields, citizen_id=citizen_id)


def _fields(actor: Actor, action: Action, what: str, at: datetime) -> dict[str, object]:
    return {
        "tenant_id": actor.tenant_id,
        "user_id": actor.user_id,
        "unit_id": actor.unit_id,
        "purpose": actor.purpose,
        "action": action,
        "what": what,
        "at": at,
    }


@transaction.atomic
def seal(*, at: datetime) -> Seal | None:
    """Seal what the acting tenant's log has gathered since the last seal (forsegle).

    Traces that a slow transaction commits late are taken by the next seal, so none is left out.

    Returns:
        The new seal, or None when there was nothing to seal.
    """
    tenant_id = current().tenant_id
    _one_sealer_at_a_time(tenant_id)
    last = Seal.objects.order_by("-number").first()
    key = new_id()
    taken = Trace.objects.unsealed().update(seal=key)
    if not taken:
        return None
    return Seal.objects.create(
        id=key,
        tenant_id=tenant_id,
        number=last.number + 1 if last else 1,
        traces=taken,
        hash=chained_hash(key, last),
        sealed_at=at,
    )


def _one_sealer_at_a_time(tenant_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 1))", [str(tenant_id)])


def chained_hash(seal_id: UUID, before: Seal | None) -> bytes:
    """Give the SHA-256 over a seal's traces in order, begun with the hash of the seal before."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select sha256(%s::bytea || convert_to(coalesce(string_agg(row(id, tenant_id,"
            " at at time zone 'UTC', user_id, unit_id, purpose, action, citizen_id, what, count"
            ")::text, E'\\n' order by id), ''), 'UTF8')) from audit_trace where seal_id = %s",
            [bytes(before.hash) if before else b"", seal_id],
        )
        return bytes(cursor.fetchone()[0])
