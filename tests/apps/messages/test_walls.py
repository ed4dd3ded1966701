"""Nobody reads another's dialogue, and nobody speaks in another's name."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import Error, transaction

from tests.apps.messages.conftest import NOW, Dialogue
from velvalgt.apps.audit.actor import acting
from velvalgt.apps.audit.choices import Purpose
from velvalgt.apps.cases.choices import Side
from velvalgt.apps.messages import services
from velvalgt.apps.messages.models import Message, NoAnswer, Notice


@contextmanager
def refused() -> Iterator[None]:
    """The database itself says no."""
    with pytest.raises(Error, match="row-level security"), transaction.atomic():
        yield


def test_another_citizen_sees_nothing_of_it(dialogue: Dialogue) -> None:
    world = dialogue.world
    dialogue.joern_writes()
    dialogue.tine_answers()

    with acting(world.tenant.pk, world.amalie.user_id, Purpose.OWN_CASE):
        assert not Message.objects.exists()
        assert not Notice.objects.exists()


def test_a_caseworker_of_another_unit_sees_nothing_of_it(dialogue: Dialogue) -> None:
    world = dialogue.world
    with world.building():
        services.tell(citizen=world.elsewhere, occasion="plan", title="Ny", by=None, at=NOW)

    with world.as_tine():
        assert not Notice.objects.exists()


def test_the_neighbour_sees_nothing_of_it(dialogue: Dialogue) -> None:
    dialogue.joern_writes()

    with acting(dialogue.world.neighbour.pk, dialogue.world.tine.pk, Purpose.CASE_WORK):
        assert not Message.objects.exists()


def test_a_citizen_cannot_speak_for_the_municipality(dialogue: Dialogue) -> None:
    world = dialogue.world
    with dialogue.as_joern() as joern, refused():
        services.answer(citizen=world.joern, body="Du er fritaget", by=joern, at=NOW)


def test_nobody_writes_in_anothers_name(dialogue: Dialogue) -> None:
    world = dialogue.world
    with dialogue.as_joern(), refused():
        services.send(citizen=world.joern, body="Hej", by=world.tine, at=NOW)


def test_a_citizen_cannot_say_that_no_answer_is_needed(dialogue: Dialogue) -> None:
    message = dialogue.joern_writes()
    with dialogue.as_joern() as joern, refused():
        NoAnswer.objects.create(
            tenant_id=message.tenant_id,
            message=message,
            citizen=message.citizen,
            said_by=joern,
            said_at=NOW,
        )


def test_staff_may_write_down_a_message_on_the_citizens_behalf(dialogue: Dialogue) -> None:
    world = dialogue.world
    with world.as_tine():
        message = services.send(citizen=world.joern, body="Hej", by=world.tine, at=NOW)

    assert (message.side, message.receipt.is_on_behalf) == (Side.CITIZEN, True)
