"""Telling citizens: a job a notification, and each morning a hello to whom one was agreed."""

from contextlib import suppress
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.messages.choices import Outcome
from velvalgt.apps.messages.hellos import say_hello
from velvalgt.apps.messages.models import Notification
from velvalgt.apps.messages.services import deliver
from velvalgt.apps.staff.queries import all_tenants

HELLO_HOUR = 9  # nobody is told of a hello at night


class NotYetDelivered(Exception):
    """The gateway was busy; the attempt is written down, and another follows."""


# The waits grow from 5 seconds to more than 4 hours; after the seventh attempt people must look.
PATIENT = RetryStrategy(
    max_attempts=7, exponential_wait=5, retry_exceptions={NotYetDelivered, ConnectionError}
)


@app.task(queue="messages", retry=PATIENT)
def tell_citizen(tenant_id: str, notification_id: str) -> None:
    """Tell a citizen that there is news; running twice tells them once."""
    with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
        notification = Notification.objects.select_related("citizen").get(pk=notification_id)
        attempt = deliver(notification=notification, at=timezone.now())
    if attempt is not None and attempt.outcome == Outcome.BUSY:
        raise NotYetDelivered(notification_id)


@app.periodic(cron="0 7,8 * * *")
@app.task(queue="messages")
def say_hellos(timestamp: int) -> None:
    """Have each tenant say hello to those who steer themselves, at 09:00 in Copenhagen.

    The queue's calendar is UTC, so the job is called at both hours that can be 09:00 here. What is
    told outside the page waits for the end of each citizen's quiet hours.
    """
    called_at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if called_at.hour != HELLO_HOUR:
        return
    for tenant in all_tenants():
        with suppress(AlreadyEnqueued):
            say_hello_of_tenant.configure(queueing_lock=f"hello {tenant.pk}").defer(
                tenant_id=str(tenant.pk), day=tenant.working_day(called_at.date()).isoformat()
            )


@app.task(queue="messages")
def say_hello_of_tenant(tenant_id: str, day: str) -> None:
    """Say hello for one tenant on a day; running twice says it once."""
    with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
        say_hello(on=date.fromisoformat(day), at=timezone.now())
