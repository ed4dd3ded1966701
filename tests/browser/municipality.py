"""The small municipality that the browser visits: built by the worker in a database of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from velvalgt.apps.people.models import Citizen

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
STORY = {
    "amalie": {
        "a_kasse": "akademikerne",
        "spell": ("dagpenge", "G1", date(2026, 8, 18)),
        "entries": (
            ("registration", "citizen", "", date(2026, 8, 18)),
            ("benefit_period", "a_kasse", "", date(2026, 8, 18)),
            ("interview", "a_kasse", "in_person", date(2026, 8, 28)),
            ("interview", "a_kasse", "phone", date(2026, 10, 5)),
            ("interview", "a_kasse", "video", date(2026, 11, 2)),
            ("interview", "municipality", "in_person", date(2026, 11, 19)),
        ),
    },
    "joern": {
        "a_kasse": "",
        "spell": ("kontanthjaelp", "G2", date(2026, 11, 23)),
        "entries": (("first_contact", "citizen", "", date(2026, 11, 23)),),
    },
}
EARLIER = (
    ("first_contact", "citizen", "", date(2026, 5, 4)),
    ("interview", "municipality", "in_person", date(2026, 5, 8)),
    ("interview", "municipality", "phone", date(2026, 6, 10)),
    ("interview", "municipality", "phone", date(2026, 8, 12)),
    ("interview", "municipality", "phone", date(2026, 10, 14)),
)
"""What happened to those whose cohort is over; one in five was never met."""


def build() -> None:
    """Build the tests' municipality with what has happened there, and reckon duties."""
    from tests.world.factories import LONG_AGO, CaseFactory, CitizenFactory
    from tests.world.meetings import build_office
    from tests.world.municipality import build_world, second_jurist
    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.duties import services

    world = build_world()
    with acting(world.tenant.pk, SYSTEM, Purpose.IMPORT):
        second_jurist(world)
        build_office(world.tenant, world.team, world.tine)
        for name, story in STORY.items():
            _tell(getattr(world, name), story)
        for number in range(5):
            citizen = CitizenFactory(tenant=world.tenant)
            CaseFactory(citizen=citizen, unit=world.team)
            entries = EARLIER if number else EARLIER[:1]
            spell = ("kontanthjaelp", "G2", date(2026, 5, 4))
            _tell(citizen, {"a_kasse": "", "spell": spell, "entries": entries})
    services.recompute(tenant=world.tenant, on=TODAY, at=LONG_AGO)


def leave_out_amalie() -> None:
    """Tine leaves Amalie out until February."""
    from velvalgt.apps.duties import services
    from velvalgt.apps.duties.choices import LeaveOutReason
    from velvalgt.apps.staff.models import User

    assessment = services.Assessment(
        reason=LeaveOutReason.STRONG_SEARCH,
        words="Amalie søger bredt og har to samtaler om job i næste uge.",
        heard_on=date(2026, 11, 19),
        until=date(2027, 2, 1),
    )
    tine = User.objects.get(initials="TINE")
    services.leave_out(citizen=_named("Amalie"), assessment=assessment, on=TODAY, by=tine, at=NOW)


def forget_requests() -> None:
    """Take back what Jørn and Amalie asked for, so that they can ask again."""
    from velvalgt.apps.cases import services
    from velvalgt.apps.cases.models import Entry

    for entry in Entry.objects.standing().filter(kind="request"):
        services.withdraw(entry=entry, by=None, at=NOW)


def _tell(citizen: "Citizen", story: dict[str, Any]) -> None:
    from tests.world.factories import EntryFactory, SpellFactory

    citizen.a_kasse = story["a_kasse"]
    citizen.save()
    benefit, group, starts_on = story["spell"]
    SpellFactory(citizen=citizen, benefit=benefit, target_group=group, starts_on=starts_on)
    for kind, actor, form, on in story["entries"]:
        EntryFactory(citizen=citizen, kind=kind, actor=actor, form=form, on=on)


def _named(name: str) -> "Citizen":
    from velvalgt.apps.people.models import Citizen

    return Citizen.objects.get(name=name)


@contextmanager
def acting_there() -> Iterator[None]:
    """Act as the municipality's worker."""
    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.staff.models import Tenant

    with acting(Tenant.objects.get(code="099").pk, SYSTEM, Purpose.IMPORT):
        yield
