"""What plans leave behind when their time is over (sletning): thirteen months, and it is gone."""

from datetime import datetime

from dateutil.relativedelta import relativedelta
from django.db.models import Q

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities import frames_file
from velvalgt.apps.priorities.models import Attempt, CurrentRun, Forecast, Run, Suggestion
from velvalgt.apps.priorities.retention import MONTHS
from velvalgt.apps.priorities.taking_turns import one_at_a_time
from velvalgt.apps.staff.models import Tenant


def forget_old_plans(*, tenant: Tenant, at: datetime) -> int:
    """Delete plans past their time, their files and what nobody answered; gives how many plans.

    The plan that holds stays, however old; a plan stays as long as an answer to it does, without
    its file. Files go last: where something fails before, nothing is gone; after, the next night
    deletes what is left.
    """
    since = at - relativedelta(months=MONTHS)
    with one_at_a_time(tenant, wait=True):
        with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
            fresh = Q(finished_at__gte=since) | Q(pk__in=CurrentRun.objects.values("run"))
            old = Run.objects.exclude(fresh)
            Suggestion.objects.unanswered().filter(run__in=old).delete()
            deleted, _ = old.filter(suggestions__isnull=True, handovers__isnull=True).delete()
            Attempt.objects.filter(started_at__lt=since, run__isnull=True).delete()
            Forecast.objects.filter(asked_at__lt=since).delete()
            kept = {*Run.objects.filter(fresh).values_list("pk", flat=True)}
        frames_file.sweep(tenant.pk, kept=kept)
    return deleted
