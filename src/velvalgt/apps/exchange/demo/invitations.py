"""Sara was invited to choose a time, and is reminded on the Monday of the demo."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from velvalgt.apps.cases.queries import standing_of
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, User

INVITED_BEFORE = timedelta(days=10)
REMINDED_AT = time(8)


def tell(tenant: Tenant, at: datetime) -> None:
    """Invite Sara as Tine would, ten days before the Monday, and remind her that morning."""
    monday = timezone.make_aware(
        datetime.combine(tenant.working_day(timezone.localdate(at)), REMINDED_AT)
    )
    sara = Citizen.objects.get(name__startswith="Sara ")
    lines = duties_of(sara, monday.date())
    meeting_type = queries.types_for_citizen(sara, standing_of(sara), lines, booked_by="citizen")[0]
    invitation = services.invite(
        citizen=sara,
        asked=services.Asked(
            meeting_type, meeting_type.ways, queries.duty_to_meet(meeting_type, lines)
        ),
        permitted=queries.permitted_ways(meeting_type, lines),
        by=User.objects.get(initials="TINE"),
        at=monday - INVITED_BEFORE,
    )
    services.remind(invitation=invitation, by=None, at=monday)
