"""The small world on its Monday, where an answer is promised in three working days."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.world.municipality import World
from tests.world.roles import as_role
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.messages import services
from velvalgt.apps.messages.models import Message
from velvalgt.apps.people.models import Citizen
from velvalgt.apps.staff.models import User

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The world, and the two who write to each other."""

    world: World

    @contextmanager
    def as_joern(self) -> Iterator[User]:
        """Look at the world as the web does for Jørn."""
        tenant = self.world.tenant.pk
        user_id = self.world.joern.user_id
        with acting(tenant, user_id, Purpose.OWN_CASE):
            yield User.objects.get(pk=user_id)

    def joern_writes(self, body: str = "Hvornår ses vi?", at: datetime = NOW) -> Message:
        """A message from Jørn."""
        with self.as_joern() as joern:
            return services.send(citizen=self.world.joern, body=body, by=joern, at=at)

    def tine_answers(self, body: str = "Torsdag kl. 10.", at: datetime = NOW) -> Message:
        """An answer from Tine."""
        world = self.world
        with world.as_tine():
            return services.answer(citizen=world.joern, body=body, by=world.tine, at=at)

    def let(self, citizen: Citizen, **fields: object) -> None:
        """Let something else be known of a citizen."""
        with self.world.building():
            Citizen.objects.filter(pk=citizen.pk).update(**fields)
        for name, value in fields.items():
            setattr(citizen, name, value)


@pytest.fixture
def dialogue(world: World) -> Dialogue:
    """Jørn and Tine; Velby promises an answer in three working days."""
    with world.building():
        services.promise_answers(
            tenant=world.tenant, unit=None, working_days=3, from_on=date(2026, 1, 1)
        )
    return Dialogue(world)


def jobs() -> list[ProcrastinateJob]:
    """The jobs that wait to tell somebody."""
    with as_role("worker"):
        return list(ProcrastinateJob.objects.filter(queue_name="messages").order_by("id"))
