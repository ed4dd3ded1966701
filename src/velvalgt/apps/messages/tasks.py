"""Telling citizens outside the page: a job for each notification, tried again while it is busy."""

from uuid import UUID

from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.messages.choices import Outcome
from velvalgt.apps.messages.models import Notification
from velvalgt.apps.messages.services import deliver


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
