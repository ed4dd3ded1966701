"""What a request has read about whom, gathered as the records are loaded."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self
from uuid import UUID

from django.db import models

_seen: ContextVar[dict[UUID, int] | None] = ContextVar("seen", default=None)


@contextmanager
def gathering() -> Iterator[dict[UUID, int]]:
    """Gather the citizens whose records are loaded in this block, with how many records of each."""
    seen: dict[UUID, int] = {}
    token = _seen.set(seen)
    try:
        yield seen
    finally:
        _seen.reset(token)


def note(citizen_ids: Iterable[UUID]) -> None:
    """Say that something about these citizens was read; for reads that load no `CitizenRecord`."""
    seen = _seen.get()
    if seen is not None:
        for citizen_id in citizen_ids:
            seen[citizen_id] = seen.get(citizen_id, 0) + 1


class CitizenRecord(models.Model):
    """A record about a citizen: walled by tenant, and loading it is a read."""

    tenant_id = models.UUIDField()

    class Meta:
        abstract = True

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Collection[str], values: Collection[Any], **kwargs: Any
    ) -> Self:
        record = super().from_db(db, field_names, values, **kwargs)
        note([record.citizen_key])
        return record

    @property
    def citizen_key(self) -> UUID:
        """Whom the record is about."""
        return UUID(str(getattr(self, "citizen_id", None) or self.pk))
