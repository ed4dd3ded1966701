"""What is done about meetings in the background; each job may run twice and does it once."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import OperationalError
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.duties.queries import refresh
from velvalgt.apps.meetings import crises, outside
from velvalgt.apps.meetings.busy import CannotRead
from velvalgt.apps.meetings.caring import look_after, neglected_groups
from velvalgt.apps.meetings.crisis_state import ended_crises, running_crises
from velvalgt.apps.meetings.holding import ask_for_earlier
from velvalgt.apps.meetings.models import Crisis, OutsideCalendar
from velvalgt.apps.meetings.mornings import to_ask_on, to_recall
from velvalgt.apps.meetings.offering import offer_earlier
from velvalgt.apps.meetings.one_by_one import Errand, NotAllDone, one_by_one
from velvalgt.apps.staff.models import Tenant
from velvalgt.apps.staff.queries import all_tenants

# The waits grow from 5 seconds to 10 minutes; what is still not done then, people must look at.
AGAIN = RetryStrategy(
    max_attempts=5, exponential_wait=5, retry_exceptions={NotAllDone, OperationalError}
)

UNDONE_WITHIN = timedelta(days=1)
"""How long after its end a crisis is looked after; what finds no room by then stays from afar."""


@app.task(queue="meetings", retry=AGAIN)
def keep_to_crisis(tenant_id: str, crisis_id: str) -> None:
    """Hold a crisis's meetings from afar, or in person again once it is over; twice is once.

    Each meeting is changed in a transaction of its own: one that was killed goes on.
    """
    carry_out(UUID(tenant_id), UUID(crisis_id), timezone.now())


def carry_out(tenant_id: UUID, crisis_id: UUID, at: datetime) -> None:
    """Change one meeting after the other, until none is left that can be."""
    tenant = Tenant.objects.get(pk=tenant_id)
    on, moment = tenant.working_day(timezone.localdate(at)), tenant.working_moment(at)
    with acting(tenant_id, SYSTEM, Purpose.CASE_WORK):
        crisis = Crisis.objects.select_related("switched_by", "end").get(pk=crisis_id)
        waiting = crises.meetings_to_change(crisis, moment)
        refresh(list({citizen for _, citizen in waiting}), on)

    def change(meeting_id: UUID, moment: datetime) -> None:
        crises.change_for_crisis(crisis=crisis, meeting_id=meeting_id, on=on, at=moment)

    try:
        one_by_one(tenant_id, [Errand(change, *each) for each in waiting], moment)
    finally:
        with acting(tenant_id, SYSTEM, Purpose.CASE_WORK):
            ask_for_earlier()  # once, of all the time that is free now


@app.periodic(cron="*/10 * * * *")
@app.task(queue="meetings")
def finish_crises(timestamp: int) -> None:
    """Go on with crises of which a job was killed, and take in what was booked meanwhile."""
    at = timezone.now()
    for tenant in all_tenants():
        moment = tenant.working_moment(at)
        with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
            running = running_crises(moment)
            running += ended_crises(moment, moment - UNDONE_WITHIN)
        for crisis in running:
            with suppress(AlreadyEnqueued):
                keep_to_crisis.configure(queueing_lock=f"crisis {crisis.pk}").defer(
                    tenant_id=str(tenant.pk), crisis_id=str(crisis.pk)
                )


@app.periodic(cron="*/10 * * * *")
@app.task(queue="meetings")
def read_calendars(timestamp: int) -> None:
    """Have every calendar outside read, a job each."""
    for tenant in all_tenants():
        with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
            calendars = outside.standing_calendars()
        for key in calendars:
            with suppress(AlreadyEnqueued):
                read_calendar.configure(queueing_lock=f"calendar {key}").defer(
                    tenant_id=str(tenant.pk), calendar_id=str(key)
                )


@app.task(queue="meetings")
def read_calendar(tenant_id: str, calendar_id: str) -> None:
    """Read one calendar outside, and keep its busy times; running twice does it once.

    While the other side answers, no transaction is open here.
    """
    with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
        at = Tenant.objects.get(pk=tenant_id).working_moment(timezone.now())
        calendar = OutsideCalendar.objects.filter(pk=calendar_id, removed_at__isnull=True).first()
    if calendar is None:
        return
    try:
        busy = outside.busy_of(calendar, at)
    except CannotRead as error:
        with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
            outside.note_trouble(calendar=calendar, trouble=error.trouble, at=at)
        return
    with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
        outside.keep_busy(calendar=calendar, busy=busy, at=at)


MORNING_HOUR = 8


@app.periodic(cron="0 6,7 * * *")
@app.task(queue="meetings")
def begin_morning(timestamp: int) -> None:
    """Have each tenant's morning begin at 08:00 in Copenhagen; the queue's calendar is UTC."""
    called_at = timezone.localtime(datetime.fromtimestamp(timestamp, UTC))
    if called_at.hour != MORNING_HOUR:
        return
    for tenant in all_tenants():
        with suppress(AlreadyEnqueued):
            morning_of_tenant.configure(queueing_lock=f"meetings {tenant.pk}").defer(
                tenant_id=str(tenant.pk)
            )


@app.task(queue="meetings", retry=AGAIN)
def morning_of_tenant(tenant_id: str) -> None:
    """Do one tenant's morning; running twice on a day does it once."""
    at = Tenant.objects.get(pk=tenant_id).working_moment(timezone.now())
    with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
        errands = [*to_ask_on(at), *to_recall(at)]
    one_by_one(UUID(tenant_id), errands, at)


