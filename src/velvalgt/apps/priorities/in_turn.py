"""One writer at a time where a municipality decides something of itself."""

from uuid import UUID

from django.db import connection


def in_turn(tenant_id: UUID, what: str) -> None:
    """Wait until nobody else of the tenant writes the same, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 11))", [f"{what} {tenant_id}"]
        )
