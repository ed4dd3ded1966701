"""Tine's Monday: whom she meets today, whom she met on Friday, and whom later in the week."""

from collections.abc import Iterator
from datetime import date, datetime, time

from velvalgt.apps.cases.queries import by_name, caseload, standing_of
from velvalgt.apps.duties.queries import duties_of
from velvalgt.apps.meetings import queries, services
from velvalgt.apps.meetings.choices import Way
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import Tenant, Unit, User
from velvalgt.core.calendar import COPENHAGEN

BOOKED_AT = datetime(2026, 11, 16, 9, 30, tzinfo=COPENHAGEN)
NINE = time(9)
FRIDAY, MONDAY, WEDNESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25)
BOOKED = (
    (FRIDAY, time(13), Way.PHONE),
    (MONDAY, NINE, Way.PHONE),
    (MONDAY, NINE, Way.OFFICE),
    (MONDAY, NINE, Way.VIDEO),
    (MONDAY, NINE, Way.OFFICE),
    (MONDAY, NINE, Way.WALK),
    (WEDNESDAY, NINE, Way.OFFICE),
    (WEDNESDAY, NINE, Way.PHONE),
)
"""From when on Tine has the first free time for those whose stories are told nowhere else."""


def tell(tenant: Tenant, at: datetime) -> None:
    """Tell it through the services, as it was booked the week before."""
    tine, nord = User.objects.get(initials="TINE"), Unit.objects.get(code="NORD")
    for (day, hour, way), citizen in zip(BOOKED, _citizens(tine), strict=False):
        _book(citizen, tine, nord, datetime.combine(day, hour, COPENHAGEN), way)


def _citizens(tine: User) -> Iterator[Citizen]:
    """Tine's citizens in the order of their names, less those who sign in themselves."""
    cases = by_name(caseload(tine.pk).filter(citizen__user__isnull=True))
    return (case.citizen for case in cases.iterator())


def _book(citizen: Citizen, tine: User, nord: Unit, begins: datetime, way: Way) -> None:
    lines = duties_of(citizen, begins.date())
    told = standing_of(citizen)
    chosen = queries.types_for_citizen(citizen, told, lines, booked_by="caseworker")[0]
    permitted = queries.permitted_ways(chosen, lines)
    held = way if way in permitted else min(permitted)
    wanted = services.Wanted(chosen, held, nord.pk, tine.pk)
    free = queries.times_on_offer(citizen, wanted, begins, is_staff=True).slots()
    services.book(
        citizen=citizen,
        wanted=wanted,
        starts_at=free[0].starts_at,
        permitted=permitted,
        hand=services.Hand(tine, BOOKED_AT, is_staff=True),
    )