@app.periodic(cron="10 6-18 * * *")
@app.task(queue="meetings")
def look_for_earlier(timestamp: int) -> None:
    """Have each tenant look for earlier times, each hour of the day.

    What nobody answered in time passes on to the next, and no freed time is missed.
    """
    for tenant in all_tenants():
        key = f"earlier {tenant.pk}"
        with suppress(AlreadyEnqueued):
            offer_earlier_of_tenant.configure(lock=key, queueing_lock=key).defer(
                tenant_id=str(tenant.pk)
            )


@app.task(queue="meetings")
def offer_earlier_of_tenant(tenant_id: str) -> None:
    """Offer one tenant's free times to who waits; running twice offers them once.

    Where it was asked for again since, the next one finds all that this one would.
    """
    asked_again = ProcrastinateJob.objects.filter(
        task_name=offer_earlier_of_tenant.name,
        args__tenant_id=tenant_id,
        status="todo",
        scheduled_at__isnull=True,
    )
    if asked_again.exists():
        return
    with acting(UUID(tenant_id), SYSTEM, Purpose.CASE_WORK):
        tenant = Tenant.objects.get(pk=tenant_id)
        offer_earlier(at=tenant.working_moment(timezone.now()))


@app.task(queue="meetings", retry=AGAIN)
def look_after_group(tenant_id: str, group_id: str) -> None:
    """Tell who moved up, or that a meeting is called off; running twice tells them once."""
    now = Tenant.objects.get(pk=tenant_id).working_moment(timezone.now())
    look_after(tenant_id=UUID(tenant_id), group_id=UUID(group_id), at=now)


@app.periodic(cron="20 * * * *")
@app.task(queue="meetings")
def look_after_groups(timestamp: int) -> None:
    """Each hour, have those told of whom a job that died has told nobody."""
    at = timezone.now()
    for tenant in all_tenants():
        with acting(tenant.pk, SYSTEM, Purpose.CASE_WORK):
            groups = neglected_groups(tenant.working_moment(at))
        for key in groups:
            with suppress(AlreadyEnqueued):
                look_after_group.configure(queueing_lock=f"group {key}").defer(
                    tenant_id=str(tenant.pk), group_id=str(key)
                )
