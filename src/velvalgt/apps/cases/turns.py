"""One writer at a time in a citizen's case, and how a second click is told from a second deed."""

from datetime import timedelta
from uuid import UUID

from django.db import connection

SAME_CLICK = timedelta(minutes=1)
"""What is written twice by the same person within this time was written once."""


def one_at_a_time(citizen_id: UUID) -> None:
    """Wait until nobody else writes in a citizen's case, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 4))", [str(citizen_id)])
