"""A municipality with two jurists, where Jørn asked for help on Monday."""

from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest

from tests.world.dispensations import NOW, draft, given
from tests.world.factories import LONG_AGO, MONDAY, EntryFactory, SpellFactory
from tests.world.municipality import World, overseeing, second_jurist
from tests.world.roles import as_role
from velvalgt.apps.duties import services
from velvalgt.apps.duties.models import Dispensation
from velvalgt.apps.staff.models import User


@dataclass(frozen=True, slots=True)
class Law:
    """The municipality with its two jurists, and the verbs as they use them."""

    world: World
    mette: User
    lone: User

    def as_jurist(self, jurist: User) -> AbstractContextManager[None]:
        """Look at the world as the web does for one of them."""
        return overseeing(self.world, jurist)

    def recorded(self, **changes: object) -> Dispensation:
        """Mette writes down that the first interview is paused for December."""
        with self.as_jurist(self.mette):
            return services.record_dispensation(draft=draft(**changes), by=self.mette, at=NOW)

    def confirmed(self, **changes: object) -> Dispensation:
        """Mette writes it down, and Lone confirms it."""
        return given(self.world, self.lone, **changes)


@pytest.fixture
def law(world: World) -> Law:
    """Jørn asked for help on Monday; Mette and Lone check the law."""
    with world.building():
        lone = second_jurist(world)
        SpellFactory(citizen=world.joern, starts_on=MONDAY)
        EntryFactory(citizen=world.joern, kind="first_contact", on=MONDAY, actor="citizen", form="")
    with as_role("worker"):
        services.recompute(tenant=world.tenant, on=MONDAY, at=LONG_AGO)
    return Law(world, world.mette, lone)
