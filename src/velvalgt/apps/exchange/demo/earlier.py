"""Jørn would rather be called earlier, and is offered a time; Amalie is asked after her call."""

from datetime import datetime, timedelta

from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Result, Way
from velvalgt.apps.meetings.models import Meeting
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

CALL = "short_call"
LATER, LATELY = timedelta(days=11), timedelta(days=4)
A_WEEK, A_DAY = timedelta(weeks=1), timedelta(days=1)


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services, the moment being the demo's own Monday."""
    monday = tenant.working_moment(at)
    joern, amalie = (User.objects.get(identities__subject=name) for name in ("joern", "amalie"))
    coming = _call(joern, monday + LATER, booked_at=monday)
    services.wish_earlier(meeting=coming, by=joern, at=monday)
    services.offer_earlier(at=monday)
    over = _call(amalie, monday - LATELY, booked_at=monday - A_WEEK)
    services.record_outcome(
        meeting=over,
        told=services.Told(Result.HELD, Way.PHONE),
        by=over.caseworker,
        at=over.ends_at,
        today=over.ends_at.date(),
    )


def _call(user: User, day: datetime, *, booked_at: datetime) -> Meeting:
    """Somebody has booked a call with their own caseworker, at the first time of a day."""
    citizen = Citizen.objects.get(user=user)
    case = open_case_of(citizen)
    if case is None:
        raise services.NobodyThere
    wanted = services.Wanted(queries.type_of(CALL), Way.PHONE, case.unit_id, case.caseworker_id)
    begins = day.replace(hour=0, minute=0, second=0, microsecond=0)
    free = queries.free_times(citizen=citizen, wanted=wanted, begins=begins, ends=begins + A_DAY)
    return services.book(
        citizen=citizen,
        wanted=wanted,
        starts_at=free.slots()[0].starts_at,
        permitted=frozenset({Way.PHONE}),
        hand=services.Hand(user, booked_at, is_staff=False),
    )
