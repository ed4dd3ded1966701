"""What a citizen is told of their money: who pays, when, what holds it back; nothing is guessed."""

from datetime import date
from uuid import uuid4

import pytest

from tests.world.municipality import World
from velvalgt.apps.people.choices import Payer
from velvalgt.apps.people.models import Payment
from velvalgt.apps.people.queries import money_of
from velvalgt.core.frames import vocabulary

TODAY = date(2026, 11, 23)


def paid(world: World, month: int, paid_on: date | None, stopped_by: str = "") -> None:
    with world.building():
        Payment.objects.create(
            tenant_id=world.tenant.pk,
            citizen=world.joern,
            benefit="kontanthjaelp",
            starts_on=date(2026, month, 1),
            ends_on=date(2026, month + 1, 1),
            gross_oere=1_000_00,
            paid_on=paid_on,
            stopped_by=stopped_by,
            source="test",
            external_key=str(uuid4()),
        )


def test_nothing_is_told_where_nothing_came_in(world: World) -> None:
    with world.as_tine():
        assert money_of(world.joern, TODAY) is None


def test_the_next_payment_is_the_earliest_that_has_not_been(world: World) -> None:
    paid(world, 10, date(2026, 10, 30))
    paid(world, 11, date(2026, 11, 30))

    with world.as_tine():
        money = money_of(world.joern, TODAY)

    assert money is not None
    assert money.payer == Payer.MUNICIPALITY
    assert money.next is not None
    assert money.next.paid_on == date(2026, 11, 30)
    assert money.latest is not None
    assert money.latest.paid_on == date(2026, 10, 30)


def test_what_holds_it_back_is_told_in_the_sources_words(world: World) -> None:
    paid(world, 11, date(2026, 11, 30), "Vi mangler din underskrift.")

    with world.as_tine():
        money = money_of(world.joern, TODAY)

    assert money is not None
    assert money.stopped_by == "Vi mangler din underskrift."


@pytest.mark.parametrize("benefit", [word.word for word in vocabulary("benefit")])
def test_each_benefit_has_a_payer_or_is_said_to_be_unknown(benefit: str) -> None:
    from velvalgt.apps.people.money import payer_of

    known = payer_of(benefit)

    assert known in Payer
    assert (known == Payer.UNKNOWN) == (benefit in {"su", "fleksydelse"})
