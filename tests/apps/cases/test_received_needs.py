"""What caseworkers have written of need elsewhere comes in at once, and never over what is here."""

import pytest

from tests.apps.cases.conftest import NOW
from tests.world.municipality import World
from velvalgt.apps.cases import queries, services
from velvalgt.apps.cases.choices import NeedLevel
from velvalgt.apps.people.models import Citizen


def seen(world: World, citizen: Citizen, words: str = "Langt fra job.") -> services.Seen:
    return services.Seen(citizen.pk, NeedLevel.FAR, words, world.tine.pk, NOW)


def receive(world: World, *told: services.Seen) -> int:
    return services.receive_need_assessments(tenant_id=world.tenant.pk, seen=told)


def test_many_come_in_with_who_saw_them_so_and_when(world: World) -> None:
    with world.building():
        count = receive(world, seen(world, world.joern), seen(world, world.amalie))

        held = queries.need_assessment_of(world.joern)
        assert count == 2
        assert held is not None
        assert (held.level, held.assessed_by, held.assessed_at) == ("far", world.tine, NOW)


def test_what_was_said_here_stands_and_the_same_again_changes_nothing(world: World) -> None:
    with world.building():
        services.assess_need(
            citizen=world.joern, level=NeedLevel.CLOSE, words="Tæt på.", by=world.tine, at=NOW
        )

        assert receive(world, seen(world, world.joern), seen(world, world.amalie)) == 1
        assert receive(world, seen(world, world.joern), seen(world, world.amalie)) == 0
        assert queries.need_assessments_of(world.joern).get().level == "close"


def test_no_cpr_number_comes_in_with_the_words(world: World) -> None:
    with world.building(), pytest.raises(services.HoldsCpr):
        receive(world, seen(world, world.joern, words="Se 010190-1234"))
