"""The questions about what has come in."""

from django.db.models import QuerySet

from velvalgt.apps.exchange.models import ImportRun


def runs() -> QuerySet[ImportRun]:
    """Give the files that were received (indlæsninger), newest first."""
    return ImportRun.objects.select_related("by").order_by("-started_at", "-pk")
