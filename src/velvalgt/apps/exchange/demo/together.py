"""A network meeting next week that Amalie takes part in, and a team meeting about Jørn."""

from datetime import datetime, timedelta

from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Attendance, Way
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, Unit, User
from velvalgt.core.calendar import COPENHAGEN

NETWORK = datetime(2026, 12, 2, 13, 15, tzinfo=COPENHAGEN)
TEAM = datetime(2026, 12, 7, 13, 45, tzinfo=COPENHAGEN)
AGENDA = ("Hvad går godt, og hvad er svært?", "Hvem gør hvad i foråret?")
MENTOR = services.Guest("Birthe Lund", "Frivilligcentret", "mentor", Attendance.AFAR)


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services."""
    now = tenant.working_moment(at)
    tine, hans = (User.objects.get(initials=each) for each in ("TINE", "HANS"))
    unit = Unit.objects.get(code="NORD")
    hand = services.Hand(tine, now, is_staff=True)
    group = services.arrange_group(wanted=_network(), unit=unit, host=tine, at=now)
    services.enrol(citizen=_citizen("amalie"), group=group, hand=hand)
    wanted = services.Wanted(
        queries.types()["team_conference"],
        Way.OFFICE,
        unit.pk,
        caseworker_id=tine.pk,
        also=frozenset({hans.pk}),
    )
    meeting = services.convene(citizen=_citizen("joern"), wanted=wanted, starts_at=TEAM, hand=hand)
    services.add_to_agenda(meeting=meeting, items=AGENDA, by=tine, at=now, is_staff=True)
    services.add_guest(meeting=meeting, guest=MENTOR, by=tine, at=now)


def _citizen(subject: str) -> Citizen:
    return Citizen.objects.get(user__identities__issuer="demo", user__identities__subject=subject)


def _network() -> services.ForMany:
    room = max(queries.rooms(), key=lambda each: each.seats)
    return services.ForMany(
        type=queries.types()["network_meeting"],
        title=services.Said(da="Netværk for dig, der søger", en="A network for you who look"),
        starts_at=NETWORK,
        way=Way.OFFICE,
        seats=room.seats,
        enrol_until=NETWORK - timedelta(hours=1),
        room=room,
    )
