"""What the citizen's first page shows, and in which order."""

from collections.abc import Iterable

from velvalgt.apps.duties.choices import Status
from velvalgt.apps.duties.queries import DutyLine

WAITING = {Status.OVERDUE, Status.UPCOMING}


def asked_besides(lines: Iterable[DutyLine], step: DutyLine | None) -> list[DutyLine]:
    """Give what the law asks besides the next step: what waits first, what is settled last."""
    besides = [line for line in lines if line is not step and not line.is_right]
    return sorted(besides, key=lambda line: line.duty.status not in WAITING)
