"""The demo's talks: Jørn has booked his first one with Tine, Thursday at ten; Amalie none."""

from datetime import datetime, time, timedelta

from velvalgt.apps.audit.actor import SYSTEM, acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.queries import open_case_of
from velvalgt.apps.meetings import services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.meetings.queries import type_of
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

THURSDAY = timedelta(days=3)
TEN = time(10)


def tell(tenant: Tenant, at: datetime) -> None:
    """Let Jørn book, the moment being the demo's own Monday."""
    with acting(tenant.pk, SYSTEM, Purpose.ADMINISTRATION):
        joern = User.objects.get(identities__issuer="demo", identities__subject="joern")
        citizen, monday = Citizen.objects.get(user=joern), tenant.working_moment(at)
        case = open_case_of(citizen)
        if case is None:
            raise services.NobodyThere
        services.book(
            citizen=citizen,
            wanted=services.Wanted(
                type_of("first_interview"),
                Way.OFFICE,
                case.unit_id,
                User.objects.get(tenant=tenant, initials="TINE").pk,
                has_companion=True,
            ),
            starts_at=datetime.combine(monday + THURSDAY, TEN, monday.tzinfo),
            permitted=frozenset({Way.OFFICE}),
            hand=services.Hand(joern, monday, is_staff=False),
        )
