"""Seats and places in line: numbers about everybody, which lead to nobody."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BigIntegerField, Func


@dataclass(frozen=True, slots=True)
class Seats:
    """How many seats are left at a start (ledige pladser), and how many wait for an answer."""

    left: int
    in_line: int


def seats_of(starts: Collection[UUID]) -> dict[UUID, Seats]:
    """Give the seats of some starts, in one question."""
    rows = _ask("select start_id, seats_left, in_line from offers_seats(%s)", starts)
    return {start_id: Seats(left, in_line) for start_id, left, in_line in rows}


def places_of(applications: Collection[UUID]) -> dict[UUID, int]:
    """Give the place on the waiting list (venteliste) of each; 0 where a seat is free."""
    rows = _ask("select application_id, place from offers_places(%s)", applications)
    return dict(rows)


class PlaceInLine(Func):
    """An application's place on the waiting list, asked along with its row; for a few rows."""

    template = "(select p.place from offers_places(array[%(expressions)s]) p)"
    output_field = BigIntegerField()


def one_grant_at_a_time(start_id: UUID) -> None:
    """Wait until nobody else gives a seat at a start, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(start_id)])


def _ask(question: str, keys: Collection[UUID]) -> list[Any]:
    if not keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(question, [list(keys)])
        rows: list[Any] = cursor.fetchall()
        return rows
