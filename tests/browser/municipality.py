"""The small municipality that the browser visits: built by the worker in a database of its own."""

from datetime import date
from typing import TYPE_CHECKING, Any

import django

if TYPE_CHECKING:
    from velvalgt.apps.people.models import Citizen

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


def build() -> None:
    """Build the tests' municipality with what has happened to Amalie and Jørn, and reckon duties."""
    from tests.world.municipality import build_world
    from velvalgt.apps.audit.actor import SYSTEM, acting
    from velvalgt.apps.audit.choices import Purpose
    from velvalgt.apps.duties import services

    world = build_world()
    with acting(world.tenant.pk, SYSTEM, Purpose.IMPORT):
        for name, story in STORY.items():
            _tell(getattr(world, name), story)
    services.recompute(tenant=world.tenant, on=date(2026, 11, 23))


def _tell(citizen: "Citizen", story: dict[str, Any]) -> None:
    from tests.world.factories import EntryFactory, SpellFactory

    citizen.a_kasse = story["a_kasse"]
    citizen.save()

    benefit, group, starts_on = story["spell"]
    SpellFactory(citizen=citizen, benefit=benefit, target_group=group, starts_on=starts_on)
    for kind, actor, form, on in story["entries"]:
        EntryFactory(citizen=citizen, kind=kind, actor=actor, form=form, on=on)


if __name__ == "__main__":
    django.setup()
    build()
