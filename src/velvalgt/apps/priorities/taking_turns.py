"""One plan at a time for a municipality, and how each attempt ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.priorities.choices import Ended
from velvalgt.apps.priorities.models import Attempt
from velvalgt.apps.staff.models import Tenant, User

LOCK = "hashtextextended(%s, 12)"


class PlanUnderWay(Exception):
    """A plan is being made for the same municipality; the message says since when."""


@contextmanager
def one_at_a_time(tenant: Tenant, *, wait: bool) -> Iterator[None]:
    """Hold a municipality's planning, outside of any transaction; a killed process lets go of it.

    Raises:
        PlanUnderWay: somebody else holds it, and one does not wait.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute(f"select pg_advisory_lock({LOCK})", [str(tenant.pk)])
        else:
            cursor.execute(f"select pg_try_advisory_lock({LOCK})", [str(tenant.pk)])
            if not cursor.fetchone()[0]:
                raise PlanUnderWay(_under_way(tenant))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"select pg_advisory_unlock({LOCK})", [str(tenant.pk)])


def begin(*, tenant: Tenant, on: date, asked_by: UUID | None, at: datetime) -> Attempt:
    """Write that a plan is begun, so that everybody sees it; whose turn it is holds the planning.

    One that has no end was killed, for its process would hold the planning still.
    """
    with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
        Attempt.objects.filter(ended="").update(ended=Ended.BROKEN_OFF, ended_at=at)
        return Attempt.objects.create(
            tenant_id=tenant.pk,
            on=on,
            asked_by=User.objects.filter(pk=asked_by).first() if asked_by else None,
            started_at=at,
        )


def end(attempt: Attempt, ended: Ended, *, at: datetime, words: str = "") -> None:
    """Write how an attempt ended, where its plan was not made."""
    with acting(attempt.tenant_id, SYSTEM, Purpose.CASE_WORK):
        Attempt.objects.filter(pk=attempt.pk).update(ended=ended, ended_at=at, words=words)


def _under_way(tenant: Tenant) -> str:
    with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
        running = Attempt.objects.filter(ended="").order_by("-started_at", "-pk").first()
    if running is None:
        return _("Another plan is being made for %(name)s.") % {"name": tenant.name}
    since = format_date(timezone.localtime(running.started_at), "H:i")
    said = {"name": tenant.name, "time": since}
    return _("A plan has been under way for %(name)s since %(time)s.") % said
