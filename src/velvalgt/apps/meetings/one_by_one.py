"""The same errand for many citizens, each in a transaction of its own: nobody waits for all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.services import one_at_a_time

log = structlog.get_logger("velvalgt.meetings")


class NotAllDone(Exception):
    """Some errands failed; the others are done, and a later run tries the failed ones again."""


@dataclass(frozen=True, slots=True)
class Errand:
    """Something to do in one citizen's case; `do` looks it up anew, so that twice is once."""

    do: Callable[[UUID, datetime], object]
    key: UUID
    citizen_id: UUID


def one_by_one(tenant_id: UUID, errands: Iterable[Errand], at: datetime) -> None:
    """Do each errand in its citizen's turn; one that fails keeps nobody else's from being done.

    Each transaction waits for its citizen before anything else, as a click does.

    Raises:
        NotAllDone: when all were tried, and some failed; the log names them by their keys.
    """
    failed = 0
    for errand in errands:
        try:
            with acting(tenant_id, SYSTEM, Purpose.CASE_WORK):
                one_at_a_time(errand.citizen_id)
                errand.do(errand.key, at)
        except Exception as error:  # whatever is wrong with one, the others go on
            failed += 1
            log.warning(
                "errand_failed",
                tenant_id=str(tenant_id),
                errand=errand.do.__name__,
                key=str(errand.key),
                why=type(error).__name__,
            )
    if failed:
        raise NotAllDone(f"{failed} failed")
