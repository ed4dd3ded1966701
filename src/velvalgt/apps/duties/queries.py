"""The questions about duties: what waits, for whom and why; how the ledgers stand."""

from velvalgt.apps.duties.models import Ledger


def lead_ledger() -> Ledger | None:
    """Give the ledger that the first page tells of: the largest cohort."""
    return Ledger.objects.filter(population__gt=0).order_by("-population", "cohort", "pk").first()
