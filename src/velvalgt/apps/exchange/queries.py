"""The questions about what has come in."""

from django.db.models import QuerySet

from velvalgt.apps.exchange.models import ImportRun
from velvalgt.apps.exchange.reasons import REASONS


def runs() -> QuerySet[ImportRun]:
    """Give the files that were received (indlæsninger), newest first."""
    return ImportRun.objects.order_by("-started_at", "-pk")


def reasons_of(run: ImportRun) -> list[tuple[str, int]]:
    """Give why rows of a file were rejected (afvist), in words, with how many rows each."""
    counted = sorted(run.reasons.items(), key=lambda reason: (-reason[1], reason[0]))
    return [(str(REASONS.get(code, code)), rows) for code, rows in counted]
