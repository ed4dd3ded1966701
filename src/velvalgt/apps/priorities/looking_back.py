"""Which plan holds, how the last attempt went, and whether a plan can be made again."""

from uuid import UUID

from velvalgt.apps.priorities.models import Attempt, CurrentRun, Run


def current_run() -> Run | None:
    """Give the plan that holds now (gældende plan); None before the first."""
    holds = CurrentRun.objects.select_related("run__attempt").first()
    return holds.run if holds else None


def last_attempt() -> Attempt | None:
    """Give the newest attempt to plan: it runs, or says how it ended; None before the first."""
    return Attempt.objects.order_by("-started_at", "-pk").first()


def run_of(run_id: UUID) -> Run | None:
    """Give a plan of the acting tenant by its key."""
    return Run.objects.select_related("attempt").filter(pk=run_id).first()
